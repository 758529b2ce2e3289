import Domain
import HTTP
import Hummingbird
import Services
import Storage

/// `/feeds/figures.csv` and `/feeds/notices.atom`: what was published, for everybody, where the operator says so.
package struct PublicFeeds: RouteSet {
  let platform: Platform
  let words: MessageWords
  let isOpen: Bool
  /// Where browsers reach the platform; nil where nobody said.
  let url: String?

  package init(
    _ platform: Platform, _ words: MessageWords, isOpen: Bool = false, url: String? = nil
  ) {
    (self.platform, self.words, self.isOpen, self.url) = (platform, words, isOpen, url)
  }

  package func addRoutes(to router: Router<AppContext>) {
    router.get("/feeds/figures.csv") { request, context in
      await FeedAnswer.guarded(context) {
        guard isOpen else { throw UseCaseError.notFound }
        let sheets = try await ReadPublished(platform).sheets()
        return FeedAnswer.response(
          try FiguresTable(url: url).text(sheets), type: "text/csv; charset=utf-8; header=present",
          isPublic: true, request)
      }
    }
    router.get("/feeds/notices.atom") { request, context in
      await FeedAnswer.guarded(context) {
        guard isOpen else { throw UseCaseError.notFound }
        let (sheets, reports) = try await ReadPublished(platform).latest()
        let language = SessionMiddleware.preferred(request.headers[.acceptLanguage])
        let feed = NoticesFeed(
          words: words, language: language.rawValue, url: url,
          instance: platform.vault.origin)
        return FeedAnswer.response(
          feed.document(sheets, reports), type: "application/atom+xml; charset=utf-8",
          isPublic: true, request)
      }
    }
  }
}
