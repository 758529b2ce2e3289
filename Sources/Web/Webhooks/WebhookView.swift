import Domain
import HTTP
import Services
import Storage

/// Webhooks in words.
struct WebhookView {
  let words: Wording
  let now: Instant

  static func wish(_ form: FormData) -> CreateWebhook.Wish {
    .init(
      name: form["name"].trimmed, address: form["address"].trimmed,
      kinds: form["which"] == "some" ? form.values("kinds") : nil)
  }

  // MARK: Lists

  func own(_ lines: [ShowWebhooks.Line]) -> View {
    [
      "is_own": true, "url_new": Route.newWebhook.path, "is_empty": lines.isEmpty,
      "may_add": lines.count < Webhook.mostPerAccount,
      "webhooks": lines.map { line -> View in
        var view = row(line.stored)
        view["url"] = Route.webhook(line.stored.id.description).path
        view["waiting"] = count(line.waiting)
        view["failed"] = count(line.failed)
        return view
      },
    ]
  }

  func all(_ page: Page<ShowWebhooks.Overseen, WebhookID>, isFirst: Bool) -> View {
    [
      "is_own": false, "is_empty": page.items.isEmpty,
      "webhooks": page.items.map { line -> View in
        var view = row(line.stored)
        let route = Route.webhookAction(
          line.stored.id.description, WebhookAction.switchingOff.rawValue)
        view["owner"] = line.owner ?? "—"
        view["may_switch_off"] = line.stored.webhook.state != .off
        view["url"] = route.path
        return view
      },
      "has_next": page.next != nil, "has_previous": !isFirst, "url_first": Route.webhooks.path,
      "url_next": Route.webhooks.path(query: [("before", page.next?.description ?? "")]),
    ]
  }

  private func row(_ stored: WebhookRows.Stored) -> View {
    let webhook = stored.webhook
    return [
      "name": webhook.name, "origin": webhook.origin, "kinds": kinds(webhook),
      "state": words("webhook.state.\(webhook.state.rawValue)"),
      "reason": (webhook.reason.map { words("webhook.reason.\($0.rawValue)") } ?? "").orFalse,
      "is_active": webhook.state == .active, "is_failing": stored.health.isFailing,
      "success": stored.lastSuccessAt.map { words.ago($0, now: now) } ?? "—",
    ]
  }

  private func kinds(_ webhook: Webhook) -> String {
    webhook.kinds.map { words.counted("webhooks.kinds", $0.count) } ?? words("webhooks.all_kinds")
  }

  private func count(_ count: Int) -> String {
    count >= ShowWebhooks.countLimit ? "\(ShowWebhooks.countLimit - 1)+" : String(count)
  }

  // MARK: Forms

  func new(_ form: FormData?, _ faults: [WebhookRefusal]) -> View {
    var view = fields(
      name: form?["name"] ?? "", address: form?["address"] ?? "",
      kinds: form.flatMap { Self.wish($0).kinds })
    view["faults"] = reasons(faults)
    view["has_faults"] = !faults.isEmpty
    view["url"] = Route.webhooks.path
    view["url_list"] = Route.webhooks.path
    return view
  }

  private func fields(name: String, address: String, kinds: [String]?) -> View {
    let chosen = Set(kinds ?? [])
    let groups = [("order", "webhooks.of_orders"), ("problem", "webhooks.of_problems")]
    return [
      "webhook_name": name, "address": address, "all_kinds": kinds == nil,
      "some_kinds": kinds != nil, "name_limit": String(Webhook.longestName),
      "groups": groups.map { group in
        [
          "legend": words(group.1),
          "kinds": WebhookKinds.all.filter { $0.hasPrefix(group.0 + ".") }.map { kind -> View in
            ["value": kind, "name": self.name(of: kind), "chosen": chosen.contains(kind)]
          },
        ] as View
      },
    ]
  }

  private func reasons(_ faults: [WebhookRefusal]) -> [View] {
    faults.map { ["text": words("webhook.refusal.\($0.rawValue)")] }
  }

  private func name(of kind: String) -> String {
    if kind.hasPrefix("order.") { return words("order.event.\(kind.dropFirst(6))") }
    return words("event.\(kind.dropFirst(8))")
  }

  // MARK: One

