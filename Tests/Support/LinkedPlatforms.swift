import Domain
import Services

/// Two platforms of a test with a link between them, and nothing between the platforms but a call.
package struct LinkedPlatforms: Sendable {
  package let lower: TestPlatform
  package let upper: TestPlatform

  /// What the lower side calls the upper one, and the other way round.
  package static let (upperName, lowerName) = ("市平台", "县平台")

  package init(_ lower: TestPlatform, to upper: TestPlatform) async throws {
    (self.lower, self.upper) = (lower, upper)
    let code = try await OfferLink(upper.platform)(
      Self.lowerName, role: .upper, url: "http://upper.test", by: .system)
    _ = try await JoinLink(lower.platform, line: Self.line(to: upper.platform))(
      code, name: Self.upperName, url: "http://lower.test", by: .system)
  }

  package static func line(to platform: Platform) -> ExchangeLine {
    let door = ExchangeDoor(platform)
    return { request in
      let answer =
        request.url.hasSuffix(ExchangePaths.links)
        ? try await door.links(request.token, request.body)
        : try await door.messages(request.token, request.body)
      return ExchangeReply(status: answer.status, body: answer.body)
    }
  }

  /// Sends until nobody has anything to say.
  package func settle() async throws {
    for _ in 0..<10 {
      for (from, to) in [(lower, upper), (upper, lower)] {
        try await from.sequence()
        let send = SendExchange(from.platform, line: Self.line(to: to.platform))
        for link in try await send.due() { _ = try await send(link, isPatient: false) }
      }
    }
  }
}
