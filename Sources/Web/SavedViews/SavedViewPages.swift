import Domain
import HTTP
import Hummingbird
import Services

/// Keeps, chooses and drops views of the list.
struct SavedViewPages: Sendable {
  let site: Site

  func addRoutes(to doors: Doors) {
    doors.post(.savedViews, use: save)
    doors.post(.dropView, use: drop)
    doors.post(.defaultView, use: choose)
  }

  private func save(_ request: Request, _ context: AppContext) async throws -> Response {
    let account = try context.signedIn()
    let form = try await FormData(request, context)
    let query = try ProblemQuery(form["query"], site.platform.procedures)
    do {
      try await SaveView(site.platform)(
        form["name"], query: query.text, isShared: form["shared"] == "1",
        isDefault: form["default"] == "1", by: account)
    } catch let refusal as SavedViewRefusal {
      return Site.redirect(to: query.path(before: nil, [("refused", refusal.rawValue)]))
    }
    return Site.redirect(to: query.path())
  }

  private func drop(_ request: Request, _ context: AppContext) async throws -> Response {
    let account = try context.signedIn()
    let form = try await FormData(request, context)
    try await DropView(site.platform)(try id(form), by: account)
    return Site.redirect(to: Route.problems.path(query: ProblemQuery.everything))
  }

  /// Without an id the list opens with everything.
  private func choose(_ request: Request, _ context: AppContext) async throws -> Response {
    let account = try context.signedIn()
    let form = try await FormData(request, context)
    let id = form["view"].isEmpty ? nil : try id(form)
    try await ChooseDefaultView(site.platform)(id, by: account)
    let query = try ProblemQuery(form["query"], site.platform.procedures)
    return Site.redirect(to: query.path())
  }

  private func id(_ form: FormData) throws -> Int64 {
    guard let id = Int64(form["view"]) else { throw RequestError.notFound }
    return id
  }
}
