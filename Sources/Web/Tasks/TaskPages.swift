import Domain
import HTTP
import Hummingbird
import Services
import Storage

/// 工作台: what whoever signed in has to do now, the most urgent first.
struct TaskPages: Sendable {
  let site: Site

  func addRoutes(to doors: Doors) {
    doors.get(.tasks, use: list)
  }

  private func list(_ request: Request, _ context: AppContext) async throws -> Response {
    let account = try context.signedIn()
    let words = site.words(context)
    let query = try TaskQuery(request)
    let bench = try await ShowWorkbench(site.platform)(
      query.filter, after: query.after, for: account)
    let view = WorkbenchView(words: words, query: query, now: site.platform.now())
    return site.page(
      "tasks", view.page(bench), title: words("tasks.title"), request: request,
      context: context)
  }
}

/// The to-do list's filters as they stand in the address.
struct TaskQuery {
  let filter: TaskFilter
  let after: TaskRows.Cursor?

  /// - Throws: `RequestError.badQuery` for what is none of the choices.
  init(_ request: Request) throws {
    let (kind, urgency) = (request.query("kind"), request.query("urgency"))
    filter = TaskFilter(
      kind: Problem.Task.Kind(rawValue: kind), urgency: TaskFilter.Urgency(rawValue: urgency))
    after = TaskRows.Cursor(request.query("after"))
    guard kind.isEmpty == (filter.kind == nil), urgency.isEmpty == (filter.urgency == nil),
      request.query("after").isEmpty == (after == nil), request.isQueryReadable
    else { throw RequestError.badQuery }
  }

  func path(after cursor: TaskRows.Cursor? = nil) -> String {
    Self.path(filter, after: cursor)
  }

  static func path(_ filter: TaskFilter, after cursor: TaskRows.Cursor? = nil) -> String {
    Route.tasks.path(query: [
      ("kind", filter.kind?.rawValue ?? ""), ("urgency", filter.urgency?.rawValue ?? ""),
      ("after", cursor?.description ?? ""),
    ])
  }
}
