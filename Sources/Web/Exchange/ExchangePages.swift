import Domain
import HTTP
import HTTPTypes
import Hummingbird
import Services
import Storage

/// 平台互联: the links to other instances, how they are made and ended, and what is not confirmed.
struct ExchangePages: Sendable {
  let site: Site

  func addRoutes(to doors: Doors) {
    doors.get(.exchange) { request, context in try await list(nil, request, context) }
    doors.post(.exchangeOffers, use: offer)
    doors.post(.exchangeJoins, use: join)
    doors.get(.exchangeLink(":id"), use: show)
    doors.post(.exchangeClosure(":id"), use: close)
  }

  /// A form that was refused, and why.
  private struct Refused {
    let form: FormData
    let isOffer: Bool
    let text: String
  }

  private func view(_ context: AppContext) -> ExchangeView {
    ExchangeView(words: site.words(context), now: site.platform.now())
  }

  private func keep(_ context: AppContext) throws -> KeepLinks {
    try KeepLinks(site.platform, by: context.signedIn())
  }

  private func list(
    _ refused: Refused?, _ request: Request, _ context: AppContext
  ) async throws -> Response {
    let view = view(context)
    var page = view.list(try await keep(context).list())
    page.merge(
      view.forms(refused?.form, isOffer: refused?.isOffer, url: site.url ?? "")
    ) { $1 }
    page["has_faults"] = refused != nil
    page["faults"] = refused.map { [["text": $0.text] as View] } ?? []
    page["done"] = request.query("done") == "1"
    return site.page(
      "exchange", page, title: view.words("exchange.title"), request: request, context: context,
      status: refused == nil ? .ok : .unprocessableContent,
      answersFor: refused == nil ? nil : .exchange)
  }

  /// The one page that shows a code; it is an answer to a form, so that no address leads to it.
  private func offer(_ request: Request, _ context: AppContext) async throws -> Response {
    let form = try await FormData(request, context)
    guard let role = LinkRole(rawValue: form["role"]) else { throw RequestError.badForm }
    let words = site.words(context)
    do {
      let code = try await keep(context).offer(form["name"], role: role, url: form["url"])
      let page: View = ["code": code, "url_list": Route.exchange.path]
      return site.page(
        "exchange-code", page, title: words("exchange.code"), request: request, context: context,
        answersFor: .exchange)
    } catch let fault as OfferLink.Fault {
      let text = words("exchange.fault.\(fault.rawValue)")
      return try await list(.init(form: form, isOffer: true, text: text), request, context)
    }
  }

  private func join(_ request: Request, _ context: AppContext) async throws -> Response {
    let form = try await FormData(request, context)
    do {
      _ = try await keep(context).join(
        form["code"], name: form["name"], url: form["url"], through: site.exchange)
      return Site.redirect(to: Route.exchange.path(query: [("done", "1")]))
    } catch let fault as JoinLink.Fault {
      let text = site.words(context).catalogue.text(fault.textKey, fault.arguments)
      return try await list(.init(form: form, isOffer: false, text: text), request, context)
    }
  }

  private func show(_ request: Request, _ context: AppContext) async throws -> Response {
    let keep = try keep(context)
    let detail = try await keep.one(LinkID(try context.id()))
    let page = view(context).one(detail, seesProblems: keep.seesProblems)
    return site.page(
      "exchange-link", page, title: detail.status.link.name, request: request, context: context)
  }

  private func close(_ request: Request, _ context: AppContext) async throws -> Response {
    _ = try await FormData(request, context)
    let id = LinkID(try context.id())
    try await keep(context).close(id)
    return Site.redirect(to: Route.exchangeLink(id.description).path)
  }
}
