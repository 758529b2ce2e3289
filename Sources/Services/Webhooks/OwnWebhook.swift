import Domain
import Storage

/// A webhook in the hands of its owner, inside a transaction.
struct OwnWebhook {
  let stored: WebhookRows.Stored
  /// Of its owner.
  let key: PersonKey

  /// - Throws: `UseCaseError.forbidden`, `.notFound` for what is not the account's own
  init(
    _ id: WebhookID, of account: Account, _ platform: Platform, in connection: any Connection
  ) throws {
    guard account.may(.manageWebhooks) else { throw UseCaseError.forbidden }
    guard let stored = try WebhookRows.find(id, in: connection),
      stored.webhook.account == account.id, stored.webhook.state != .removed
    else { throw UseCaseError.notFound }
    self.stored = stored
    key = try OwnWebhook.key(of: account.id, platform, in: connection)
  }

  /// The key that an account's webhooks are sealed with: that of its owner.
  static func key(
    of account: AccountID, _ platform: Platform, in connection: any Connection
  ) throws -> PersonKey {
    guard let owner = try AccountRows.find(account, platform.vault, in: connection)?.person,
      let key = try platform.vault.key(of: owner, in: connection)
    else { throw UseCaseError.notFound }
    return key
  }

  /// - Throws: `StorageError.contention` where somebody was quicker: the whole is run again.
  static func change(
    _ stored: WebhookRows.Stored, to webhook: Webhook, verb: String, at now: Instant,
    by actor: Actor, in connection: any Connection
  ) throws {
    do {
      try WebhookRows.change(
        stored, to: webhook, verb: verb, at: now, by: actor, in: connection)
    } catch is LedgerRows.Conflict {
      throw StorageError.contention
    }
  }
}
