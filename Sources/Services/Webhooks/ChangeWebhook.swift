import Domain
import Storage

/// The owner of a webhook gives it another name, address or choice of events.
package struct ChangeWebhook: Sendable {
  let platform: Platform

  package init(_ platform: Platform) { self.platform = platform }

  /// - Throws: `UseCaseError.notFound`, `WebhookRefusals`
  package func callAsFunction(
    _ id: WebhookID, to wish: CreateWebhook.Wish, by account: Account
  ) async throws {
    let (platform, now) = (platform, platform.now())
    let address = try wish.checked(platform)
    try await platform.database.write { connection in
      let own = try OwnWebhook(id, of: account, platform, in: connection)
      var webhook = own.stored.webhook
      (webhook.name, webhook.kinds) = (wish.name, wish.kinds?.sorted())
      (webhook.origin, webhook.addressDigest) = (address.origin, address.digest)
      try OwnWebhook.change(
        own.stored, to: webhook, verb: "changed", at: now, by: account.actor, in: connection)
      try WebhookRows.setAddress(address.text, of: id, own.key, in: connection)
    }
  }
}
