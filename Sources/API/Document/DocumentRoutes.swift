import HTTP
import HTTPTypes
import Hummingbird
import NIOCore

/// What describes the interface, for programs and for people: open to anyone, made once.
struct DocumentRoutes: RouteSet {
  /// Its own, so that the page needs nothing of the others'.
  static let stylesheet = "\(APIRoutes.root)/docs.css"

  private let routes: APIRoutes
  private let documents: [Language: ByteBuffer]
  private let pages: [Language: ByteBuffer]

  init(_ routes: APIRoutes) {
    self.routes = routes
    documents = routes.texts.mapValues { OpenAPI(routes.endpoints, $0).document }
    pages = routes.texts.mapValues { DocumentPage(routes.endpoints, $0).html }
  }

  func addRoutes(to router: Router<AppContext>) {
    add("\(APIRoutes.root)/openapi.json", documents, type: "application/json", router)
    let style = Dictionary(
      uniqueKeysWithValues: documents.keys.map { ($0, ByteBuffer(string: Self.style)) })
    add(Self.stylesheet, style, type: "text/css; charset=utf-8", router)
    add(APIRoutes.documentPath, pages, type: "text/html; charset=utf-8", router)
  }

  private func add(
    _ path: String, _ bodies: [Language: ByteBuffer], type: String,
    _ router: Router<AppContext>
  ) {
    let pattern = RouterPath(path)
    router.get(pattern) { request, _ in
      let asked = request.uri.queryParameters["lang"].flatMap { Language(rawValue: String($0)) }
      let language = asked ?? SessionMiddleware.preferred(request.headers[.acceptLanguage])
      return Response(
        status: .ok,
        headers: [
          .contentType: type, .contentLanguage: language.tag, .vary: "Accept-Language",
          .cacheControl: "no-cache",
        ], body: .init(byteBuffer: bodies[language]!))
    }
    routes.refuseOthers(than: [.get], at: pattern, router)
  }

  private static let style = """
    :root { color-scheme: light dark; }
    body { background: light-dark(#fff, #14181c); color: light-dark(#1b1f24, #e8eaed); margin: 0; font: 16px/1.6 system-ui, "Noto Sans SC", "Noto Sans CJK SC", sans-serif; }
    main { max-width: 60rem; margin: 0 auto; padding: 1rem; overflow-wrap: anywhere; }
    a { color: light-dark(#174f86, #8abaf0); }
    h2 { margin-top: 3rem; border-bottom: 1px solid; }
    section { margin: 1.5rem 0; }
    code, pre { font-family: ui-monospace, monospace; }
    pre { overflow-x: auto; padding: .75rem; border: 1px solid; }
    dt { font-weight: bold; }
    .wide { overflow-x: auto; }
    table { border-collapse: collapse; width: 100%; }
    th, td { text-align: left; vertical-align: top; padding: .25rem .5rem; border-bottom: 1px solid; }
    .language { text-align: right; }
    nav ul { columns: 14rem; }
    """
}
