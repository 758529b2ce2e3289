import Cryptography
import Domain
import Outgoing
import Services
import Storage
import TestSupport
import Testing

/// What a running server does by itself, and which lines it takes.
@Suite struct ExchangeSendingTests {
  @Test(arguments: Engine.available)
  func aRunningServerTellsByItself(engine: Engine) async throws {
    try await engine.withSample { county in
      try await Engine.sqlite.withSample { city in
        let linked = try await LinkedPlatforms(county, to: city)
        let send = SendExchange(
          county.platform, line: LinkedPlatforms.line(to: linked.upper.platform))
        let running = Task { await send.run { Issue.record("\($0)") } }
        let office = try await county.account(.office)
        for title in ["一", "二"] {
          let id = try await RegisterProblem(county.platform)(
            Registration(
              track: "village", title: title, detail: "", concerns: "柳林镇/河湾村",
              foundOn: "2026-11-19"), by: office)
          _ = try await ActOnProblem(county.platform)(
            .command(.refer(.superior, to: LinkedPlatforms.upperName, text: "请协调")), on: id,
            seen: nil, by: office)
        }
        try await county.sequence()
        let end = ContinuousClock.now + .seconds(20)
        while try await ShowLinks(county.platform)()[0].unconfirmed > 0, ContinuousClock.now < end {
          try await Task.sleep(for: .milliseconds(50))
        }
        running.cancel()
        await running.value
        #expect(try await ShowLinks(county.platform)()[0].unconfirmed == 0)
        #expect(try await ShowLinks(city.platform)()[0].stored.received == 2)
      }
    }
  }

  /// The token opens the link: it goes in clear only where the operator says so.
  @Test(arguments: [
    ([], "http://127.0.0.1:1", OutgoingFault.tls), ([], "http://city.test", .tls),
    ([], "https://127.0.0.1:1", .privateAddress),
    (["127.0.0.1"], "http://127.0.0.1:1", .unreachable),
    (["10.0.0.0/8"], "http://127.0.0.1:1", .tls), ([], "ftp://city.test", .badAddress),
  ])
  func lines(allowed: [String], url: String, fault: OutgoingFault) async throws {
    let outgoing = Outgoing(rules: AddressRules(allowed: allowed))
    defer { outgoing.stop() }
    let request = ExchangeRequest(
      url: url + ExchangePaths.messages, token: .random(), contentType: ExchangePaths.batchType,
      body: [])
    await #expect(throws: fault) { _ = try await SendExchange.line(through: outgoing)(request) }
  }

  /// A request that fails after another got through sets no wait.
  @Test func aFailureThatCameLateHoldsBackNothing() async throws {
    try await Engine.sqlite.withSample { county in
      try await Engine.sqlite.withSample { city in
        let linked = try await LinkedPlatforms(county, to: city)
        let office = try await county.account(.office)
        let id = try await RegisterProblem(county.platform)(
          Registration(
            track: "village", title: "一", detail: "", concerns: "柳林镇/河湾村", foundOn: "2026-11-19"),
          by: office)
        _ = try await ActOnProblem(county.platform)(
          .command(.refer(.superior, to: LinkedPlatforms.upperName, text: "请协调")), on: id,
          seen: nil, by: office)
        try await county.sequence()
        let link = try await ShowLinks(county.platform)()[0].link.id
        let line = LinkedPlatforms.line(to: linked.upper.platform)
        let good = SendExchange(county.platform, line: line)
        let late = SendExchange(county.platform) { _ in
          _ = try await good(link, isPatient: false)
          throw OutgoingFault.timedOut
        }
        #expect(try await late(link, isPatient: false) == .failed("timed_out"))
        let status = try await ShowLinks(county.platform)()[0]
        #expect(status.unconfirmed == 0 && status.stored.failures == 0)
        #expect(status.stored.lastError == nil)
      }
    }
  }
}
