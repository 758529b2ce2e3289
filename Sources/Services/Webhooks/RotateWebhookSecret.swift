import Domain
import Storage

/// A webhook gets a new secret; for a day the old one signs as well, so that the receiver can change over
/// without losing anything.
package struct RotateWebhookSecret: Sendable {
  let platform: Platform

  package init(_ platform: Platform) { self.platform = platform }

  /// - Returns: the new secret, which is shown this once.
  /// - Throws: `UseCaseError.notFound`
  package func callAsFunction(
    _ id: WebhookID, by account: Account
  ) async throws -> WebhookSecret {
    let (platform, now, secret) = (platform, platform.now(), WebhookSecret.random())
    try await platform.database.write { connection in
      let own = try OwnWebhook(id, of: account, platform, in: connection)
      var webhook = own.stored.webhook
      webhook.secretAt = now
      try OwnWebhook.change(
        own.stored, to: webhook, verb: "rotated", at: now, by: account.actor, in: connection)
      try WebhookRows.rotate(
        to: secret, of: id, until: now + Webhook.rotationSeconds, own.key, in: connection)
    }
    return secret
  }
}
