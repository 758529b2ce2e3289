import Domain
import HTTP
import HTTPTypes
import Hummingbird
import Services
import Storage

/// An enterprise's own visits: it moves and declines them, asks for one, or asks to be left alone.
struct OwnVisitPages: Sendable {
  let site: Site

  func addRoutes(to doors: Doors) {
    doors.get(.ownVisits) { request, context in try await page(nil, request, context) }
    doors.post(.ownVisits, use: ask)
    doors.post(.ownQuiet, use: keepQuiet)
    doors.post(.ownVisitAction(":id", ":action"), use: answer)
  }

  /// What was sent and cannot be taken.
  private struct Failure {
    let form: FormData
    let reasons: [VisitRefusal]
    /// `ask`, `quiet`, or the action with the visit's number.
    let place: String
  }

  private func page(
    _ failure: Failure?, _ request: Request, _ context: AppContext
  ) async throws -> Response {
    let account = try context.signedIn()
    let month = try site.month(request)
    let own = try await ShowOwnVisits(site.platform)(month, for: account)
    let context = try await InboxPages.readVisits(to: own.calendar.id, site.platform, context)
    let words = site.words(context)
    let today = site.platform.now().day
    let shown = VisitView(words: words, today: today)
    var view = site.calendar(own.calendar, .ownVisits, words)
    view["url"] = Route.ownVisits.path
    view["quiet"] = shown.quiet(own.calendar.quiet, key: "own_visits.quiet_until").orFalse
    view["url_list"] = Route.own.path
    view["url_quiet"] = Route.ownQuiet.path
    view["coming"] = own.coming.map { coming($0, failure, shown) }
    view["is_empty"] = own.coming.isEmpty
    view["limit"] = String(Visit.maximumText)
    view["was_done"] = !request.query("done").isEmpty
    let isAsking = failure?.place == "ask"
    view["ask_open"] = isAsking
    view["ask_faults"] = isAsking ? faults(failure, shown) : []
    view["day"] = isAsking ? failure?.form["day"] ?? "" : ""
    view["parts"] = words.parts(chosen: isAsking ? failure?.form["part"] ?? "" : "")
    view["purpose"] = isAsking ? failure?.form["purpose"] ?? "" : ""
    let isQuieting = failure?.place == "quiet"
    view["quiet_open"] = isQuieting
    view["quiet_faults"] = isQuieting ? faults(failure, shown) : []
    view["until"] = isQuieting ? failure?.form["until"] ?? "" : ""
    view["note"] = isQuieting ? failure?.form["note"] ?? "" : ""
    return site.page(
      "own-visits", view, title: words("own_visits.title"), request: request, context: context,
      status: failure == nil ? .ok : .unprocessableContent,
      answersFor: failure == nil ? nil : .ownVisits)
  }

  private func faults(_ failure: Failure?, _ shown: VisitView) -> [View] {
    failure?.reasons.map { ["text": shown.text($0, site.platform.visitRules)] as View } ?? []
  }

  private func coming(
    _ coming: ShowOwnVisits.Coming, _ failure: Failure?, _ shown: VisitView
  ) -> View {
    let words = shown.words
    let id = coming.shown.id.description
    var view = shown.row(coming.shown, link: false)
    view["guests"] = coming.guests.map { ["who": shown.who($0)] as View }
    view["has_guests"] = !coming.guests.isEmpty
    view["actions"] = coming.options.map { option -> View in
      let name = option.action.rawValue
      let place = "\(name)-\(id)"
      var act = ActForm(
        id: place, name: words("visit.action.\(name)"), will: words("visit.will.\(name)"),
        url: Route.ownVisitAction(id, name).path)
      act.initial = VisitForms.initial(nil)
      switch option.action {
      case .propose:
        act.fields = VisitForms.date(words) + [.text("text", label: words("visit.reason"))]
      case .decline: act.fields = [.text("text", label: words("visit.reason"))]
      default: break
      }
      act.limit = Visit.maximumText
      act.reasons = option.refusals.map { shown.text($0, site.platform.visitRules) }
      if failure?.place == place {
        act.posted = failure?.form
        act.faults = failure?.reasons.map { shown.text($0, site.platform.visitRules) } ?? []
      }
      return act.view
    }
    return view
  }

  private func ask(_ request: Request, _ context: AppContext) async throws -> Response {
    let account = try context.signedIn()
    let form = try await FormData(request, context)
    return try await done("ask", form, request, context) {
      try await AskForVisit(site.platform)(VisitForms.draft(form), by: account)
    }
  }

  private func keepQuiet(_ request: Request, _ context: AppContext) async throws -> Response {
    let account = try context.signedIn()
    let form = try await FormData(request, context)
    return try await done("quiet", form, request, context) {
      let wish = AskToBeLeftAlone(site.platform)
      if form["end"] == "1" {
        try await wish.end(by: account)
      } else {
        try await wish(until: form["until"], note: form["note"], by: account)
      }
    }
  }

  private func answer(_ request: Request, _ context: AppContext) async throws -> Response {
    let account = try context.signedIn()
    let id = VisitID(try context.id())
    let form = try await FormData(request, context)
    let answer: AnswerVisit.Request
    switch VisitAction(rawValue: context.parameters.get("action") ?? "") {
    case .propose: answer = .propose(VisitForms.draft(form), form["text"])
    case .decline: answer = .decline(form["text"])
    case .withdraw: answer = .withdraw
    default: throw RequestError.notFound
    }
    let name = context.parameters.get("action") ?? ""
    return try await done("\(name)-\(id)", form, request, context) {
      try await AnswerVisit(site.platform)(answer, on: id, by: account)
    }
  }

  private func done(
    _ place: String, _ form: FormData, _ request: Request, _ context: AppContext,
    _ work: () async throws -> Void
  ) async throws -> Response {
    do {
      try await work()
      return Site.redirect(to: Route.ownVisits.path(query: [("done", "1")]))
    } catch let refused as Visit.Refused {
      return try await page(
        Failure(form: form, reasons: refused.reasons, place: place), request, context)
    }
  }
}
