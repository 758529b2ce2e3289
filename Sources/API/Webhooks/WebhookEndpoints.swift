import Domain
import HTTPTypes
import Services
import Storage

/// The account's webhooks and their deliveries; everybody's, for who oversees them.
enum WebhookEndpoints {
  static let list: [Endpoint] =
    [find, show, create, change, remove, rotate, pause, resume, test]
    + [deliveries, redeliver, redeliverFailed, all, switchOff]

  private static let find = Endpoint.list(
    "/webhooks", "listWebhooks", .webhooks, isPaged: false, WebhookShapes.line
  ) { call in Listed(try await ShowWebhooks(call.platform)(for: call.account)) }

  private static let show = Endpoint.get(
    "/webhooks/{id}", "showWebhook", .webhooks, WebhookShapes.detail
  ) { call in Found(try await ShowWebhooks(call.platform).one(call.id(), for: call.account)) }

  private static let members = [
    ObjectSchema.Member("name", .text(least: 1, most: Webhook.longestName)),
    ObjectSchema.Member("address", .text(least: 1, most: 2000)),
    ObjectSchema.Member.optional(
      "kinds",
      .nullable(.list(.choice(WebhookKinds.all), least: 1, most: WebhookKinds.all.count))),
  ]

  private static func wish(_ body: JSON) -> CreateWebhook.Wish {
    .init(
      name: (body["name"].text ?? "").trimmed, address: (body["address"].text ?? "").trimmed,
      kinds: body["kinds"].array?.compactMap(\.text))
  }

  private static let create = Endpoint.create(
    "/webhooks", "createWebhook", .webhooks, body: ObjectSchema("WebhookRequest", members),
    WebhookShapes.secret
  ) { call in
    let made = try await CreateWebhook(call.platform)(wish(call.body), by: call.account)
    return Made(.init(id: made.id, secret: made.secret), at: "/webhooks/\(made.id)")
  }

  private static let change = Endpoint.act(
    "/webhooks/{id}", "changeWebhook", .webhooks, method: .put,
    body: ObjectSchema("WebhookChange", members)
  ) { call in
    try await ChangeWebhook(call.platform)(call.id(), to: wish(call.body), by: call.account)
  }

  private static let remove = Endpoint.act(
    "/webhooks/{id}", "removeWebhook", .webhooks, method: .delete
  ) { call in try await SwitchWebhook(call.platform).remove(call.id(), by: call.account) }

  private static let rotate = Endpoint.act(
    "/webhooks/{id}/rotation", "rotateWebhookSecret", .webhooks, WebhookShapes.secret
  ) { call in
    let id: WebhookID = try call.id()
    let secret = try await RotateWebhookSecret(call.platform)(id, by: call.account)
    return Found(.init(id: id, secret: secret))
  }

  private static let pause = Endpoint.act(
    "/webhooks/{id}/pause", "pauseWebhook", .webhooks
  ) { call in try await SwitchWebhook(call.platform).pause(call.id(), by: call.account) }

  private static let resume = Endpoint.act(
    "/webhooks/{id}/resumption", "resumeWebhook", .webhooks,
    body: ObjectSchema(
      "WebhookResumption",
      [.init("from", .choice(SwitchWebhook.Start.allCases.map(\.rawValue)))])
  ) { call in
    try await SwitchWebhook(call.platform).resume(
      call.id(),
      from: call.body["from"].text.flatMap { SwitchWebhook.Start(rawValue: $0) } ?? .stopped,
      by: call.account)
  }

  private static let test = Endpoint.act(
    "/webhooks/{id}/test", "testWebhook", .webhooks, WebhookShapes.delivered
  ) { call in
    Found(try await RedeliverWebhook(call.platform).test(call.id(), by: call.account))
  }

  // MARK: Deliveries

  private static let deliveries = Endpoint.list(
    "/webhooks/{id}/deliveries", "listWebhookDeliveries", .webhooks,
    query: [.init("state", .choice(DeliveryList.State.allCases.map(\.rawValue)))],
    WebhookShapes.delivery
  ) { call in
    let page = try await ShowWebhooks(call.platform).deliveries(
      of: call.id(), call.word("state"), before: call.cursor { DeliveryRows.ID($0) },
      for: call.account, size: call.limit)
    return Listed(page.items, next: page.next?.description)
  }

  private static let redeliver = Endpoint.act(
    "/webhooks/{id}/deliveries/{delivery}/redelivery", "redeliverWebhookDelivery", .webhooks
  ) { call in
    try await RedeliverWebhook(call.platform)(
      call.id(DeliveryRows.ID.self, "delivery"), of: call.id(), by: call.account)
  }

  private static let redeliverFailed = Endpoint.act(
    "/webhooks/{id}/redelivery", "redeliverFailedWebhookDeliveries", .webhooks,
    WebhookShapes.count
  ) { call in
    Found(try await RedeliverWebhook(call.platform).failed(of: call.id(), by: call.account))
  }

  // MARK: Everybody's

  private static let all = Endpoint.list(
    "/overseen-webhooks", "listOverseenWebhooks", .webhooks, WebhookShapes.overseen
  ) { call in
    let page = try await ShowWebhooks(call.platform).all(
      before: call.cursor { WebhookID($0) }, limit: call.limit, for: call.account)
    return Listed(page.items, next: page.next?.description)
  }

  private static let switchOff = Endpoint.act(
    "/overseen-webhooks/{id}/switching-off", "switchWebhookOff", .webhooks
  ) { call in try await SwitchWebhook(call.platform).switchOff(call.id(), by: call.account) }
}
