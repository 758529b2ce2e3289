import Domain
import HTTP
import Hummingbird
import Services
import Storage

/// What the search box of every page leads to.
struct SearchPages: Sendable {
  let site: Site

  func addRoutes(to doors: Doors) {
    doors.get(.search, use: search)
  }

  private func search(_ request: Request, _ context: AppContext) async throws -> Response {
    let account = try context.signedIn()
    let words = site.words(context)
    guard request.isQueryReadable else { throw RequestError.badQuery }
    let text = String(request.query("q").trimmed.prefix(100))
    var groups: [View] = []
    if !text.isEmpty {
      let answer = try await SearchEverything(site.platform)(text, for: account)
      if let id = answer.number { return Site.redirect(to: Route.problem(id).path) }
      groups = SearchView(words: words).groups(answer)
    }
    let view: View = [
      "url_list": Route.problems.path(query: [("text", text)]),
      "url": Route.search.path, "q": text, "groups": groups, "has_groups": !groups.isEmpty,
      "asked": !text.isEmpty, "nothing": words("search.nothing", ["text": text]),
    ]
    return site.page(
      "search", view, title: words("search.title"), request: request, context: context)
  }
}
