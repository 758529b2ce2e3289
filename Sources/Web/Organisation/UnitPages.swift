import Domain
import HTTP
import HTTPTypes
import Hummingbird
import NIOCore
import Services
import Storage

/// The organisation tree, one level at a time.
struct UnitPages: Sendable {
  let site: Site

  func addRoutes(to doors: Doors) {
    doors.get(.units) { request, context in
      try await unitsPage(nil, request, context)
    }
    // Before the page of one unit, which would take the word for an id.
    doors.get(.unitSuggestions, use: suggestions)
    doors.get(.unit(":id")) { request, context in
      try await unitsPage(UnitID(context.id()), request, context)
    }
  }

  private func unitsPage(
    _ id: UnitID?, _ request: Request, _ context: AppContext
  ) async throws -> Response {
    let account = try context.signedIn()
    let words = site.words(context)
    let place = try await BrowseUnits(site.platform)(id)
    let unit = place.line.last
    let concerns = place.line.map(\.name).joined(separator: "/")
    let view: View = [
      "name": unit?.name ?? "", "is_unit": unit != nil,
      "line": place.line.map { ["name": $0.name, "url": Route.unit($0.id).path] as View },
      "level": unit.map { words("level.\($0.level.rawValue)") } ?? "",
      "kind": unit.map { words("kind.\($0.kind.rawValue)") } ?? "",
      "code": (unit?.divisionCode?.text ?? "").orFalse,
      "children": place.children.map { child -> View in
        [
          "name": child.name, "url": Route.unit(child.id).path,
          "level": words("level.\(child.level.rawValue)"),
          "kind": words("kind.\(child.kind.rawValue)"), "code": child.divisionCode?.text ?? "",
        ]
      },
      "has_children": !place.children.isEmpty,
      "count": words("units.count", ["n": String(place.children.count)]),
      "can_register": account.may(.registerProblems)
        && unit?.isVillageOrTownship == true,
      "url_register": Route.newProblem.path(query: [
        ("concerns", concerns), ("track", trackOfPlaces?.rawValue ?? ""),
      ]),
    ]
    return site.page(
      "units", view, title: unit?.name ?? words("units.title"), request: request, context: context)
  }

  /// The track whose problems concern places.
  private var trackOfPlaces: Track? {
    site.platform.procedures.all.first { $0.concern == .place }?.track
  }

  /// Completions of a unit's name: options of a `datalist`.
  private func suggestions(_ request: Request, _ context: AppContext) async throws -> Response {
    _ = try context.signedIn()
    let paths = try await BrowseUnits(site.platform).suggestions(for: request.query("q"))
    let options = paths.map { "<option value=\"\(escaped($0))\"></option>" }.joined()
    return Response(
      status: .ok, headers: [.contentType: "text/html; charset=utf-8"],
      body: .init(byteBuffer: ByteBuffer(string: options)))
  }
}
