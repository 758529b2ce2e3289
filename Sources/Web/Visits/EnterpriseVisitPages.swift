import Domain
import HTTP
import HTTPTypes
import Hummingbird
import Services
import Storage

/// One enterprise's visits of all units, and the enterprises that nobody has been in contact with for long.
struct EnterpriseVisitPages: Sendable {
  let site: Site

  func addRoutes(to doors: Doors) {
    doors.get(.silentEnterprises, use: silent)
    doors.get(.enterpriseVisits(":id"), use: calendar)
  }

  private func calendar(_ request: Request, _ context: AppContext) async throws -> Response {
    let account = try context.signedIn()
    let id = EnterpriseID(try context.id())
    let month = try site.month(request)
    let answer = try await EnterpriseCalendar(site.platform)(id, month, for: account)
    let context = try await InboxPages.readVisits(to: id, site.platform, context)
    let words = site.words(context)
    let seesRegister = account.may(.seeRegisters)
    var view = site.calendar(answer, .enterpriseVisits(id.description), words)
    view["name"] = answer.name
    view["url_enterprise"] =
      seesRegister ? Route.enterprise(id.description).path as Any : false
    view["url_list"] = Route.visits.path
    view["may_plan"] = account.may(.planVisits)
    view["url_new"] = Route.newVisit.path(query: [("enterprise", id.description)])
    return site.page(
      "enterprise-visits", view, title: words("visits.of", ["name": answer.name]),
      request: request, context: context)
  }

  private func silent(_ request: Request, _ context: AppContext) async throws -> Response {
    let account = try context.signedIn()
    let words = site.words(context)
    let last = request.query("after")
    let after = PlaceKey(last)
    guard request.isQueryReadable, last.isEmpty || after != nil else {
      throw RequestError.badQuery
    }
    let unit = request.query("unit").trimmed
    var answer: EnterprisesWithoutContact.Answer?
    do {
      answer = try await EnterprisesWithoutContact(site.platform)(
        under: unit, after: after, for: account)
    } catch UseCaseError.unknownUnit {}
    let today = site.platform.now().day
    func path(_ after: PlaceKey?) -> String {
      Route.silentEnterprises.path(query: [
        ("unit", unit), ("after", after?.description ?? ""),
      ])
    }
    let days = String(site.platform.visitRules.silence.number)
    let view: View = [
      "url": Route.silentEnterprises.path, "url_list": Route.visits.path,
      "hint": words("visits.silent_hint", ["days": days]), "filtered": !unit.isEmpty,
      "unit": answer?.unitPath ?? unit,
      "unit_unknown":
        (answer == nil ? words("registers.unit_unknown", ["name": unit]) : "").orFalse,
      "rows": answer.map { answer in
        answer.enterprises.map { row($0, answer.unitPaths, words, today) }
      } ?? [],
      "is_empty": answer?.enterprises.isEmpty ?? true, "is_cut": false,
      "empty": words("visits.silent_empty", ["days": days]),
      "has_next": answer?.next != nil, "url_next": path(answer?.next),
      "has_previous": after != nil, "url_first": path(nil),
    ]
    return site.page(
      "visits-silent", view, title: words("visits.silent"), request: request, context: context)
  }

  private func row(
    _ enterprise: SilentEnterprise, _ paths: [UnitID: String], _ words: Wording, _ today: Day
  ) -> View {
    [
      "url": Route.enterpriseVisits(enterprise.id.description).path, "name": enterprise.name,
      "is_key": enterprise.isKey, "unit_path": paths[enterprise.unit] ?? "",
      "contact": enterprise.lastContact.map { day in
        words(
          "visits.contact_on",
          ["date": words.day(day), "days": words.counted("time.day", today - day)])
      } ?? words("visits.no_contact"),
      "next": enterprise.nextVisit.map { words.day($0) } ?? "",
      "quiet": enterprise.quietUntil.map { words.day($0) } ?? "",
    ]
  }
}

extension Site {
  /// The month that an address asks for; this one where it asks for none.
  /// - Throws: `RequestError.badQuery`
  func month(_ request: Request) throws -> VisitMonth {
    let text = request.query("month")
    guard request.isQueryReadable else { throw RequestError.badQuery }
    if text.isEmpty { return VisitMonth(of: platform.now().day) }
    guard let month = VisitMonth(text) else { throw RequestError.badQuery }
    return month
  }

  /// A month of an enterprise's, for its own page and for those who visit.
  func calendar(
    _ answer: EnterpriseCalendar.Answer, _ route: Route, _ words: Wording
  ) -> View {
    let isOwn = if case .ownVisits = route { true } else { false }
    let shown = VisitView(words: words, today: platform.now().day)
    let month = answer.month
    return [
      "grid": shown.month(answer), "rows": shown.rows(answer.visits, link: !isOwn),
      "has_rows": !answer.visits.isEmpty, "with_enterprise": false,
      "load": shown.load(answer.load, month, platform.visitRules),
      "quiet": shown.quiet(answer.quiet).orFalse, "month_name": shown.name(month),
      "url_before": route.path(query: [("month", month.previous.text)]),
      "url_after": route.path(query: [("month", month.next.text)]),
      "has_proposals": !answer.proposals.isEmpty,
      "proposals": answer.proposals.map { pair -> View in
        ["first": proposal(pair.first, shown), "second": proposal(pair.second, shown)]
      },
    ]
  }

  private func proposal(_ visit: ShownVisit, _ shown: VisitView) -> View {
    [
      "url": Route.visit(visit.id.description).path,
      "text": "\(shown.date(visit.visit.date)) \(shown.who(visit))",
    ]
  }
}
