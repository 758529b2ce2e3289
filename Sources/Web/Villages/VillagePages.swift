import Domain
import HTTP
import Hummingbird
import Services
import Storage

/// 乡村库: the list of townships and villages; each has its page in the organisation tree.
struct VillagePages: Sendable {
  let site: Site

  func addRoutes(to doors: Doors) {
    doors.get(.villages, use: list)
  }

  private func list(_ request: Request, _ context: AppContext) async throws -> Response {
    let account = try context.signedIn()
    let words = site.words(context)
    let query = try ListQuery(request, .villages, filters: ["level", "kind"])
    var filter = VillageFilter()
    filter.level = try query.choice("level", UnitLevel.self)
    filter.kind = try query.choice("kind", VillageKind.self)
    let page: RegisterPage<ListVillages.Line>?
    do {
      page = try await ListVillages(site.platform)(query.register, filter, for: account)
    } catch UseCaseError.unknownUnit {
      page = nil
    }
    let list = RegisterListView(
      words: words, account: account, query: query, export: .villages, import: .villages)
    var view = list.page(page) { line in
      [
        "url": Route.unit(line.unit.id).path, "name": line.unit.name,
        "parent_path": line.parentPath, "code": line.unit.divisionCode?.text ?? "",
        "level": words("level.\(line.unit.level.rawValue)"),
        "kind": line.profile.map { words("village_kind.\($0.kind.rawValue)") } ?? "",
        "population": line.profile?.population.map(String.init) ?? "",
        "households": line.profile?.households.map(String.init) ?? "",
      ]
    }
    view["levels"] = words.options(
      [UnitLevel.township, .village].map(\.rawValue), named: "level",
      chosen: filter.level?.rawValue ?? "")
    view["kinds"] = words.options(VillageKind.self, named: "village_kind", chosen: filter.kind)
    return site.page(
      "villages", view, title: words("villages.title"), request: request, context: context)
  }
}
