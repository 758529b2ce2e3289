import Domain
import Ledger
import Storage

/// What is sent to one webhook in one go, made ready in one reading transaction.
struct WebhookBatch: Sendable {
  struct Message: Sendable {
    let delivery: DeliveryRows.ID
    let attempts: Int
    /// The event's id: the same each time it is sent.
    let id: String
    let body: [UInt8]
  }

  let address: String
  let secrets: [WebhookSecret]
  let messages: [Message]
  /// Deliveries of what the owner may not see any more.
  let hidden: [DeliveryRows.ID]

  static let size = 500

  /// - Returns: nil where the owner left, or may not have webhooks any more.
  init?(
    for id: WebhookID, at now: Instant, _ platform: Platform, in connection: any Connection
  ) throws {
    guard let stored = try WebhookRows.find(id, in: connection),
      let account = try ReadForWebhooks.owner(stored.webhook.account, platform, in: connection),
      let secrets = try WebhookRows.secrets(
        of: id, OwnWebhook.key(of: account.id, platform, in: connection), in: connection)
    else { return nil }
    address = secrets.address
    let old = secrets.old.flatMap { $0.until > now ? $0.secret : nil }
    self.secrets = [secrets.secret] + (old.map { [$0] } ?? [])
    let count = stored.health.isFailing ? 1 : Self.size
    let due = try DeliveryRows.due(for: id, limit: count, now: now, in: connection)
    let entries = try due.compactMap(\.entry).compactMap {
      try WebhookEntry($0, in: connection)
    }
    let visible = try WebhookEntry.visible(entries, to: account, in: connection)
    let speaker = WebhookMessages(account: account, platform: platform, connection: connection)
    let bodies = try speaker.bodies(of: visible)
    var (messages, hidden): ([Message], [DeliveryRows.ID]) = ([], [])
    for each in due {
      if let entry = each.entry?.entry {
        guard let body = bodies[entry.id] else {
          hidden.append(each.id)
          continue
        }
        messages.append(Message(each, id: String(entry.id), body))
      } else {
        let body = try speaker.test(of: id, id: each.id, at: each.id.createdAt)
        messages.append(Message(each, id: each.id.description, body))
      }
    }
    (self.messages, self.hidden) = (messages, hidden)
  }

  /// - Parameter seconds: since 1970, now.
  func post(_ message: Message, seconds: Int64) -> WebhookPost {
    let signatures = secrets.map {
      $0.signature(id: message.id, seconds: seconds, body: message.body)
    }
    return WebhookPost(
      address: address,
      headers: [
        ("content-type", "application/cloudevents+json; charset=utf-8"),
        ("user-agent", "lianbang/\(Version.text)"), ("webhook-id", message.id),
        ("webhook-timestamp", String(seconds)),
        ("webhook-signature", signatures.joined(separator: " ")),
      ], body: message.body)
  }
}

extension WebhookBatch.Message {
  fileprivate init(_ due: DeliveryRows.Due, id: String, _ body: String) {
    self.init(delivery: due.id, attempts: due.attempts, id: id, body: Array(body.utf8))
  }
}

/// One request to a receiver.
package struct WebhookPost: Sendable {
  package let address: String
  package let headers: [(name: String, value: String)]
  package let body: [UInt8]
}
