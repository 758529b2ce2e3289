import Domain
import HTTP
import HTTPTypes
import Hummingbird
import Services
import Storage

/// The working days: a year at a glance, and how they are changed.
struct CalendarPages: Sendable {
  let site: Site

  func addRoutes(to doors: Doors) {
    doors.get(.calendar, use: year)
    CalendarChangePages(site: site).addRoutes(to: doors)
    DatePages(site: site).addRoutes(to: doors)
  }

  private func year(_ request: Request, _ context: AppContext) async throws -> Response {
    let account = try context.signedIn()
    let text = request.query("year")
    let year = text.isEmpty ? site.platform.now().day.year : Int(text)
    guard let year, WorkingCalendar.possibleYears.contains(year) else {
      throw RequestError.badQuery
    }
    let calendar = try await ShowCalendar(site.platform).calendar()
    let table = try await ShowCalendar(site.platform)(year)
    let words = site.words(context)
    var view = CalendarYearView(words: words, calendar: calendar, year: year, table: table).page
    view["may_change"] = account.may(.changeCalendar)
    view["url_day"] = Route.calendarDay.path
    view["url_import"] = Route.calendarImport.path
    view["url_dates"] = Route.calendarDates.path
    view["url_rules"] = Route.rules.path
    return site.page(
      "calendar", view, title: words("calendar.title"), request: request, context: context)
  }
}
