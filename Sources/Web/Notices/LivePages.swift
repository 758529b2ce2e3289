import Domain
import HTTP
import HTTPTypes
import Hummingbird
import NIOCore
import Services

/// What the frame's counters stand at: asked for by app.js every half minute while the page is looked at.
/// Elements with `data-live` take the part that has their own id.
struct LivePages: Sendable {
  let site: Site

  func addRoutes(to doors: Doors) {
    doors.get(.live, use: counters)
  }

  private func counters(_ request: Request, _ context: AppContext) async throws -> Response {
    let account = try context.signedIn()
    let unread = InboxBadge.text(context.unread)
    let count =
      account.may(.seeProblems) ? try await CountTasks(site.platform)(for: account) : 0
    let tasks = InboxBadge.text(count)
    return Live.answer("\(unread)/\(tasks)", request) {
      "\(Live.part("live-unread", unread))\(Live.part("live-tasks", tasks))"
    }
  }
}

/// A fragment that says whether it has changed.
enum Live {
  /// - Parameters:
  ///   - state: what the fragment depends on; while it is the same the answer is 304.
  static func answer(_ state: String, _ request: Request, _ html: () -> String) -> Response {
    let tag = "\"\(state)\""
    let headers: HTTPFields = [
      .contentType: "text/html; charset=utf-8", .eTag: tag, .cacheControl: "private, no-cache",
    ]
    if request.headers[.ifNoneMatch] == tag {
      return Response(status: .notModified, headers: headers)
    }
    return Response(
      status: .ok, headers: headers, body: .init(byteBuffer: ByteBuffer(string: html())))
  }

  static func part(_ id: String, _ count: String) -> String {
    let inner = count.isEmpty ? "" : "<span class=\"count\">\(count)</span>"
    return "<span id=\"\(id)\">\(inner)</span>"
  }
}
