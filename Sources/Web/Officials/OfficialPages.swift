import Domain
import HTTP
import Hummingbird
import Services
import Storage

/// 干部库: the list, and one official.
struct OfficialPages: Sendable {
  let site: Site

  func addRoutes(to doors: Doors) {
    doors.get(.officials, use: list)
    doors.get(.official(":id"), use: show)
    doors.post(.officialInFull(":id"), use: showInFull)
  }

  private func list(_ request: Request, _ context: AppContext) async throws -> Response {
    let account = try context.signedIn()
    let words = site.words(context)
    let query = try ListQuery(request, .officials, filters: ["track", "rank", "status"])
    var filter = OfficialFilter()
    filter.track = try query.choice("track", OfficialTrack.self)
    filter.rank = try query.choice("rank", OfficialRank.self)
    filter.status = try query.choice("status", OfficialStatus.self)
    let page: RegisterPage<ShownOfficial>?
    do {
      page = try await ListOfficials(site.platform)(query.register, filter, for: account)
    } catch UseCaseError.unknownUnit {
      page = nil
    }
    let list = RegisterListView(
      words: words, account: account, query: query, export: .officials, import: .officials)
    var view = list.page(page) { OfficialView(words: words).line($0) }
    view["tracks"] = words.options(
      OfficialTrack.self, named: "official_track", chosen: filter.track)
    view["ranks"] = words.options(OfficialRank.self, named: "rank", chosen: filter.rank)
    view["statuses"] = words.options(
      [OfficialStatus.serving, .left].map(\.rawValue), named: "official_status",
      chosen: filter.status?.rawValue ?? "")
    return site.page(
      "officials", view, title: words("officials.title"), request: request, context: context)
  }

  private func show(_ request: Request, _ context: AppContext) async throws -> Response {
    let account = try context.signedIn()
    let detail = try await ShowOfficial(site.platform)(OfficialID(context.id()), for: account)
    return try await page(detail, inFull: false, account, request, context)
  }

  /// A look at personal data is an act: it is sent as a form and stands in the ledger.
  private func showInFull(_ request: Request, _ context: AppContext) async throws -> Response {
    let account = try context.signedIn()
    _ = try await FormData(request, context)
    let detail = try await ShowOfficial(site.platform).inFull(
      OfficialID(context.id()), for: account)
    return try await page(detail, inFull: true, account, request, context)
  }

  private func page(
    _ detail: ShowOfficial.Detail, inFull: Bool, _ account: Account, _ request: Request,
    _ context: AppContext
  ) async throws -> Response {
    let words = site.words(context)
    let official = detail.official
    let pairings = try await ShowPairing(site.platform)(of: official.id, for: account)
    let story = StoryView(words: words, platform: site.platform, now: site.platform.now())
    var view = OfficialView(words: words).line(official)
    view["expertise"] = official.expertise.joined(separator: words("punctuation.list")).orFalse
    view["id_number"] = (official.idNumber ?? "").orFalse
    view["home"] = (official.home ?? "").orFalse
    view["url_unit"] = Route.unit(official.unit).path
    view["in_full"] = inFull
    view["may_unmask"] = account.may(.seePersonalData) && !inFull
    view["url_in_full"] = Route.officialInFull(official.id.description).path
    view["url_list"] = Route.officials.path
    view["problems"] = words.problems(detail.problems)
    view["has_problems"] = !detail.problems.isEmpty
    view.merge(PairingBlock(words: words).charges(of: pairings)) { $1 }
    view["heading"] = words("pairing.charges")
    view["story"] = story.view(detail.story)
    return site.page(
      "official", view, title: official.name, request: request, context: context,
      answersFor: .official(official.id.description))
  }
}

/// An official in the reader's words.
struct OfficialView {
  let words: Wording

  func line(_ official: ShownOfficial) -> View {
    [
      "url": Route.official(official.id.description).path, "name": official.name,
      "unit_path": official.unitPath, "post": (official.post ?? "").orFalse,
      "rank": words("rank.\(official.rank.rawValue)"),
      "track": words("official_track.\(official.track.rawValue)"),
      "phone": (official.phone ?? "").orFalse,
      "status": words("official_status.\(official.status.rawValue)"),
      "has_left": official.status != .serving,
    ]
  }
}
