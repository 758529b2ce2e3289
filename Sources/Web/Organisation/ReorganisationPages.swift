import Domain
import HTTP
import HTTPTypes
import Hummingbird
import Services
import Storage

/// Renames, moves, merges, splits and closes a unit: first what would happen, then the deed.
struct ReorganisationPages: Sendable {
  let site: Site

  func addRoutes(to doors: Doors) {
    doors.get(.reorganisation(":id"), use: ask)
    doors.post(.reorganisation(":id"), use: carryOut)
  }

  /// What was asked for, as it stands in the address or the form.
  private struct Wish {
    enum Change: String, CaseIterable { case rename, move, merge, split, close }

    let change: Change?
    let name: String
    let other: String
    let code: String
    let on: String
    let children: Set<UnitID>

    /// - Parameter field: the value of a field.
    init(_ field: (String) -> String, children: [Unit]) {
      change = Change(rawValue: field("change"))
      name = field("name").trimmed
      other = field("other").trimmed
      code = field("code").trimmed
      on = field("on").trimmed
      self.children = Set(children.map(\.id).filter { field("child_\($0)") == "1" })
    }
  }

  /// What keeps a wish from being read.
  private enum Fault: String, Error, CaseIterable {
    case badDay = "bad_day"
    case unknownUnit = "unknown_unit"
    case badCode = "bad_code"
  }

  private func ask(_ request: Request, _ context: AppContext) async throws -> Response {
    let id = UnitID(try context.id())
    let place = try await BrowseUnits(site.platform)(id, for: context.signedIn())
    let wish = Wish({ request.query($0) }, children: place.children)
    return try await page(place, wish, refused: [], status: .ok, request, context)
  }

  private func carryOut(_ request: Request, _ context: AppContext) async throws -> Response {
    let account = try context.signedIn()
    let form = try await FormData(request, context)
    let id = UnitID(try context.id())
    let place = try await BrowseUnits(site.platform)(id, for: context.signedIn())
    let wish = Wish({ form[$0] }, children: place.children)
    do {
      let (change, day) = try await read(wish)
      let changed = try await ReorganiseUnits(site.platform)(change, of: id, on: day, by: account)
      return Site.redirect(to: Route.unit(changed).path)
    } catch let refused as ReorganiseUnits.Refused {
      return try await page(
        place, wish, refused: refused.refusals, status: .conflict, request, context)
    } catch is Fault {
      return try await page(
        place, wish, refused: [], status: .unprocessableContent, request, context)
    }
  }

  /// - Throws: `Fault`
  private func read(_ wish: Wish) async throws -> (Reorganisation, Day?) {
    let day = Day(wish.on)
    guard wish.on.isEmpty || day != nil else { throw Fault.badDay }
    func other() async throws -> UnitID {
      do {
        return try await FindUnit(site.platform)(wish.other)
      } catch UseCaseError.unknownUnit {
        throw Fault.unknownUnit
      }
    }
    func code() throws -> DivisionCode? {
      guard !wish.code.isEmpty else { return nil }
      guard let code = DivisionCode(wish.code) else { throw Fault.badCode }
      return code
    }
    switch wish.change {
    case .rename, nil: return (.change(name: wish.name, code: try code()), day)
    case .move: return (.change(parent: try await other(), code: try code()), day)
    case .merge: return (.merge(into: try await other()), day)
    case .split: return (.split(name: wish.name, children: Array(wish.children)), day)
    case .close: return (.close, day)
    }
  }

  private func page(
    _ place: BrowseUnits.Place, _ wish: Wish, refused: [Reorganisation.Refusal],
    status: HTTPResponse.Status, _ request: Request, _ context: AppContext
  ) async throws -> Response {
    let account = try context.signedIn()
    let words = site.words(context)
    guard let unit = place.line.last else { throw UseCaseError.notFound }
    let route = Route.reorganisation(unit.id.description)
    var view: View = [
      "url": route.path, "url_unit": Route.unit(unit.id).path, "unit_name": unit.name,
      "line": place.line.map { ["name": $0.name, "url": Route.unit($0.id).path] as View },
      "changes": Wish.Change.allCases.map { change -> View in
        [
          "url": route.path(query: [("change", change.rawValue)]),
          "name": words("reorganise.\(change.rawValue)"), "current": change == wish.change,
        ]
      },
      "change": (wish.change?.rawValue ?? "").orFalse,
      "change_name": wish.change.map { words("reorganise.\($0.rawValue)") } ?? "",
      "change_hint": wish.change.map { words("reorganise.\($0.rawValue).hint") } ?? "",
      "asks_name": wish.change == .rename || wish.change == .split,
      "asks_other": wish.change == .move || wish.change == .merge,
      "asks_code": wish.change == .rename || wish.change == .move,
      "asks_children": wish.change == .split,
      "name": wish.name, "other": wish.other, "code": wish.code,
      "on": wish.on.isEmpty ? site.platform.now().day.description : wish.on,
      "children": place.children.map { child -> View in
        [
          "field": "child_\(child.id)", "name": child.name,
          "chosen": wish.children.contains(child.id),
        ]
      },
      "preview": false, "fault": false,
    ]
    let isAsked = request.query("preview") == "1" || request.method == .post
    if wish.change != nil, isAsked {
      do {
        let (change, day) = try await read(wish)
        let preview = try await ReorganiseUnits(site.platform).preview(
          change, of: unit.id, on: day, by: account)
        view["preview"] = self.preview(preview, wish, place, refused, words)
      } catch let fault as Fault {
        view["fault"] = words("reorganise.fault.\(fault.rawValue)")
      }
    }
    return site.page(
      "reorganisation", view, title: words("reorganise.title", ["name": unit.name]),
      request: request, context: context, status: status, answersFor: route)
  }

  private func preview(
    _ preview: ReorganiseUnits.Preview, _ wish: Wish, _ place: BrowseUnits.Place,
    _ refused: [Reorganisation.Refusal], _ words: Wording
  ) -> View {
    let arguments: TextArguments = [
      "path": preview.path, "day": words.day(preview.day), "other": preview.otherPath ?? "",
      "name": wish.name,
      "children": preview.children.filter { wish.children.contains($0.id) }.map(\.name)
        .joined(separator: words("punctuation.list")),
    ]
    let refusals = refused.isEmpty ? preview.refusals : refused
    let uses = preview.uses
    return [
      "what": words("unit.what.\((wish.change ?? .rename).rawValue)", arguments),
      "refusals": refusals.map { ["text": words("unit.refusal.\($0.rawValue)")] as View },
      "is_refused": !refusals.isEmpty,
      "below": String(preview.below), "children_count": String(preview.children.count),
      "officials_count": String(uses.officials), "enterprises_count": String(uses.enterprises),
      "accounts_count": String(uses.accounts), "problems_count": String(uses.openProblems),
      "chosen_children": wish.children.map { ["field": "child_\($0)"] as View },
    ]
  }
}
