import Domain
import HTTP
import Hummingbird
import Services
import Storage

/// 企业库: the list, and one enterprise.
struct EnterprisePages: Sendable {
  let site: Site

  func addRoutes(to doors: Doors) {
    doors.get(.enterprises, use: list)
    // Before the page of one enterprise, which would take the word for an id.
    DuplicatePages(site: site).addRoutes(to: doors)
    doors.get(.enterprise(":id"), use: show)
    doors.post(.enterpriseInFull(":id"), use: showInFull)
  }

  private func list(_ request: Request, _ context: AppContext) async throws -> Response {
    let account = try context.signedIn()
    let words = site.words(context)
    let industries = site.platform.industries
    let query = try ListQuery(
      request, .enterprises,
      filters: ["industry", "statistical_kind", "scale", "status", "white_list", "key"])
    var filter = EnterpriseFilter()
    let industry = request.query("industry").trimmed
    if !industry.isEmpty {
      guard let known = industries.industry(industry) else { throw RequestError.badQuery }
      filter.industry = known.code
    }
    filter.statisticalKind = try query.choice("statistical_kind", StatisticalKind.self)
    filter.scale = try query.choice("scale", EnterpriseScale.self)
    filter.status = try query.choice("status", EnterpriseStatus.self)
    filter.whiteList = try query.choice("white_list", WhiteListLevel.self)
    filter.isKey = request.query("key") == "1"
    let page: RegisterPage<ListEnterprises.Line>?
    do {
      page = try await ListEnterprises(site.platform)(query.register, filter, for: account)
    } catch UseCaseError.unknownUnit {
      page = nil
    }
    let list = RegisterListView(
      words: words, account: account, query: query, export: .enterprises, import: .enterprises)
    let one = EnterpriseView(words: words, platform: site.platform)
    var view = list.page(page) { one.line($0.id, $0.enterprise, unitPath: $0.unitPath) }
    // Sections, and the divisions of the one that was chosen.
    let section = filter.industry.map { String($0.prefix(1)) }
    view["industries"] = industries.sections.flatMap { offered -> [View] in
      let code = offered.code
      let own: View = [
        "value": code, "name": "\(code) " + words.pick(offered.name, offered.en),
        "chosen": filter.industry == code,
      ]
      let divisions = section == code ? offered.divisions : []
      return [own]
        + divisions.map { division in
          [
            "value": code + division.code, "name": "\(code)\(division.code) \(division.name)",
            "chosen": filter.industry?.hasPrefix(code + division.code) == true,
          ]
        }
    }
    view["statistical_kinds"] = words.options(
      StatisticalKind.self, named: "statistical_kind", chosen: filter.statisticalKind)
    view["scales"] = words.options(EnterpriseScale.self, named: "scale", chosen: filter.scale)
    view["statuses"] = words.options(
      EnterpriseStatus.self, named: "enterprise_status", chosen: filter.status)
    view["white_lists"] = words.options(
      WhiteListLevel.self, named: "white_list_level", chosen: filter.whiteList)
    view["key"] = filter.isKey
    view["may_review"] = account.may(.importRegisters)
    view["url_duplicates"] = Route.duplicates.path
    return site.page(
      "enterprises", view, title: words("enterprises.title"), request: request, context: context)
  }

  private func show(_ request: Request, _ context: AppContext) async throws -> Response {
    let account = try context.signedIn()
    let detail = try await ShowEnterprise(site.platform)(
      EnterpriseID(context.id()), for: account)
    return try await page(detail, inFull: false, account, request, context)
  }

  /// A look at personal data is an act: it is sent as a form and stands in the ledger.
  private func showInFull(_ request: Request, _ context: AppContext) async throws -> Response {
    let account = try context.signedIn()
    _ = try await FormData(request, context)
    let detail = try await ShowEnterprise(site.platform).inFull(
      EnterpriseID(context.id()), for: account)
    return try await page(detail, inFull: true, account, request, context)
  }

