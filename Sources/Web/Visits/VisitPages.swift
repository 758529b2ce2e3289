import Domain
import HTTP
import HTTPTypes
import Hummingbird
import Services
import Storage

/// 来访安排: the visits of an official, a unit or an area, and one of them.
struct VisitPages: Sendable {
  let site: Site

  func addRoutes(to doors: Doors) {
    doors.get(.visits, use: list)
    // Before the page of one visit, which would take the word for an id.
    VisitPlanPages(site: site).addRoutes(to: doors)
    EnterpriseVisitPages(site: site).addRoutes(to: doors)
    doors.get(.visit(":id")) { request, context in
      try await show(nil, [], request, context)
    }
    doors.post(.visitAction(":id", ":action"), use: act)
  }

  private func list(_ request: Request, _ context: AppContext) async throws -> Response {
    let account = try context.signedIn()
    let words = site.words(context)
    let today = site.platform.now().day
    let (asked, last) = (request.query("month"), request.query("after"))
    let (month, after) = (VisitMonth(asked), VisitList.Key(last))
    guard request.isQueryReadable, asked.isEmpty || month != nil, last.isEmpty || after != nil
    else { throw RequestError.badQuery }
    let page = try await ListVisits(site.platform)(
      month.map { .month($0) } ?? .open, after: after, for: account)
    let shown = VisitView(words: words, today: today)
    let around = month ?? VisitMonth(of: today)
    func path(_ month: VisitMonth?, _ after: VisitList.Key? = nil) -> String {
      Route.visits.path(query: [
        ("month", month?.text ?? ""), ("after", after?.description ?? ""),
      ])
    }
    let view: View = [
      "may_plan": account.may(.planVisits), "url_new": Route.newVisit.path,
      "url_silent": Route.silentEnterprises.path, "url_rules": Route.rules.path + "#visits",
      "rows": shown.rows(page.items), "is_empty": page.items.isEmpty,
      "with_enterprise": true, "in_open": month == nil, "url_open": path(nil),
      "in_month": month != nil, "month": shown.name(around), "url_month": path(around),
      "url_before": path(around.previous), "url_after": path(around.next),
      "has_next": page.next != nil, "url_next": path(month, page.next),
      "has_previous": after != nil, "url_first": path(month),
    ]
    return site.page(
      "visits", view, title: words("visits.title"), request: request, context: context)
  }

  // MARK: One

  /// - Parameter form: what was sent and cannot be taken, with its reasons.
  private func show(
    _ form: (action: VisitAction, data: FormData)?, _ reasons: [VisitRefusal],
    _ request: Request, _ context: AppContext
  ) async throws -> Response {
    let account = try context.signedIn()
    let id = VisitID(try context.id())
    let detail = try await ShowVisit(site.platform)(id, for: account)
    let context = try await InboxPages.readVisits(
      to: detail.shown.visit.enterprise, site.platform, context)
    let words = site.words(context)
    let today = site.platform.now().day
    let shown = VisitView(words: words, today: today)
    let forms = VisitForms(view: shown, rules: site.platform.visitRules, detail: detail)
    let story = StoryView(words: words, platform: site.platform, now: site.platform.now())
    var view = shown.row(detail.shown)
    view["facts"] = facts(detail, shown)
    view["url_list"] = Route.visits.path
    view["url_calendar"] =
      Route.enterpriseVisits(detail.shown.visit.enterprise.description).path
    view["guests"] = shown.rows(detail.guests)
    view["has_guests"] = !detail.guests.isEmpty
    view["actions"] = forms.all(form?.action, form?.data, reasons)
    view["has_actions"] = !detail.options.isEmpty
    view["may_register"] = account.may(.registerProblems)
    view["url_register"] = Route.newProblem.path(query: [
      ("concerns", detail.shown.enterprise), ("track", Track.enterprise.rawValue),
    ])
    view["story"] = story.view(detail.story)
    view["was_done"] = !request.query("done").isEmpty
    return site.page(
      "visit", view, title: detail.shown.enterprise, request: request, context: context,
      status: reasons.isEmpty ? .ok : .unprocessableContent,
      answersFor: form == nil ? nil : .visit(id.description))
  }

  private func facts(_ detail: ShowVisit.Detail, _ shown: VisitView) -> [View] {
    let (words, visit) = (shown.words, detail.shown.visit)
    var facts: [(String, String)] = [
      ("visit.date", shown.date(visit.date)), ("visit.who", shown.who(detail.shown)),
      ("visit.kind", words("visit.kind.\(visit.kind.rawValue)")),
      ("visit.purpose", visit.purpose),
    ]
    if visit.isAsked { facts.append(("visit.asked", words("yes"))) }
    if let basis = visit.basis { facts.append(("visit.basis", basis)) }
    if let proposed = visit.proposed { facts.append(("visit.proposed", shown.date(proposed))) }
    if let host = detail.host {
      facts.append(("visit.joined_into", "\(shown.date(host.visit.date)) \(shown.who(host))"))
    }
    if let answer = visit.answer {
      facts.append((visit.status == .held ? "visit.result" : "visit.reason", answer))
    }
    return facts.map { ["label": words($0.0), "value": $0.1] }
  }

  private func act(_ request: Request, _ context: AppContext) async throws -> Response {
    let account = try context.signedIn()
    let id = VisitID(try context.id())
    guard let action = VisitAction(rawValue: context.parameters.get("action") ?? ""),
      !action.isOfEnterprise
    else { throw RequestError.notFound }
    let form = try await FormData(request, context)
    do {
      try await ActOnVisit(site.platform)(
        VisitForms.request(action, form), on: id, by: account)
      return Site.redirect(to: Route.visit(id.description).path(query: [("done", "1")]))
    } catch let refused as Visit.Refused {
      return try await show((action, form), refused.reasons, request, context)
    }
  }
}
