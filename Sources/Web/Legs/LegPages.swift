import Domain
import HTTP
import Hummingbird
import Services
import Storage

/// 我的件: the legs a handler's unit or an official answers for.
struct LegPages: Sendable {
  let site: Site

  func addRoutes(to doors: Doors) {
    doors.get(.legs, use: list)
  }

  private func list(_ request: Request, _ context: AppContext) async throws -> Response {
    let account = try context.signedIn()
    let words = site.words(context)
    let text = request.query("after")
    let after = TaskRows.Cursor(text)
    guard text.isEmpty == (after == nil) else { throw RequestError.badQuery }
    let legs = try await ListLegs(site.platform)(after: after, for: account)
    let now = site.platform.now()
    let view: View = [
      "open_legs": legs.open.items.map { open($0, words, now) },
      "has_open": !legs.open.items.isEmpty,
      "answered_legs": legs.answered.map { answered($0, words, now) },
      "has_answered": !legs.answered.isEmpty, "has_next": legs.open.next != nil,
      "url_next": Route.legs.path(query: [("after", legs.open.next?.description ?? "")]),
      "has_previous": after != nil, "url_first": Route.legs.path,
      "live": Route.legs.path(query: [("after", text)]),
    ]
    return site.page(
      "legs", view, title: words("legs.title"), request: request, context: context)
  }

  private func open(_ leg: LegList.Line, _ words: Wording, _ now: Instant) -> View {
    row(leg, words).merging([
      "lamp": words.lamp(Lamp.of(yellow: leg.yellow, due: leg.due, now: now)),
      "left": leg.due.map { words.left(until: $0, now: now) } ?? words("legs.stopped"),
      "milestone": leg.milestone.map { words("milestone.\($0.rawValue)") } ?? "—",
      "assigned": words.day(leg.assignedAt.day),
      "order_url": (leg.order.map { Route.order($0).path } ?? "").orFalse,
    ]) { $1 }
  }

  private func answered(_ leg: LegList.Line, _ words: Wording, _ now: Instant) -> View {
    row(leg, words).merging([
      "answered": leg.answeredAt.map { words.ago($0, now: now) } ?? ""
    ]) { $1 }
  }

  private func row(_ leg: LegList.Line, _ words: Wording) -> View {
    [
      "url": Route.problem(leg.problem).path, "number": words.number(leg.number),
      "title": leg.title, "concerns": leg.concerns, "unit": leg.unit ?? "",
      "role": words("leg_role.\(leg.role.rawValue)"),
      "state": words("state.\(leg.state.rawValue)"), "detail": excerpt(leg.detail).orFalse,
    ]
  }

  /// The first words of what was registered: enough to know what is asked.
  private func excerpt(_ text: String) -> String {
    let line = text.prefix { !$0.isNewline }
    return line.count > 60 ? line.prefix(60) + "…" : String(line)
  }
}
