import Cryptography
import Domain
import HTTP
import HTTPTypes
import Hummingbird
import NIOCore
import Services

/// The pages: what each handler may use, and how a page is put together.
package struct Site: Sendable {
  let platform: Platform
  let views: Views
  let assets: Assets
  /// Where the contents of attachments lie.
  let store: AttachmentStore
  let secureCookies: Bool
  let monitor: Monitor
  /// The imports under way in this process.
  let imports: ImportJobs
  /// Where browsers reach the site, for links that leave it; nil where nobody said.
  let url: String?
  /// What programs have on the same router.
  let programs: [any RouteSet]
  /// How other instances are reached; nil where they are not.
  let exchange: ExchangeLine?
  let plan = DoorPlan()
  let bars = NavigationBars()

  /// Files of `Public` that pages load.
  package static let assetNames = [
    "app.css", "app.js", "icon.svg", OrderPaper.stylesheet, PairingBoardPages.stylesheet,
    "vendor/htmx.min.js", "vendor/echarts.js", "figures.css", "charts.js", "map.js", "wall.js",
    ReportPages.stylesheet,
  ]

  package init(
    platform: Platform, views: Views, assets: Assets, store: AttachmentStore,
    secureCookies: Bool, monitor: Monitor = Monitor(), url: String? = nil,
    programs: [any RouteSet] = [], exchange: ExchangeLine? = nil
  ) {
    self.platform = platform
    self.views = views
    self.assets = assets
    self.store = store
    self.secureCookies = secureCookies
    self.monitor = monitor
    imports = ImportJobs(platform)
    self.url = url
    self.programs = programs
    self.exchange = exchange
  }

  package func makeRouter() -> Router<AppContext> { makeDoors().router }

  /// The router, and what each of its pages demands.
  package func makeDoors() -> (router: Router<AppContext>, all: [Doors.Door]) {
    let router = Router(context: AppContext.self, options: .autoGenerateHeadEndpoints)
    // Before the middleware: assets and machines ask for no session.
    assets.addRoutes(to: router)
    OperationRoutes(site: self).addRoutes(to: router)
    router.add(middleware: RequestLog(monitor))
    router.add(middleware: SecurityHeaders())
    // Programs bring a token, not a session, and get no page for an error.
    for set in programs { set.addRoutes(to: router) }
    // Around the session, whose look-up may fail, and again within it, where the language is known.
    router.add(middleware: ErrorPages(site: self))
    router.add(
      middleware: SessionMiddleware(
        platform, secureCookies: secureCookies, polled: [Route.live.path]))
    router.add(middleware: ErrorPages(site: self))
    let doors = Doors(router)
    doors.get(.home) { _, context in Site.redirect(to: Route.start(of: context.account).path) }
    SignInPages(site: self).addRoutes(to: doors)
    InvitationPages(site: self).addRoutes(to: doors)
    MyAccountPages(site: self).addRoutes(to: doors)
    SecondFactorPages(site: self).addRoutes(to: doors)
    TokenPages(site: self).addRoutes(to: doors)
    ServiceAccountPages(site: self).addRoutes(to: doors)
    AccountPages(site: self).addRoutes(to: doors)
    AccountActionPages(site: self).addRoutes(to: doors)
    GrantPages(site: self).addRoutes(to: doors)
    RolePages(site: self).addRoutes(to: doors)
    AuditPages(site: self).addRoutes(to: doors)
    TaskPages(site: self).addRoutes(to: doors)
    LegPages(site: self).addRoutes(to: doors)
    SearchPages(site: self).addRoutes(to: doors)
    SavedViewPages(site: self).addRoutes(to: doors)
    BulkPages(site: self).addRoutes(to: doors)
    ProblemPages(site: self).addRoutes(to: doors)
    AttachmentPages(site: self).addRoutes(to: doors)
    OrderPages(site: self).addRoutes(to: doors)
    EvaluationPages(site: self).addRoutes(to: doors)
    UnitPages(site: self).addRoutes(to: doors)
    InboxPages(site: self).addRoutes(to: doors)
    MessagePages(site: self).addRoutes(to: doors)
    LivePages(site: self).addRoutes(to: doors)
    StyleguidePages(site: self).addRoutes(to: doors)
    BatchPages(site: self).addRoutes(to: doors)
    VerificationPages(site: self).addRoutes(to: doors)
    LookBackPages(site: self).addRoutes(to: doors)
    SheetPages(site: self).addRoutes(to: doors)
    CalendarPages(site: self).addRoutes(to: doors)
    RulePages(site: self).addRoutes(to: doors)
    DefinitionPages(site: self).addRoutes(to: doors)
    HelpPages(site: self).addRoutes(to: doors)
    OfficialPages(site: self).addRoutes(to: doors)
    EnterprisePages(site: self).addRoutes(to: doors)
    VillagePages(site: self).addRoutes(to: doors)
    ImportPages(site: self).addRoutes(to: doors)
    ExportPages(site: self).addRoutes(to: doors)
    VisitPages(site: self).addRoutes(to: doors)
    PairingPages(site: self).addRoutes(to: doors)
    FigurePages(site: self).addRoutes(to: doors)
    MapPages(site: self).addRoutes(to: doors)
    FlowPages(site: self).addRoutes(to: doors)
    WallPages(site: self).addRoutes(to: doors)
    OutlinePages(site: self).addRoutes(to: doors)
    ReportPages(site: self).addRoutes(to: doors)
    WebhookPages(site: self).addRoutes(to: doors)
    ExchangePages(site: self).addRoutes(to: doors)
    FeedPages(site: self).addRoutes(to: doors)
    AskerPages(site: self).addRoutes(to: doors)
    plan.set(doors.all)
    return (router, doors.all)
  }

  /// The same page in another language: the query is kept. What browsers would take for another
  /// site's address leads home.
  static func address(_ address: String, in language: Language) -> String {
    let choice = "lang=\(language.rawValue)"
    guard SignInPages.isLocal(address) else { return Route.home.path + "?" + choice }
    let parts = address.split(separator: "?", maxSplits: 1)
    let query = parts.count > 1 ? parts[1].split(separator: "&") : []
    let kept = query.filter { !$0.hasPrefix("lang=") }.map(String.init)
    return parts[0] + "?" + (kept + [choice]).joined(separator: "&")
  }

  /// A whole page around a template's content.
  func page(
    _ template: String, _ view: View, title: String, request: Request, context: AppContext,
    status: HTTPResponse.Status = .ok, answersFor route: Route? = nil
  ) -> Response {
    // An answer to a form has no address of its own: its links lead to the page with the form.
    let address = route?.path ?? request.uri.string
    var view = view
    view.merge(frame(title: title, address: address, path: request.uri.path, context)) { $1 }
    let text = views.render(template, view, context.language)
    return Response(
      status: status, headers: [.contentType: "text/html; charset=utf-8"],
      body: .init(byteBuffer: ByteBuffer(string: text)))
  }

  func words(_ context: AppContext) -> Wording {
    Wording(views.catalogue(context.language))
  }

  static func redirect(to path: String) -> Response {
    Response(status: .seeOther, headers: [.location: path])
  }
}