  private func page(
    _ detail: ShowEnterprise.Detail, inFull: Bool, _ account: Account, _ request: Request,
    _ context: AppContext
  ) async throws -> Response {
    let words = site.words(context)
    let pairings = try await ShowPairing(site.platform)(of: .enterprise(detail.id), for: account)
    let enterprise = detail.enterprise
    let one = EnterpriseView(words: words, platform: site.platform)
    let story = StoryView(words: words, platform: site.platform, now: site.platform.now())
    var view = one.line(detail.id, enterprise, unitPath: detail.unitPath)
    view["url_unit"] = Route.unit(enterprise.unit).path
    view["url_list"] = Route.enterprises.path
    view["code_override"] = (enterprise.codeOverride ?? "").orFalse
    view["former_names"] =
      enterprise.formerNames.joined(separator: words("punctuation.list")).orFalse
    view["merged"] =
      enterprise.mergedInto.map { into -> Any in
        ["url": Route.enterprise(into.description).path, "name": detail.successor ?? ""] as View
      } ?? false
    view["contact"] = detail.contact.map { words.contact($0) as Any } ?? false
    view["in_full"] = inFull
    view["may_unmask"] = account.may(.seePersonalData) && !inFull && detail.contact != nil
    view["url_in_full"] = Route.enterpriseInFull(detail.id.description).path
    view["listings"] = detail.listings.map { one.listing($0, today: site.platform.now().day) }
    view["has_listings"] = !detail.listings.isEmpty
    view["problems"] = words.problems(detail.problems)
    view["has_problems"] = !detail.problems.isEmpty
    view["can_register"] = account.may(.registerProblems) && enterprise.mergedInto == nil
    view["url_register"] = Route.newProblem.path(query: [
      ("concerns", enterprise.name), ("track", Track.enterprise.rawValue),
    ])
    view["sees_visits"] = account.may(.seeVisits) && enterprise.mergedInto == nil
    view["url_visits"] = Route.enterpriseVisits(detail.id.description).path
    view.merge(PairingBlock(words: words).history(of: pairings)) { $1 }
    view["heading"] = words("pairing.helpers")
    view["story"] = story.view(detail.story)
    return site.page(
      "enterprise", view, title: enterprise.name, request: request, context: context,
      answersFor: .enterprise(detail.id.description))
  }
}

/// An enterprise in the reader's words.
struct EnterpriseView {
  let words: Wording
  let platform: Platform

  func line(_ id: EnterpriseID, _ enterprise: Enterprise, unitPath: String) -> View {
    let story = StoryView(words: words, platform: platform, now: platform.now())
    return [
      "url": Route.enterprise(id.description).path, "name": enterprise.name,
      "code": (enterprise.code ?? "").orFalse, "unit_path": unitPath,
      "industry": (enterprise.industry.map(story.industry) ?? "").orFalse,
      "statistical_kind":
        (enterprise.statisticalKind.map {
          words("statistical_kind.\($0.rawValue)")
        } ?? "").orFalse,
      "scale": (enterprise.scale.map { words("scale.\($0.rawValue)") } ?? "").orFalse,
      "status": words("enterprise_status.\(enterprise.status.rawValue)"),
      "is_normal": enterprise.status == .normal, "is_key": enterprise.isKey,
    ]
  }

  func listing(_ listing: WhiteListing, today: Day) -> View {
    let isOn = listing.validFrom <= today && (listing.validTo ?? today + 1) > today
    return [
      "level": words("white_list_level.\(listing.level.rawValue)"), "issuer": listing.issuer ?? "",
      "from": words.day(listing.validFrom), "to": (listing.validTo.map { words.day($0) }) ?? "",
      "is_on": isOn,
    ]
  }
}

extension Wording {
  func contact(_ contact: ShownContact) -> View {
    [
      "name": contact.name, "post": (contact.post ?? "").orFalse,
      "phone": (contact.phone ?? "").orFalse,
    ]
  }
}
