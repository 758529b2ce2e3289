import Domain
import HTTP
import HTTPTypes
import Hummingbird
import NIOCore
import Services
import Storage

/// The organisation tree, one unit at a time, today or as it was.
struct UnitPages: Sendable {
  let site: Site

  func addRoutes(to doors: Doors) {
    doors.get(.units, use: top)
    // Before the page of one unit, which would take the word for an id.
    doors.get(.unitSuggestions, use: suggestions)
    doors.get(.unit(":id"), use: show)
    doors.post(.unitInFull(":id"), use: showInFull)
    ReorganisationPages(site: site).addRoutes(to: doors)
  }

  private func top(_ request: Request, _ context: AppContext) async throws -> Response {
    let account = try context.signedIn()
    let words = site.words(context)
    let roots = try await BrowseUnits(site.platform)(nil, for: account).children
    let list = RegisterListView(
      words: words, account: account, query: try ListQuery(request, .units, filters: []),
      export: .units, import: .units)
    var view = list.page(RegisterPage<Unit>?.none) { _ in [:] }
    // With what is directly below each: a city and its counties are one look.
    let units = UnitView(words: words)
    var tree: [View] = []
    for root in roots {
      var line = units.line(root, on: nil)
      let children = try await BrowseUnits(site.platform)(root.id, for: account).children
      line["children"] = children.map { units.line($0, on: nil) }
      line["has_children"] = !children.isEmpty
      tree.append(line)
    }
    view["tree"] = tree
    view["has_tree"] = !tree.isEmpty
    return site.page(
      "units", view, title: words("units.title"), request: request, context: context)
  }

  private func show(_ request: Request, _ context: AppContext) async throws -> Response {
    let account = try context.signedIn()
    let id = UnitID(try context.id())
    let text = request.query("on")
    // Of a day that is none the page tells beside the field.
    let detail = try await ShowUnit(site.platform)(id, on: Day(text), for: account)
    return try await page(
      detail, on: detail.day, typed: text, inFull: false, account, request, context)
  }

  /// A look at personal data is an act: it is sent as a form and stands in the ledger.
  private func showInFull(_ request: Request, _ context: AppContext) async throws -> Response {
    let account = try context.signedIn()
    _ = try await FormData(request, context)
    let detail = try await ShowUnit(site.platform).inFull(UnitID(context.id()), for: account)
    return try await page(detail, on: nil, typed: "", inFull: true, account, request, context)
  }

  private func page(
    _ detail: ShowUnit.Detail, on day: Day?, typed: String, inFull: Bool, _ account: Account,
    _ request: Request, _ context: AppContext
  ) async throws -> Response {
    let words = site.words(context)
    let unit = detail.unit
    let page = UnitView(words: words)
    var view = page.page(detail, on: day)
    view["url"] = Route.unit(unit.id).path
    view["url_units"] = Route.units.path
    view["has_pairings"] = false
    view["on"] = day?.description ?? typed
    view["on_wrong"] = !typed.isEmpty && Day(typed) == nil
    view["on_text"] = (day.map { words.day($0) } ?? "").orFalse
    view["story"] = detail.changes.map { change -> View in
      let story = StoryView(words: words, platform: site.platform, now: site.platform.now())
      return page.change(change, detail.names, who: story.who(change.actor, detail.actors))
    }
    if let registers = detail.registers {
      let story = StoryView(words: words, platform: site.platform, now: site.platform.now())
      view["registers"] = page.registers(
        registers, of: unit, path: detail.line.map(\.name).joined(separator: "/"), inFull: inFull,
        mayUnmask: account.may(.seePersonalData))
      if unit.isVillageOrTownship {
        let target: PairingTarget =
          unit.level == .village ? .village(unit.id) : .township(unit.id)
        let pairings = try await ShowPairing(site.platform)(of: target, for: account)
        view.merge(PairingBlock(words: words).history(of: pairings)) { $1 }
        view["heading"] = words("pairing.helpers")
        view["has_pairings"] = true
      }
      view["village_story"] = registers.story.map(story.view) ?? []
    }
    view["can_register"] =
      account.may(.registerProblems) && unit.isVillageOrTownship && day == nil
      && unit.validTo == nil
    view["url_register"] = Route.newProblem.path(query: [
      ("concerns", detail.line.map(\.name).joined(separator: "/")),
      ("track", trackOfPlaces?.rawValue ?? ""),
    ])
    let isOpen = unit.validTo == nil && day == nil
    view["may_reorganise"] = account.may(.reorganise) && isOpen
    view["url_reorganise"] = Route.reorganisation(unit.id.description).path
    return site.page(
      "unit", view, title: unit.name, request: request, context: context,
      answersFor: inFull ? .unit(unit.id) : nil)
  }

  /// The track whose problems concern places.
  private var trackOfPlaces: Track? {
    site.platform.procedures.all.first { $0.concern == .place }?.track
  }

  /// Completions of a unit's name: options of a `datalist`.
  private func suggestions(_ request: Request, _ context: AppContext) async throws -> Response {
    let paths = try await BrowseUnits(site.platform).suggestions(
      for: request.query("q"), by: context.signedIn())
    let options = paths.map { "<option value=\"\(escaped($0))\"></option>" }.joined()
    return Response(
      status: .ok, headers: [.contentType: "text/html; charset=utf-8"],
      body: .init(byteBuffer: ByteBuffer(string: options)))
  }
}
