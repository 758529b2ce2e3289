import Domain
import HTTP
import HTTPTypes
import Hummingbird
import Services
import Storage

/// The 台账 on a page and in a file.
struct ProblemListPages: Sendable {
  let site: Site

  func addRoutes(to doors: Doors) {
    doors.get(.problems, use: list)
    doors.post(.exportProblems, use: export)
  }

  private func list(_ request: Request, _ context: AppContext) async throws -> Response {
    let account = try context.signedIn()
    let words = site.words(context)
    let query = try ProblemQuery(request, site.platform.procedures)
    let shown: ShowProblemList.Shown
    if query.faults.isEmpty {
      shown = try await ShowProblemList(site.platform)(
        query.listing, before: query.before, for: account)
    } else {
      shown = .nothing
    }
    // Bare, it opens with the view the account chose.
    if (request.uri.query ?? "").isEmpty,
      let view = shown.views.first(where: { $0.isDefault && $0.account == account.id })
    {
      return Site.redirect(
        to: Route.problems.path + "?" + (view.query.isEmpty ? "all=1" : view.query))
    }
    let view = ProblemListView(
      words: words, platform: site.platform, query: query, account: account)
    return site.page(
      "problems", view.page(shown), title: words("problems.title"), request: request,
      context: context)
  }

  private func export(_ request: Request, _ context: AppContext) async throws -> Response {
    let account = try context.signedIn()
    let form = try await FormData(request, context)
    let query = try ProblemQuery(form["query"], site.platform.procedures)
    guard query.faults.isEmpty else { throw RequestError.badQuery }
    let words = site.words(context)
    let isSheet = form["format"] != "csv"
    let ending = isSheet ? ".xlsx" : ".csv"
    let folder = try PrivateFolder()
    let path = folder.path + "/problems" + ending
    do {
      _ = try await ExportProblems(site.platform)(
        query.listing, query: query.text, query.columns, to: path,
        ProblemCells(words, site.platform).export, by: account)
    } catch is ProblemListing.Fault {
      throw RequestError.badQuery
    }
    return try FileDownload(
      name: "\(words("problems.title"))-\(site.platform.now().day)\(ending)",
      type: isSheet ? FileDownload.workbook : "text/csv; charset=utf-8"
    ).response(path: path)
  }
}
