import Domain
import HTTP
import Hummingbird
import Services

/// Counts what whoever asks for a page has not read, for the frame: one short look-up. Posts are
/// answered by a redirect, or by a page that the next look refreshes.
struct UnreadCount: RouterMiddleware {
  let platform: Platform

  func handle(
    _ request: Request, context: AppContext,
    next: (Request, AppContext) async throws -> Response
  ) async throws -> Response {
    var context = context
    // The fragments that a script asks for have no frame.
    if request.method == .get, let account = context.account,
      request.headers[.init("HX-Request")!] == nil
    {
      context.unread = try await CountUnread(platform)(for: account)
    }
    return try await next(request, context)
  }
}

/// The number beside 消息. The frame shows it as `{{unread}}` in an element with the id `live-unread`
/// and `data-live`, so that app.js keeps it up to date (see Live.swift).
enum InboxBadge {
  /// `3`, `99+`; empty where there is nothing to read.
  static func text(_ count: Int?) -> String {
    guard let count, count > 0 else { return "" }
    return count < CountUnread.limit ? String(count) : "\(CountUnread.limit - 1)+"
  }
}
