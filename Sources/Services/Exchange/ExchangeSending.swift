import Cryptography
import Domain
import Outgoing

extension SendExchange {
  /// Seconds for a whole request: a batch is a megabyte at most, and lines to villages are slow.
  private static let timeout = 20.0

  /// The platform's own line to the outside. Without TLS only to hosts that the operator named: what is
  /// presented there opens the link.
  package static func line(through outgoing: Outgoing) -> ExchangeLine {
    { request in
      let address = try OutgoingAddress(request.url)
      guard
        address.isEncrypted || outgoing.rules.allowsPrivate || outgoing.rules.names(address.host)
      else { throw OutgoingFault.tls }
      let answer = try await outgoing.send(
        OutgoingRequest(
          method: "POST", url: request.url,
          headers: [
            ("Authorization", "Bearer \(request.token.text)"),
            ("Content-Type", request.contentType),
          ], body: request.body, timeout: timeout))
      return ExchangeReply(status: answer.status, body: answer.body)
    }
  }

  /// Sends what waits until the task is cancelled: within a second where a line holds, and after growing
  /// waits where it does not. A side that hangs holds back no other. Every server does; what one has taken
  /// another leaves.
  /// - Parameter report: told of faults of this server's.
  package func run(report: @escaping @Sendable (String) -> Void) async {
    await withTaskGroup(of: LinkID?.self) { group in
      var busy: Set<LinkID> = []
      group.addTask { await Self.tick() }
      for await finished in group {
        if Task.isCancelled { break }
        if let finished {
          busy.remove(finished)
          continue
        }
        group.addTask { await Self.tick() }
        do {
          for link in try await due() where busy.insert(link).inserted {
            group.addTask { await work(link, report) }
          }
        } catch {
          report("\(error)")
        }
      }
      group.cancelAll()
    }
  }

  /// - Returns: nil: nothing that was worked on is over.
  private static func tick() async -> LinkID? {
    try? await Task.sleep(for: .seconds(1))
    return nil
  }

  /// Batch after batch while they are taken.
  private func work(_ link: LinkID, _ report: @Sendable (String) -> Void) async -> LinkID {
    do {
      while !Task.isCancelled, case .sent = try await self(link) {}
      return link
    } catch {
      report("link/\(link): \(error)")
      return link
    }
  }
}
