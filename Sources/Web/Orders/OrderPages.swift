import Domain
import HTTP
import HTTPTypes
import Hummingbird
import NIOCore
import Services
import Storage

/// The paper of one order, to be read and printed.
struct OrderPages: Sendable {
  let site: Site

  func addRoutes(to doors: Doors) {
    doors.get(.order(":id"), use: show)
  }

  private func show(_ request: Request, _ context: AppContext) async throws -> Response {
    let account = try context.signedIn()
    let order = try await ShowOrder(site.platform)(OrderID(context.id()), for: account).order
    _ = try await InboxPages.read(order.content.problem, site.platform, context)
    let links: View = [
      "asset_icon": site.assets["icon.svg"], "asset_style": site.assets[OrderPaper.stylesheet],
      "url_problem": Route.problem(order.content.problem).path,
      "related": related(order), "languages": site.languages(request.uri.string, context),
    ]
    let html = OrderPaper(order: order, procedures: site.platform.procedures).html(
      site.views, context.language, place: .site(links))
    return Response(
      status: .ok, headers: [.contentType: "text/html; charset=utf-8"],
      body: .init(byteBuffer: ByteBuffer(string: html)))
  }

  /// The orders that the paper names.
  private func related(_ order: Order) -> [View] {
    let content = order.content
    let named = [
      content.follows.map { ($0.order, $0.number) }, content.revokes.map { ($0.order, $0.number) },
      order.revoked.map { ($0.by, $0.number) },
    ]
    return named.compactMap(\.self).map { id, number in
      ["url": Route.order(id).path, "name": number.description]
    }
  }
}
