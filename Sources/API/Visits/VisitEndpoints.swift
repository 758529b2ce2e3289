import Domain
import HTTPTypes
import Services
import Storage

/// 来访安排: the visits of an official, a unit or an area.
enum VisitEndpoints {
  static let list: [Endpoint] =
    [visits, show, candidates, prepare, plan, ofEnterprise, silent]
    + VisitAction.allCases.map(deed) + OwnVisitEndpoints.list

  static func month(_ call: Call) throws -> VisitMonth? {
    if call["month"].isEmpty { return nil }
    guard let month = VisitMonth(call["month"]) else {
      throw APIError(.badRequest, "bad_query", faults: [.init("/month", .format)])
    }
    return month
  }

  /// `2026-11`
  static let month = Endpoint.Parameter("month", .text(least: 7, most: 7))

  /// Those that are open, or all of a month.
  private static let visits = Endpoint.list(
    "/visits", "listVisits", .visits, query: [month], VisitShapes.line
  ) { call in
    let page = try await ListVisits(call.platform)(
      month(call).map { .month($0) } ?? .open, after: call.cursor { VisitList.Key($0) },
      limit: call.limit, for: call.account)
    return Listed(page.items, next: page.next?.description)
  }

  private static let show = Endpoint.get(
    "/visits/{id}", "showVisit", .visits, VisitShapes.detail
  ) { call in
    Found(try await ShowVisit(call.platform)(call.id(), for: call.account))
  }

  // MARK: Planning

  private static let candidates = Endpoint.list(
    "/visit-candidates", "findVisitCandidates", .visits, query: [.init("q", .line)],
    isPaged: false, VisitShapes.candidate
  ) { call in
    let text = call["q"].singleLine.trimmed
    return Listed(try await PrepareVisit(call.platform).candidates(text, for: call.account))
  }

  private static let prepare = Endpoint.get(
    "/enterprises/{id}/visit-preparation", "prepareVisit", .visits, query: [.init("on", .day)],
    VisitShapes.preparation
  ) { call in
    Found(
      try await PrepareVisit(call.platform)(call.id(), on: call.day("on"), for: call.account))
  }

  static let day: [ObjectSchema.Member] = [
    .init("day", .day),
    .optional("part", .choice(VisitDate.Part.allCases.map(\.rawValue))),
  ]
  static let words = Schema.text(most: Visit.maximumText)

  private static let plan = Endpoint.create(
    "/visits", "planVisit", .visits,
    body: ObjectSchema(
      "VisitRequest",
      [
        .init("enterprise_id", .id),
        // Of a visit that comes along it is the host's.
        .optional("day", .day),
        .optional("part", .choice(VisitDate.Part.allCases.map(\.rawValue))),
        .init("kind", .choice(Visit.Kind.allCases.map(\.rawValue))),
        .init("purpose", words), .optional("basis", words),
        .optional("unit", .text(most: 400)), .optional("official_id", .id),
        .optional("host_id", .id),
      ]), VisitShapes.planned
  ) { call in
    let id = try await PlanVisit(call.platform)(
      draft(call.body), to: call.body.id("enterprise_id") ?? EnterpriseID(0),
      joining: call.body.id("host_id"), by: call.account)
    return Made(id, at: "/visits/\(id)")
  }

  static func draft(_ body: JSON) -> VisitDraft {
    var draft = VisitDraft()
    draft.day = body["day"].text ?? ""
    draft.part = body["part"].text ?? ""
    draft.kind = body["kind"].text ?? ""
    draft.purpose = body["purpose"].text ?? ""
    draft.basis = body["basis"].text ?? ""
    draft.unit = body["unit"].text ?? ""
    draft.official = body["official_id"].text ?? ""
    return draft
  }

  // MARK: Deeds

