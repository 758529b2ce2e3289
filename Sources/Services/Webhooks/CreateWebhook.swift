import Domain
import Storage

/// An account has another system told of what happens to the problems it may see.
package struct CreateWebhook: Sendable {
  let platform: Platform

  package init(_ platform: Platform) { self.platform = platform }

  /// What its owner wants.
  package struct Wish: Sendable {
    package var name: String
    package var address: String
    /// Kinds of events; nil for all.
    package var kinds: [String]?

    package init(name: String, address: String, kinds: [String]? = nil) {
      (self.name, self.address, self.kinds) = (name, address, kinds)
    }

    /// - Throws: `WebhookRefusals` with all that is wrong.
    func checked(_ platform: Platform) throws -> WebhookAddress {
      var faults = Webhook.faults(name: name, kinds: kinds, known: WebhookKinds.known)
      var checked: WebhookAddress?
      do throws(WebhookRefusal) {
        checked = try WebhookAddress(address, platform.addressRules)
      } catch {
        faults.append(error)
      }
      guard let checked, faults.isEmpty else { throw WebhookRefusals(faults) }
      return checked
    }
  }

  /// - Returns: its id, and the secret, which is shown this once.
  /// - Throws: `UseCaseError.forbidden`, `WebhookRefusals`
  package func callAsFunction(
    _ wish: Wish, by account: Account
  ) async throws -> (id: WebhookID, secret: WebhookSecret) {
    guard account.may(.manageWebhooks) else { throw UseCaseError.forbidden }
    let (platform, now, secret) = (platform, platform.now(), WebhookSecret.random())
    let address = try wish.checked(platform)
    let id = try await platform.database.write { connection in
      guard
        try WebhookRows.list(of: account.id, in: connection).count < Webhook.mostPerAccount
      else { throw WebhookRefusals([.tooMany]) }
      let webhook = Webhook(
        account: account.id, name: wish.name, origin: address.origin,
        addressDigest: address.digest, kinds: wish.kinds, secretAt: now)
      return try WebhookRows.add(
        webhook, .init(address: address.text, secret: secret),
        OwnWebhook.key(of: account.id, platform, in: connection), at: now, by: account.actor,
        in: connection)
    }
    return (id, secret)
  }
}
