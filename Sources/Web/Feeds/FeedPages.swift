import Cryptography
import Domain
import HTTP
import HTTPTypes
import Hummingbird
import Services
import Storage

/// 日历订阅: the secret addresses by which calendar programs read one's own deadlines.
struct FeedPages: Sendable {
  let site: Site

  func addRoutes(to doors: Doors) {
    doors.get(.feeds) { request, context in try await page(request, context) }
    doors.post(.feeds, use: make)
    doors.post(.feedRemoval(":id"), use: end)
  }

  /// - Parameter made: an address that was just made; the one time that it is shown.
  private func page(
    made: String? = nil, isRefused: Bool = false, _ request: Request, _ context: AppContext
  ) async throws -> Response {
    let account = try context.signedIn()
    let words = site.words(context)
    let lines = try await FeedAddresses(site.platform).list(of: account)
    let view: View = [
      "made": made?.orFalse ?? false, "url": Route.feeds.path, "is_empty": lines.isEmpty,
      "full": isRefused ? words("feeds.full", ["n": String(FeedAddresses.most)]).orFalse : false,
      "may_add": lines.count < FeedAddresses.most,
      "addresses": lines.map { line -> View in
        [
          "since": words.time(line.madeAt), "url": Route.feedRemoval(String(line.id)).path,
        ]
      }, "url_back": Route.account.path,
    ]
    return site.page(
      "feeds", view, title: words("feeds.title"), request: request, context: context,
      status: isRefused ? .unprocessableContent : .ok,
      answersFor: request.method == .post ? .feeds : nil)
  }

  private func make(_ request: Request, _ context: AppContext) async throws -> Response {
    let account = try context.signedIn()
    _ = try await FormData(request, context)
    do {
      let token = try await FeedAddresses(site.platform).make(for: account)
      let path = "/feeds/calendar/\(token.text).ics"
      return try await page(
        made: site.link(to: path, request), request, context)
    } catch FeedAddresses.Refusal.tooMany {
      return try await page(isRefused: true, request, context)
    }
  }

  private func end(_ request: Request, _ context: AppContext) async throws -> Response {
    let account = try context.signedIn()
    _ = try await FormData(request, context)
    try await FeedAddresses(site.platform).end(context.id(), of: account)
    return Site.redirect(to: Route.feeds.path)
  }
}
