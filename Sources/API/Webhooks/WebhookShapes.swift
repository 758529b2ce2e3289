import Cryptography
import Domain
import Services
import Storage

/// Webhooks as programs see them; a secret once, when it is made.
enum WebhookShapes {
  static let line = Shape<ShowWebhooks.Line>("Webhook", fields { $0 })

  static let detail = Shape<ShowWebhooks.Detail>(
    "WebhookDetail",
    fields { $0.line } + [
      .init("address") { $0.address },
      .init("old_secret_until") { $0.oldUntil },
    ])

  private static func fields<Value>(
    _ line: @escaping @Sendable (Value) -> ShowWebhooks.Line
  ) -> [Field<Value>] {
    common { line($0).stored } + [
      .init("secret_since") { line($0).stored.webhook.secretAt },
      .init("waiting") { line($0).waiting },
      .init("failed") { line($0).failed },
    ]
  }

  private static func common<Value>(
    _ stored: @escaping @Sendable (Value) -> WebhookRows.Stored
  ) -> [Field<Value>] {
    [
      .init(id: "id") { stored($0).id },
      .init("version") { stored($0).version },
      .init("name") { stored($0).webhook.name },
      .init("origin") { stored($0).webhook.origin },
      .init("kinds") { stored($0).webhook.kinds },
      .init(choice: "state") { stored($0).webhook.state },
      .init(choice: "reason") { stored($0).webhook.reason },
      .init("created_at") { stored($0).createdAt },
      .init("last_success_at") { stored($0).lastSuccessAt },
      .init("failing_since") { stored($0).health.failingSince },
    ]
  }

  static let overseen = Shape<ShowWebhooks.Overseen>(
    "OverseenWebhook", common { $0.stored } + [.init("owner") { $0.owner }])

  struct Secret: Sendable {
    let id: WebhookID
    let secret: WebhookSecret
  }

  static let secret = Shape<Secret>(
    "WebhookSecret",
    [
      .init(id: "id") { $0.id },
      .init("secret") { $0.secret.text },
    ])

  static let delivery = Shape<DeliveryList.Line>(
    "WebhookDelivery",
    [
      .init(id: "id") { $0.id },
      .init("kind") { $0.kind },
      .init("stream") { $0.stream },
      .init("leaf_index") { $0.leafIndex },
      .init(choice: "state") { $0.state },
      .init("created_at") { $0.createdAt },
      .init("attempts") { $0.attempts },
      .init("next_at") { $0.nextAt },
      .init("tried_at") { $0.triedAt },
      .init("delivered_at") { $0.deliveredAt },
      .init("status") { $0.status },
      .init("fault") { $0.fault },
      .init("answer") { $0.answer },
      .init("milliseconds") { $0.milliseconds },
    ])

  static let delivered = Shape<DeliveryRows.ID>("DeliveryMade", [.init(id: "id") { $0 }])

  static let count = Shape<Int>("Redelivered", [.init("count") { $0 }])
}