  /// Of whoever visits, and of the enterprise.
  private static func deed(_ action: VisitAction) -> Endpoint {
    let members = members(of: action)
    let name = action.operation.prefix(1).uppercased() + action.operation.dropFirst()
    return .act(
      "/visits/{id}/\(action.resource)", action.operation, .visits,
      body: members.isEmpty ? nil : ObjectSchema(name + "Request", members)
    ) { call in
      let (id, body): (VisitID, JSON) = (try call.id(), call.body)
      let text = body["text"].text ?? ""
      func act(_ request: ActOnVisit.Request) async throws {
        try await ActOnVisit(call.platform)(request, on: id, by: call.account)
      }
      func answer(_ request: AnswerVisit.Request) async throws {
        try await AnswerVisit(call.platform)(request, on: id, by: call.account)
      }
      switch action {
      case .take: try await act(.take(draft(body)))
      case .accept: try await act(.accept)
      case .move: try await act(.move(draft(body)))
      case .join: try await act(.join(body.id("host_id")))
      case .hold: try await act(.hold(text))
      case .cancel: try await act(.cancel(text))
      case .propose: try await answer(.propose(draft(body), text))
      case .decline: try await answer(.decline(text))
      case .withdraw: try await answer(.withdraw)
      }
    }
  }

  private static func members(of action: VisitAction) -> [ObjectSchema.Member] {
    switch action {
    case .take: day + [.optional("unit", .text(most: 400)), .optional("official_id", .id)]
    case .move: day + [.optional("basis", words)]
    case .join: [.init("host_id", .id)]
    case .hold, .cancel, .decline: [.init("text", words)]
    case .propose: day + [.init("text", words)]
    case .accept, .withdraw: []
    }
  }

  // MARK: Enterprises

  private static let ofEnterprise = Endpoint.get(
    "/enterprises/{id}/visits", "listVisitsToEnterprise", .visits, query: [month],
    VisitShapes.month
  ) { call in
    Found(
      try await EnterpriseCalendar(call.platform)(
        call.id(), month(call) ?? VisitMonth(of: call.platform.now().day), for: call.account))
  }

  private static let silent = Endpoint.list(
    "/silent-enterprises", "listSilentEnterprises", .visits,
    query: [.init("unit", .text(least: 1, most: 400))], VisitShapes.silent
  ) { call in
    let answer = try await EnterprisesWithoutContact(call.platform)(
      under: call["unit"].trimmed, after: call.cursor { PlaceKey($0) }, limit: call.limit,
      for: call.account)
    return Listed(
      answer.enterprises.map { .init(enterprise: $0, unit: answer.unitPaths[$0.unit]) },
      next: answer.next?.description)
  }
}

/// An enterprise's own visits, and its wish to be left alone.
enum OwnVisitEndpoints {
  static let list: [Endpoint] = [show, ask, keepQuiet, endQuiet]

  private static let show = Endpoint.get(
    "/own/visits", "showOwnVisits", .visits, query: [VisitEndpoints.month], VisitShapes.own
  ) { call in
    Found(
      try await ShowOwnVisits(call.platform)(
        VisitEndpoints.month(call) ?? VisitMonth(of: call.platform.now().day),
        for: call.account))
  }

  private static let ask = Endpoint.create(
    "/own/visits", "askForVisit", .visits,
    body: ObjectSchema(
      "VisitWish", VisitEndpoints.day + [.init("purpose", VisitEndpoints.words)]),
    VisitShapes.planned
  ) { call in
    Made(
      try await AskForVisit(call.platform)(VisitEndpoints.draft(call.body), by: call.account))
  }

  private static let keepQuiet = Endpoint.act(
    "/own/quiet-time", "askToBeLeftAlone", .visits, method: .put,
    body: ObjectSchema(
      "QuietTimeRequest",
      [.init("until", .day), .optional("note", VisitEndpoints.words)])
  ) { call in
    try await AskToBeLeftAlone(call.platform)(
      until: call.body["until"].text ?? "", note: call.body["note"].text ?? "",
      by: call.account)
  }

  private static let endQuiet = Endpoint.act(
    "/own/quiet-time", "endQuietTime", .visits, method: .delete
  ) { call in
    try await AskToBeLeftAlone(call.platform).end(by: call.account)
  }
}
