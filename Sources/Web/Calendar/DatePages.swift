import Domain
import HTTP
import HTTPTypes
import Hummingbird
import Services

/// Open due dates follow a changed calendar or rule only here: first shown, then moved with a cause that
/// stands in the ledger of each problem.
struct DatePages: Sendable {
  let site: Site

  func addRoutes(to doors: Doors) {
    doors.get(.calendarDates) { request, context in
      try await page(nil, [], request, context)
    }
    doors.post(.calendarDates, use: move)
  }

  private func page(
    _ form: FormData?, _ faults: [String], _ request: Request, _ context: AppContext
  ) async throws -> Response {
    let account = try context.signedIn()
    guard account.may(.changeCalendar) else { throw UseCaseError.forbidden }
    let words = site.words(context)
    let moved = try await MovedDates.gather(site.platform, by: account)
    let done = Int(request.query("moved"))
    var view = moved.view(words)
    view["url"] = Route.calendarDates.path
    view["url_list"] = Route.calendar.path
    view["cause"] = form?["cause"] ?? ""
    view["limit"] = String(Problem.maximumText)
    view["has_faults"] = !faults.isEmpty
    view["faults"] = faults.map { ["text": $0] as View }
    view["was_done"] =
      (done.map { words("calendar.dates_moved", ["n": String($0)]) } ?? "")
      .orFalse
    return site.page(
      "calendar-dates", view, title: words("calendar.dates"), request: request, context: context,
      status: faults.isEmpty ? .ok : .unprocessableContent, answersFor: .calendarDates)
  }

  private func move(_ request: Request, _ context: AppContext) async throws -> Response {
    let account = try context.signedIn()
    let form = try await FormData(request, context)
    let words = site.words(context)
    do {
      let moved = String(
        try await MovedDates.move(site.platform, cause: form["cause"], by: account).problems)
      return Site.redirect(to: Route.calendarDates.path(query: [("moved", moved)]))
    } catch UseCaseError.refused(let reasons) {
      return try await page(form, reasons.map { words.refusal($0) }, request, context)
    }
  }
}
