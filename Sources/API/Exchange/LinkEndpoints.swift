import Domain
import HTTPTypes
import Services
import Storage

/// 平台互联: the links to other instances, how each stands, and how they are made and ended.
enum LinkEndpoints {
  static let list: [Endpoint] = [find, show, offer, join, close]

  private static let common: [Field<Status>] = [
    .init(id: "id") { $0.status.link.id },
    .init("version") { $0.status.link.version },
    .init("name") { $0.status.link.name },
    .init(choice: "role") { $0.status.link.role },
    .init(choice: "state") { $0.status.link.state },
    .init(choice: "fault") { $0.status.link.fault },
    .init("created_at") { $0.status.link.createdAt },
    .init("is_alarming") { $0.isAlarming },
    .init("sent") { $0.status.sent },
    .init("confirmed") { $0.status.stored.confirmed },
    .init("unconfirmed") { $0.status.unconfirmed },
    .init("waiting_since") { $0.status.waitingSince },
    .init("confirmed_at") { $0.status.stored.confirmedAt },
    .init("received") { $0.status.stored.received },
    .init("received_at") { $0.status.stored.receivedAt },
    .init("unknown") { $0.status.unknown },
    .init("refused") { $0.status.refused },
    .init("late") { $0.status.late },
    .init("failures") { $0.status.stored.failures },
    .init("last_error") { $0.status.stored.lastError },
    .init("next_at") { $0.status.stored.nextAt },
  ]

  private struct Status: Sendable {
    let status: ShowLinks.Status
    let isAlarming: Bool
    var detail: ShowLinks.Detail?
    var seesProblems = false

    func received(_ shown: [ReceivedRows.Shown]?) -> [Received] {
      (shown ?? []).map { Received(shown: $0, seesProblem: seesProblems) }
    }
  }

  private static let peer = Shape<ExchangeLink.Peer>(
    "LinkPeer",
    [
      .init("url") { $0.url },
      .init("origin") { $0.origin },
      .init("suite") { $0.suite },
      .init("keys") { $0.keys },
    ])

  private static let waiting = Shape<ExchangeOutbox.Waiting>(
    "LinkWaiting",
    [
      .init("sequence") { $0.sequence },
      .init("kind") { $0.kind },
      .init("at") { $0.at },
    ])

  private struct Received: Sendable {
    let shown: ReceivedRows.Shown
    let seesProblem: Bool
  }

  private static let received = Shape<Received>(
    "LinkReceived",
    [
      .init("sequence") { $0.shown.sequence },
      .init("kind") { $0.shown.kind },
      .init(choice: "effect") { $0.shown.effect },
      .init(id: "problem_id") { $0.seesProblem ? $0.shown.problem : nil },
      .init("at") { $0.shown.at },
    ])

  private static let status = Shape<Status>("Link", common)

  private static let detail = Shape<Status>(
    "LinkDetail",
    common + [
      .init("code_until") { $0.status.stored.codeUntil },
      .init("peer", optional: peer) { $0.status.link.peer },
      .init("checkpoint_size") { $0.status.checkpoint?.size },
      .init("checkpoint_note") { $0.status.checkpoint?.note },
      .init("proofs_hold") { $0.detail?.proofsHold },
      .init("waiting", list: waiting) { $0.detail?.waiting ?? [] },
      .init("last_received", list: received) { $0.received($0.detail?.received) },
      .init("not_applied", list: received) { $0.received($0.detail?.notApplied) },
    ])

  private static let find = Endpoint.list(
    "/links", "listLinks", .exchange, isPaged: false, status
  ) { call in
    let now = call.platform.now()
    let links = try await KeepLinks(call.platform, by: call.account).list()
    return Listed(links.map { Status(status: $0, isAlarming: $0.isAlarming(at: now)) })
  }

  private static let show = Endpoint.get(
    "/links/{id}", "showLink", .exchange, detail
  ) { call in
    let keep = try KeepLinks(call.platform, by: call.account)
    let detail = try await keep.one(call.id())
    return Found(
      Status(
        status: detail.status, isAlarming: detail.isAlarming(at: call.platform.now()),
        detail: detail, seesProblems: keep.seesProblems))
  }

  private static let name = Schema.text(least: 1, most: ExchangeLimits.name)
  private static let url = Schema.text(least: 1, most: 500)

  private static let code = Shape<String>("LinkCode", [.init("code") { $0 }])

  private static let offer = Endpoint.create(
    "/link-offers", "offerLink", .exchange,
    body: ObjectSchema(
      "LinkOffer",
      [
        .init("name", name), .init("role", .choice(LinkRole.allCases.map(\.rawValue))),
        .init("url", url),
      ]), code
  ) { call in
    Made(
      try await KeepLinks(call.platform, by: call.account).offer(
        call.body["name"].text ?? "",
        role: call.body["role"].text.flatMap { LinkRole(rawValue: $0) } ?? .upper,
        url: call.body["url"].text ?? ""))
  }

  private static let joined = Shape<ExchangeLink>(
    "LinkJoined",
    [
      .init(id: "id") { $0.id },
      .init("name") { $0.name },
      .init(choice: "role") { $0.role },
      .init(choice: "state") { $0.state },
    ])

  private static let join = Endpoint.create(
    "/links", "joinLink", .exchange,
    body: ObjectSchema(
      "LinkJoining",
      [.init("code", .text(least: 1, most: 1000)), .init("name", name), .init("url", url)]), joined
  ) { call in
    let link = try await KeepLinks(call.platform, by: call.account).join(
      call.body["code"].text ?? "", name: call.body["name"].text ?? "",
      url: call.body["url"].text ?? "", through: call.exchange)
    return Made(link, at: "/links/\(link.id)")
  }

  private static let close = Endpoint.act(
    "/links/{id}/closure", "closeLink", .exchange
  ) { call in try await KeepLinks(call.platform, by: call.account).close(call.id()) }
}
