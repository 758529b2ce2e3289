import Domain
import Storage

/// An account's webhooks, and what was delivered to one of them.
package struct ShowWebhooks: Sendable {
  let platform: Platform

  package init(_ platform: Platform) { self.platform = platform }

  package static let pageSize = 50
  /// More than so many that wait or failed are told as "100+".
  package static let countLimit = 101

  package struct Line: Sendable {
    package let stored: WebhookRows.Stored
    package let waiting: Int
    package let failed: Int
  }

  /// The account's own, the oldest first.
  /// - Throws: `UseCaseError.forbidden`
  package func callAsFunction(for account: Account) async throws -> [Line] {
    guard account.may(.manageWebhooks) else { throw UseCaseError.forbidden }
    return try await platform.database.read { connection in
      try WebhookRows.list(of: account.id, in: connection).map { stored in
        try ShowWebhooks.line(stored, in: connection)
      }
    }
  }

  package struct Detail: Sendable {
    package let line: Line
    package let address: String
    /// Until when the old secret signs beside the new one.
    package let oldUntil: Instant?
  }

  /// - Throws: `UseCaseError.notFound`
  package func one(_ id: WebhookID, for account: Account) async throws -> Detail {
    let (platform, now) = (platform, platform.now())
    return try await platform.database.read { connection in
      let own = try OwnWebhook(id, of: account, platform, in: connection)
      guard let secrets = try WebhookRows.secrets(of: id, own.key, in: connection) else {
        throw UseCaseError.notFound
      }
      return Detail(
        line: try ShowWebhooks.line(own.stored, in: connection), address: secrets.address,
        oldUntil: secrets.old.flatMap { $0.until > now ? $0.until : nil })
    }
  }

  /// The newest first.
  /// - Throws: `UseCaseError.notFound`
  package func deliveries(
    of id: WebhookID, _ state: DeliveryList.State?, before delivery: DeliveryRows.ID?,
    for account: Account, size: Int = pageSize
  ) async throws -> Page<DeliveryList.Line, DeliveryRows.ID> {
    let platform = platform
    return try await platform.database.read { connection in
      _ = try OwnWebhook(id, of: account, platform, in: connection)
      return try DeliveryList.page(
        of: id, state, before: delivery, limit: size, in: connection)
    }
  }

  package struct Overseen: Sendable {
    package let stored: WebhookRows.Stored
    /// Nil where the owner's data were erased.
    package let owner: String?
  }

  /// Everybody's, the newest first, for an administrator: that they are there, nothing of what they say.
  /// - Throws: `UseCaseError.forbidden`
  package func all(
    before id: WebhookID?, limit: Int = pageSize, for account: Account
  ) async throws -> Page<Overseen, WebhookID> {
    guard account.may(.overseeWebhooks) else { throw UseCaseError.forbidden }
    let vault = platform.vault
    return try await platform.database.read { connection in
      let page = try WebhookRows.page(before: id, limit: limit, in: connection)
      let owners = try AccountRows.names(
        of: Set(page.items.map { .account($0.webhook.account) }), vault, in: connection)
      return Page(
        items: page.items.map {
          Overseen(stored: $0, owner: owners[.account($0.webhook.account)])
        }, next: page.next)
    }
  }

  private static func line(
    _ stored: WebhookRows.Stored, in connection: any Connection
  ) throws -> Line {
    let counts = try DeliveryList.counts(of: stored.id, limit: countLimit, in: connection)
    return Line(stored: stored, waiting: counts.waiting, failed: counts.failed)
  }
}
