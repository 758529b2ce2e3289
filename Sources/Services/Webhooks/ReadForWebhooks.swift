import Domain
import Ledger
import Storage

/// Webhooks read on in the ledger: for each entry that an owner may see a delivery is noted, in the same
/// transaction in which the webhook's place moves on, so that nothing is left out and nothing comes twice.
package struct ReadForWebhooks: Sendable {
  let platform: Platform

  package init(_ platform: Platform) { self.platform = platform }

  /// Few enough that nobody else who writes waits for long.
  private static let window = 250
  private static let together = 100

  /// - Returns: how many deliveries were noted; false where all have read to the end, or wait for their
  /// receivers.
  package func callAsFunction() async throws -> (noted: Int, hasMore: Bool) {
    let (platform, now) = (platform, platform.now())
    return try await platform.database.write { connection in
      let size = try LedgerHeads.frontier(in: connection).size
      let readers = try WebhookQueue.readers(
        before: size, limit: ReadForWebhooks.together, in: connection)
      guard let start = readers.first?.cursor else { return (0, false) }
      let found = try LedgerRows.ofBusiness(
        from: start, before: size, limit: ReadForWebhooks.window, in: connection)
      let end = found.count < ReadForWebhooks.window ? size : found.last!.leafIndex + 1
      let entries = try found.compactMap { try WebhookEntry($0, in: connection) }
      let reading = readers.filter { $0.cursor < end }
      var due: [(webhook: WebhookID, entry: Int64?)] = []
      for reader in reading {
        let account = try ReadForWebhooks.owner(of: reader, at: now, platform, in: connection)
        guard let account else { continue }
        let wanted = entries.filter {
          $0.sequenced.leafIndex >= reader.cursor && reader.kinds?.contains($0.kind) ?? true
        }
        due += try WebhookEntry.visible(wanted, to: account, in: connection).map {
          (webhook: reader.id, entry: $0.sequenced.entry.id)
        }
      }
      _ = try DeliveryRows.add(due, at: now, in: connection)
      try WebhookQueue.advance(reading.map(\.id), to: end, in: connection)
      return (due.count, true)
    }
  }

  /// Whom a webhook belongs to. One whose owner left, or may not have it any more, is switched off.
  private static func owner(
    of reader: WebhookQueue.Reader, at now: Instant, _ platform: Platform,
    in connection: any Connection
  ) throws -> Account? {
    if let account = try Self.owner(reader.account, platform, in: connection) { return account }
    if let stored = try WebhookRows.find(reader.id, in: connection) {
      try SwitchWebhook.switchOff(
        stored, .noRight, at: now, by: .system, platform, in: connection)
    }
    return nil
  }

  /// - Returns: nil where the account is closed or may not have webhooks.
  static func owner(
    _ id: AccountID, _ platform: Platform, in connection: any Connection
  ) throws -> Account? {
    guard let stored = try AccountRows.find(id, platform.vault, in: connection),
      stored.closedAt == nil, stored.isTakenUp, stored.account.may(.manageWebhooks),
      stored.account.may(.seeProblems)
    else { return nil }
    return stored.account
  }
}
