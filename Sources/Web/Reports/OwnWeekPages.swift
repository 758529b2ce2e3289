import Domain
import HTTP
import HTTPTypes
import Hummingbird
import Services

/// 我的一周: an official's week, written already. They add words where they wish to, and hand it in.
struct OwnWeekPages: Sendable {
  let site: Site

  func addRoutes(to doors: Doors) {
    doors.get(.ownWeek) { request, context in try await page(nil, request, context) }
    doors.post(.ownWeek, use: send)
  }

  /// The section that has nothing but words.
  static let section = "notes"

  private func address(_ account: Account, _ week: String) throws -> ReportAddress {
    guard let official = account.official else { throw UseCaseError.forbidden }
    let running = ReportPeriod(.week, of: site.platform.now().day)
    guard week.isEmpty || ReportPeriod(week)?.length == .week else { throw RequestError.notFound }
    return ReportAddress(.weekly, of: .official(official), in: ReportPeriod(week) ?? running)
  }

  private func page(
    _ failure: ReportPages.Failure?, week: String? = nil, _ request: Request,
    _ context: AppContext
  ) async throws -> Response {
    let account = try context.signedIn()
    let words = site.words(context)
    let address = try address(account, week ?? request.query("week"))
    let shown: ShowReport.Shown
    do {
      shown = try await ShowReport(site.platform)(address, for: account)
    } catch ReportRefusal.future {
      throw RequestError.notFound
    }
    var view = ReportView(shown, words, site.platform).page(failure)
    view["url"] = Route.ownWeek.path
    view["week"] = address.period.description
    view["url_before"] = Route.ownWeek.path(query: [("week", address.period.previous.description)])
    view["url_after"] =
      (address.period.next.first > site.platform.now().day
      ? "" : Route.ownWeek.path(query: [("week", address.period.next.description)])).orFalse
    view["typed"] = failure?.typed ?? shown.remarks[Self.section]?.text ?? ""
    view["limit"] = String(ReportContent.maximumText)
    view["was_saved"] = !request.query("saved").isEmpty
    return site.page(
      "report-week", view, title: words("report.own.week"), request: request, context: context,
      status: failure == nil ? .ok : .unprocessableContent,
      answersFor: failure == nil ? nil : .ownWeek)
  }

  /// Words and handing in are one form and one button; another keeps the words for later.
  private func send(_ request: Request, _ context: AppContext) async throws -> Response {
    let account = try context.signedIn()
    let form = try await FormData(request, context)
    let address = try address(account, form["week"])
    let platform = site.platform
    do {
      try await WriteReportRemark(platform)(
        form["text"], in: Self.section, of: address, by: account)
      let isLast = form["then"] == "submit"
      if isLast { try await IssueReport(platform)(address, by: account) }
      return Site.redirect(
        to: Route.ownWeek.path(query: [
          ("week", address.period.description), ("saved", isLast ? "" : "1"),
        ]))
    } catch ReportRefusal.future {
      throw RequestError.notFound
    } catch let refusal as ReportRefusal {
      return try await page(
        ReportPages.Failure(
          text: site.words(context).refusal(refusal), section: Self.section, typed: form["text"]),
        week: address.period.description, request, context)
    }
  }
}
