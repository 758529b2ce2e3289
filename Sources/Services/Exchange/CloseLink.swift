import Domain
import Storage

/// Ends a link. What was handed up by it stays referred until the office answers it by hand; the other
/// side is told when it sends the next time.
package struct CloseLink: Sendable {
  let platform: Platform

  package init(_ platform: Platform) { self.platform = platform }

  /// - Throws: `UseCaseError.refused(.unknownLink)`
  package func callAsFunction(_ name: String, by actor: Actor) async throws {
    let now = platform.now()
    try await platform.database.write { connection in
      guard let link = try LinkRows.find(name: name.trimmed, in: connection)?.link else {
        throw UseCaseError.refused([.unknownLink])
      }
      try LinkHistory.record(.closed, on: link, at: now, by: actor, in: connection)
      try LinkRows.forgetToken(of: link.id, in: connection)
    }
  }

  /// Stops an open link, once.
  static func stop(
    _ id: LinkID, _ fault: LinkFault, at now: Instant, in connection: any Connection
  ) throws {
    guard let link = try LinkRows.find(id, in: connection)?.link, link.state == .open else {
      return
    }
    try LinkHistory.record(
      .stopped(.init(fault: fault)), on: link, at: now, by: .system, in: connection)
  }
}
