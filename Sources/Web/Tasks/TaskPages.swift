import Domain
import HTTP
import Hummingbird
import Services
import Storage

/// 待办: what whoever signed in has to do now, the most urgent first.
struct TaskPages: Sendable {
  let site: Site

  func addRoutes(to doors: Doors) {
    doors.get(.tasks, use: list)
  }

  /// Lines a page shows.
  private static let limit = 100

  private func list(_ request: Request, _ context: AppContext) async throws -> Response {
    let account = try context.signedIn()
    let words = site.words(context)
    // One more than is shown says whether there are more.
    let lines = try await ShowTasks(site.platform)(for: account, limit: Self.limit + 1)
    let now = site.platform.now()
    let view: View = [
      "tasks": lines.prefix(Self.limit).map { row($0, words, now) }, "is_empty": lines.isEmpty,
      "has_more": lines.count > Self.limit,
      "more": words("tasks.more", ["n": String(Self.limit)]),
    ]
    return site.page(
      "tasks", view, title: words("tasks.title"), request: request, context: context)
  }

  private func row(_ line: TaskRows.Line, _ words: Wording, _ now: Instant) -> View {
    [
      "url": Route.problem(line.problem).path, "number": words.number(line.number),
      "title": line.title, "concerns": line.concerns,
      "task": words("task.\(line.kind.rawValue)"),
      "state": words("state.\(line.state.rawValue)"),
      "lamp": words.lamp(Lamp.of(yellow: line.yellow, due: line.due, now: now)),
      "left": line.due.map { words.left(until: $0, now: now) }
        ?? words.ago(line.order, now: now),
    ]
  }
}