  func one(
    _ detail: ShowWebhooks.Detail, _ form: FormData?, _ faults: [WebhookRefusal]
  ) -> View {
    let (stored, webhook) = (detail.line.stored, detail.line.stored.webhook)
    let id = stored.id.description
    var view = fields(
      name: form?["name"] ?? webhook.name, address: form?["address"] ?? detail.address,
      kinds: form.map { Self.wish($0).kinds } ?? webhook.kinds)
    view.merge(row(stored)) { $1 }
    view["faults"] = reasons(faults)
    view["has_faults"] = !faults.isEmpty
    view["is_edited"] = form != nil
    view["url"] = Route.webhook(id).path
    view["url_list"] = Route.webhooks.path
    view["facts"] = facts(detail).map { ["label": words($0.0), "value": $0.1] as View }
    view["has_failed"] = detail.line.failed > 0
    func path(_ action: WebhookAction) -> String {
      Route.webhookAction(id, action.rawValue).path
    }
    view["url_test"] = path(.test)
    view["url_redelivery"] = path(.redelivery)
    view["url_pause"] = path(.pause)
    view["url_resumption"] = path(.resumption)
    view["url_rotation"] = path(.rotation)
    view["url_removal"] = path(.removal)
    view["rotation_hint"] = words(
      "webhooks.rotation_hint", ["n": String(Webhook.rotationSeconds / 3600)])
    return view
  }

  private func facts(_ detail: ShowWebhooks.Detail) -> [(String, String)] {
    let stored = detail.line.stored
    var facts = [
      ("webhooks.events", kinds(stored.webhook)),
      ("webhooks.secret", WebhookSecret.prefix + "••••••••"),
      ("webhooks.secret_since", words.time(stored.webhook.secretAt)),
    ]
    if let until = detail.oldUntil { facts.append(("webhooks.old_until", words.time(until))) }
    facts += [
      ("webhooks.since", words.time(stored.createdAt)),
      ("webhooks.success", stored.lastSuccessAt.map { words.time($0) } ?? "—"),
      ("webhooks.waiting", count(detail.line.waiting)),
      ("webhooks.failed", count(detail.line.failed)),
    ]
    if let since = stored.health.failingSince {
      facts.append(("webhooks.failing_since", words.time(since)))
    }
    return facts
  }

  func deliveries(
    _ page: Page<DeliveryList.Line, DeliveryRows.ID>, of id: WebhookID,
    _ state: DeliveryList.State?, isFirst: Bool
  ) -> View {
    let route = Route.webhook(id.description)
    func path(_ next: DeliveryRows.ID?) -> String {
      route.path(query: [("state", state?.rawValue ?? ""), ("before", next?.description ?? "")])
    }
    return [
      "no_deliveries": page.items.isEmpty, "filtered": state != nil,
      "states": words.options(
        DeliveryList.State.allCases.map(\.rawValue), named: "delivery.state",
        chosen: state?.rawValue ?? ""),
      "deliveries": page.items.map { delivery($0, of: id) },
      "has_next": page.next != nil, "url_next": path(page.next), "has_previous": !isFirst,
      "url_first": path(nil),
    ]
  }

  private func delivery(_ line: DeliveryList.Line, of id: WebhookID) -> View {
    let name = line.kind.map { self.name(of: $0) } ?? words("webhooks.test_event")
    let result =
      line.fault.map { words("outgoing.fault.\($0)") } ?? line.status.map { "HTTP \($0)" } ?? "—"
    return [
      "time": words.time(line.createdAt), "kind": name, "about": about(line).orFalse,
      "state": words("delivery.state.\(line.state.rawValue)"), "result": result,
      "has_failed": line.state == .failed, "attempts": String(line.attempts),
      "milliseconds": line.milliseconds.map { "\($0) ms" } ?? "—",
      "next": (line.nextAt.map { words.time($0) } ?? "").orFalse,
      "answer": (line.answer ?? "").orFalse,
      "url": Route.webhookRedelivery(id.description, line.id.description).path,
      "label": "\(words("webhooks.redeliver")) \(name) \(words.time(line.createdAt))",
    ]
  }

  /// The address of what it tells of.
  private func about(_ line: DeliveryList.Line) -> String {
    let parts = (line.stream ?? "").split(separator: "/")
    guard parts.count == 2 else { return "" }
    return parts[0] == "order"
      ? Route.order(String(parts[1])).path : Route.problem(String(parts[1])).path
  }
}
