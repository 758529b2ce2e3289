import Domain
import HTTP
import HTTPTypes
import Hummingbird
import Services
import Storage

/// 事件推送: the webhooks of an account, and for the system administrator that there are any.
struct WebhookPages: Sendable {
  let site: Site

  func addRoutes(to doors: Doors) {
    doors.get(.webhooks, use: list)
    doors.get(.newWebhook) { request, context in try newPage(nil, [], request, context) }
    doors.post(.webhooks, use: create)
    doors.get(.webhook(":id")) { request, context in
      try await show([], nil, request, context)
    }
    doors.post(.webhook(":id"), use: change)
    doors.post(.webhookAction(":id", ":action"), use: act)
    doors.post(.webhookRedelivery(":id", ":delivery"), use: redeliver)
  }

  // MARK: List and making

  private func list(_ request: Request, _ context: AppContext) async throws -> Response {
    let account = try context.signedIn()
    let view = WebhookView(words: site.words(context), now: site.platform.now())
    let page: View
    if account.may(.manageWebhooks) {
      page = view.own(try await ShowWebhooks(site.platform)(for: account))
    } else {
      let last = request.query("before")
      let before = WebhookID(last)
      guard last.isEmpty || before != nil else { throw RequestError.badQuery }
      page = view.all(
        try await ShowWebhooks(site.platform).all(before: before, for: account),
        isFirst: before == nil)
    }
    return site.page(
      "webhooks", page, title: view.words("webhooks.title"), request: request, context: context)
  }

  private func newPage(
    _ form: FormData?, _ faults: [WebhookRefusal], _ request: Request, _ context: AppContext
  ) throws -> Response {
    let view = WebhookView(words: site.words(context), now: site.platform.now())
    return site.page(
      "webhook-new", view.new(form, faults), title: view.words("webhooks.new"), request: request,
      context: context, status: faults.isEmpty ? .ok : .unprocessableContent,
      answersFor: .newWebhook)
  }

  private func create(_ request: Request, _ context: AppContext) async throws -> Response {
    let account = try context.signedIn()
    let form = try await FormData(request, context)
    do {
      let made = try await CreateWebhook(site.platform)(WebhookView.wish(form), by: account)
      return secretPage(made.secret, of: made.id, isNew: true, request, context)
    } catch let refused as WebhookRefusals {
      return try newPage(form, refused.reasons, request, context)
    }
  }

  /// The one page that shows a secret; it is an answer to a form, so that no address leads to it.
  private func secretPage(
    _ secret: WebhookSecret, of id: WebhookID, isNew: Bool, _ request: Request,
    _ context: AppContext
  ) -> Response {
    let words = site.words(context)
    let route = Route.webhook(id.description)
    let view: View = ["secret": secret.text, "url_webhook": route.path, "rotated": !isNew]
    return site.page(
      "webhook-secret", view, title: words("webhooks.secret"), request: request,
      context: context, answersFor: route)
  }

  // MARK: One

  private func show(
    _ faults: [WebhookRefusal], _ form: FormData?, _ request: Request, _ context: AppContext
  ) async throws -> Response {
    let account = try context.signedIn()
    let id = WebhookID(try context.id())
    let (asked, last) = (request.query("state"), request.query("before"))
    let (state, before) = (DeliveryList.State(rawValue: asked), DeliveryRows.ID(last))
    guard asked.isEmpty || state != nil, last.isEmpty || before != nil else {
      throw RequestError.badQuery
    }
    let detail = try await ShowWebhooks(site.platform).one(id, for: account)
    let page = try await ShowWebhooks(site.platform).deliveries(
      of: id, state, before: before, for: account)
    let view = WebhookView(words: site.words(context), now: site.platform.now())
    var shown = view.one(detail, form, faults)
    shown.merge(view.deliveries(page, of: id, state, isFirst: before == nil)) { $1 }
    return site.page(
      "webhook", shown, title: detail.line.stored.webhook.name, request: request,
      context: context, status: faults.isEmpty ? .ok : .unprocessableContent,
      answersFor: form == nil && faults.isEmpty ? nil : .webhook(id.description))
  }

  private func change(_ request: Request, _ context: AppContext) async throws -> Response {
    let account = try context.signedIn()
    let form = try await FormData(request, context)
    let id = WebhookID(try context.id())
    do {
      try await ChangeWebhook(site.platform)(id, to: WebhookView.wish(form), by: account)
      return Site.redirect(to: Route.webhook(id.description).path)
    } catch let refused as WebhookRefusals {
      return try await show(refused.reasons, form, request, context)
    }
  }

  private func act(_ request: Request, _ context: AppContext) async throws -> Response {
    let account = try context.signedIn()
    let form = try await FormData(request, context)
    let id = WebhookID(try context.id())
    let action = WebhookAction(rawValue: context.parameters.get("action") ?? "")
    guard let action else { throw RequestError.notFound }
    let use = SwitchWebhook(site.platform)
    do {
      switch action {
      case .test: try await RedeliverWebhook(site.platform).test(id, by: account)
      case .redelivery: try await RedeliverWebhook(site.platform).failed(of: id, by: account)
      case .pause: try await use.pause(id, by: account)
      case .resumption:
        guard let start = SwitchWebhook.Start(rawValue: form["from"]) else {
          throw RequestError.badForm
        }
        try await use.resume(id, from: start, by: account)
      case .rotation:
        let secret = try await RotateWebhookSecret(site.platform)(id, by: account)
        return secretPage(secret, of: id, isNew: false, request, context)
      case .removal:
        try await use.remove(id, by: account)
        return Site.redirect(to: Route.webhooks.path)
      case .switchingOff:
        try await use.switchOff(id, by: account)
        return Site.redirect(to: Route.webhooks.path)
      }
    } catch let refused as WebhookRefusals {
      // An administrator sees the list only.
      guard account.may(.manageWebhooks) else { return Site.redirect(to: Route.webhooks.path) }
      return try await show(refused.reasons, nil, request, context)
    }
    return Site.redirect(to: Route.webhook(id.description).path)
  }

  private func redeliver(_ request: Request, _ context: AppContext) async throws -> Response {
    let account = try context.signedIn()
    _ = try await FormData(request, context)
    let id = WebhookID(try context.id())
    guard let delivery = DeliveryRows.ID(context.parameters.get("delivery") ?? "") else {
      throw RequestError.notFound
    }
    do {
      try await RedeliverWebhook(site.platform)(delivery, of: id, by: account)
    } catch let refused as WebhookRefusals {
      return try await show(refused.reasons, nil, request, context)
    }
    return Site.redirect(to: Route.webhook(id.description).path)
  }
}

/// What is done to a webhook by a button.
enum WebhookAction: String {
  case test, redelivery, pause, resumption, rotation, removal
  case switchingOff = "switching-off"
}
