import Domain
import HTTP
import HTTPTypes
import Hummingbird
import Services
import Storage

/// A visit is planned: first to whom, then, with what the enterprise has already before one's eyes, when.
struct VisitPlanPages: Sendable {
  let site: Site

  func addRoutes(to doors: Doors) {
    doors.get(.newVisit, use: start)
    doors.post(.visits, use: plan)
  }

  private func start(_ request: Request, _ context: AppContext) async throws -> Response {
    guard request.isQueryReadable else { throw RequestError.badQuery }
    var draft = VisitDraft()
    draft.day = request.query("day")
    let id = request.query("enterprise")
    if id.isEmpty { return try await choose(request.query("q"), [], request, context) }
    guard let id = EnterpriseID(id) else { throw RequestError.badQuery }
    return try await form(draft, id, host: "", [], request, context)
  }

  private func choose(
    _ text: String, _ reasons: [VisitRefusal], _ request: Request, _ context: AppContext
  ) async throws -> Response {
    let account = try context.signedIn()
    guard account.may(.planVisits) else { throw UseCaseError.forbidden }
    let words = site.words(context)
    let text = text.singleLine.trimmed
    let found =
      text.isEmpty ? [] : try await PrepareVisit(site.platform).candidates(text, for: account)
    let charges =
      account.role == .official ? try await OwnPairings(site.platform).charges(of: account) : []
    let own = charges.filter { $0.target.enterprise != nil && !$0.isComing }
    let view: View = [
      "has_own": !own.isEmpty && text.isEmpty,
      "own": own.map { charge -> View in
        let id = charge.target.enterprise?.description ?? ""
        return ["url": Route.newVisit.path(query: [("enterprise", id)]), "name": charge.name]
      },
      "url": Route.newVisit.path, "url_list": Route.visits.path, "text": text,
      "was_sought": !text.isEmpty, "is_empty": found.isEmpty,
      "has_faults": !reasons.isEmpty, "faults": faults(reasons, words),
      "found": found.map { candidate -> View in
        [
          "url": Route.newVisit.path(query: [("enterprise", candidate.id.description)]),
          "name": candidate.name, "place": candidate.place,
        ]
      },
    ]
    return site.page(
      "visit-choose", view, title: words("visits.plan"), request: request, context: context,
      status: reasons.isEmpty ? .ok : .unprocessableContent,
      answersFor: reasons.isEmpty ? nil : .newVisit)
  }

  private func faults(_ reasons: [VisitRefusal], _ words: Wording) -> [View] {
    let view = VisitView(words: words, today: site.platform.now().day)
    return reasons.map { reason in
      [
        "text": view.text(reason, site.platform.visitRules),
        "field": reason.field ?? "day",
      ]
    }
  }

  /// - Parameter host: the visit that was chosen to come along with.
  private func form(
    _ draft: VisitDraft, _ id: EnterpriseID, host: String, _ reasons: [VisitRefusal],
    _ request: Request, _ context: AppContext
  ) async throws -> Response {
    let account = try context.signedIn()
    let prepared = try await PrepareVisit(site.platform)(
      id, on: Day(draft.day.trimmed), for: account)
    let words = site.words(context)
    let rules = site.platform.visitRules
    let shown = VisitView(words: words, today: site.platform.now().day)
    let address = [("enterprise", id.description)]
    var view: View = [
      "url": Route.visits.path, "url_list": Route.visits.path,
      "url_around": Route.newVisit.path(query: address),
      "url_calendar": Route.enterpriseVisits(id.description).path, "enterprise": id.description,
      "name": prepared.name, "place": prepared.unitPath,
      "visitor": (prepared.visitor ?? "").orFalse, "unit": draft.unit,
      "day": draft.day, "parts": words.parts(chosen: draft.part), "purpose": draft.purpose,
      "basis": draft.basis, "basis_open": !draft.basis.isEmpty || reasons.contains(.basisMissing),
      "kinds": words.options(
        Visit.Kind.allCases.map(\.rawValue), named: "visit.kind", chosen: draft.kind),
      "limit": String(Visit.maximumText), "has_faults": !reasons.isEmpty,
      "faults": faults(reasons, words), "has_officials": !prepared.officials.isEmpty,
      "officials": prepared.officials.map { official -> View in
        [
          "value": official.id.description, "name": official.name,
          "chosen": official.id.description == draft.official,
        ]
      },
    ]
    // What stands around the day.
    view["load"] = shown.load(prepared.load, prepared.month, rules)
    view["quiet"] = shown.quiet(prepared.quiet).orFalse
    view["rows"] = shown.rows(prepared.visits)
    view["has_rows"] = !prepared.visits.isEmpty
    view["with_enterprise"] = false
    view["has_proposals"] = !prepared.proposals.isEmpty
    view["alone"] = !prepared.proposals.contains { $0.id.description == host }
    view["proposals"] = prepared.proposals.map { other -> View in
      [
        "value": other.id.description, "chosen": other.id.description == host,
        "name": words(
          "visits.together",
          [
            "who": shown.who(other), "date": shown.date(other.visit.date),
            "kind": words("visit.kind.\(other.visit.kind.rawValue)"),
          ]),
      ]
    }
    return site.page(
      "visit-new", view, title: words("visits.plan"), request: request, context: context,
      status: reasons.isEmpty ? .ok : .unprocessableContent,
      answersFor: reasons.isEmpty ? nil : .newVisit)
  }

  private func plan(_ request: Request, _ context: AppContext) async throws -> Response {
    let account = try context.signedIn()
    let form = try await FormData(request, context)
    guard let id = EnterpriseID(form["enterprise"]) else {
      return try await choose("", [.enterpriseUnknown], request, context)
    }
    let draft = VisitForms.draft(form)
    let host = form["host"]
    do {
      let visit = try await PlanVisit(site.platform)(
        draft, to: id, joining: host.isEmpty ? nil : VisitID(host) ?? VisitID(0), by: account)
      return Site.redirect(to: Route.visit(visit.description).path(query: [("done", "1")]))
    } catch let refused as Visit.Refused {
      return try await self.form(draft, id, host: host, refused.reasons, request, context)
    }
  }
}
