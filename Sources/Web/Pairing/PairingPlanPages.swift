import Domain
import HTTP
import HTTPTypes
import Hummingbird
import Services
import Storage

/// Plans of the pairing: computed, looked at, adopted or discarded.
struct PairingPlanPages: Sendable {
  let site: Site

  func addRoutes(to doors: Doors) {
    doors.get(.pairingPlans, use: list)
    doors.post(.pairingPlans, use: compute)
    doors.get(.pairingPlan(":id")) { request, context in try await show(nil, request, context) }
    doors.post(.pairingAdoption(":id"), use: adopt)
    doors.post(.pairingDiscard(":id"), use: discard)
  }

  private func list(_ request: Request, _ context: AppContext) async throws -> Response {
    let account = try context.signedIn()
    let words = site.words(context)
    let heads = try await ShowPairingPlans(site.platform)(for: account)
    let view: View = [
      "plans": heads.map { head -> View in
        PairingPlanView(words: words, site: site).row(head)
      }, "is_empty": heads.isEmpty, "url_list": Route.pairings.path,
    ]
    return site.page(
      "pairing-plans", view, title: words("pairing.plans"), request: request, context: context)
  }

  /// Nothing is kept of a computation that finds no pairing: the page says which rules stand against each
  /// other.
  private func compute(_ request: Request, _ context: AppContext) async throws -> Response {
    let account = try context.signedIn()
    let form = try await FormData(request, context)
    let words = site.words(context)
    guard let track = Track(pairing: form["track"]),
      let kind = PairingPlanRows.Kind(rawValue: form["kind"])
    else { throw RequestError.badForm }
    do {
      let id = try await PlanPairing(site.platform)(track, kind, by: account)
      return Site.redirect(to: Route.pairingPlan(id.description).path)
    } catch PairingRefusal.conflicts(let conflicts, let basis) {
      return conflictPage(conflicts, basis, track, kind, request, context)
    } catch let refusal as PairingRefusal {
      let view = ["text": PairingWords(words.catalogue).refusal(refusal).joined()] as View
      return conflictPage(view, track, kind, request, context)
    }
  }

  private func conflictPage(
    _ conflicts: [PairingConflict], _ basis: PairingBasis, _ track: Track,
    _ kind: PairingPlanRows.Kind, _ request: Request, _ context: AppContext
  ) -> Response {
    let pairing = PairingWords(site.words(context).catalogue)
    let views = conflicts.map { conflict -> View in
      let (summary, rules) = pairing.conflict(conflict, basis)
      return ["summary": summary, "rules": rules.map { ["text": $0] as View }]
    }
    return conflictPage(["conflicts": views], track, kind, request, context)
  }

  private func conflictPage(
    _ found: View, _ track: Track, _ kind: PairingPlanRows.Kind, _ request: Request,
    _ context: AppContext
  ) -> Response {
    let words = site.words(context)
    var view: View = ["conflicts": [View](), "text": false]
    view.merge(found) { $1 }
    view["track"] = track.rawValue
    view["track_name"] = site.name(of: track, words)
    view["kind"] = kind.rawValue
    view["url_list"] = Route.pairings.path(query: [("track", track.rawValue)])
    view["url_compute"] = Route.pairingPlans.path
    view["url_marks"] = Route.pairingMarks.path
    view["url_officials"] = Route.officials.path(query: [("track", track.rawValue)])
    view["url_import"] = Route.imports.path(query: [("kind", ImportKind.officials.rawValue)])
    return site.page(
      "pairing-conflicts", view, title: words("pairing.conflicts"), request: request,
      context: context, status: .unprocessableContent, answersFor: .pairingPlans)
  }

  // MARK: One plan

  /// What was sent and refused.
  struct Failure {
    let day: String
    let texts: [String]
    let status: HTTPResponse.Status
    /// What speaks against it now.
    var against: [String] = []
  }

  private func show(
    _ failure: Failure?, _ request: Request, _ context: AppContext
  ) async throws -> Response {
    let account = try context.signedIn()
    let id = PairingPlanID(try context.id())
    let words = site.words(context)
    let query = try PlanQuery(request)
    let detail = try await ShowPairingPlans(site.platform)(id, for: account)
    let page = try await ShowPairingPlans(site.platform).lines(
      of: id, changes: query.changes, county: query.county, after: query.after, for: account)
    let plan = PairingPlanView(words: words, site: site)
    var view = plan.page(detail)
    view.merge(plan.list(page, query, detail)) { $1 }
    view["day"] = failure?.day ?? site.platform.now().day.description
    view["has_faults"] = failure != nil
    // What has changed since is no fault of the day.
    view["day_fault"] = failure?.status == .unprocessableContent
    view["against"] = failure?.against.map { ["text": $0] as View } ?? []
    view["faults"] = failure?.texts.map { ["text": $0] as View } ?? []
    return site.page(
      "pairing-plan", view, title: plan.title(detail.head), request: request, context: context,
      status: failure?.status ?? .ok,
      answersFor: failure == nil ? nil : .pairingPlan(id.description))
  }

  /// So many are named of what speaks against a plan.
  private static let namedFindings = 10

  private func adopt(_ request: Request, _ context: AppContext) async throws -> Response {
    let account = try context.signedIn()
    let form = try await FormData(request, context)
    let id = PairingPlanID(try context.id())
    let words = site.words(context)
    let typed = form["day"].trimmed
    guard let day = Day(typed) else {
      let text = words("pairing.day_wrong", ["text": typed])
      return try await show(
        Failure(day: typed, texts: [text], status: .unprocessableContent), request, context)
    }
    do {
      _ = try await AdoptPairing(site.platform)(id, on: day, by: account)
      return Site.redirect(to: Route.pairingPlan(id.description).path)
    } catch let refusal as PairingRefusal {
      var failure = failure(refusal, day: typed, words)
      if case .stale(let findings) = refusal {
        let pairing = PairingWords(words.catalogue)
        failure.against = try await CheckPairing(site.platform).named(
          findings, for: account, limit: Self.namedFindings
        ).map { pairing.finding($0) }
      }
      return try await show(failure, request, context)
    }
  }

  private func discard(_ request: Request, _ context: AppContext) async throws -> Response {
    let account = try context.signedIn()
    _ = try await FormData(request, context)
    let id = PairingPlanID(try context.id())
    do {
      try await DiscardPairing(site.platform)(id, by: account)
      return Site.redirect(to: Route.pairingPlans.path)
    } catch let refusal as PairingRefusal {
      return try await show(
        failure(refusal, day: "", site.words(context)), request, context)
    }
  }

  private func failure(_ refusal: PairingRefusal, day: String, _ words: Wording) -> Failure {
    let status: HTTPResponse.Status =
      switch refusal {
      case .settled, .stale: .conflict
      default: .unprocessableContent
      }
    return Failure(
      day: day, texts: PairingWords(words.catalogue).refusal(refusal), status: status)
  }
}

/// Which pairs of a plan the address asks for.
struct PlanQuery {
  /// As the address has it: a change, all of them, or empty.
  let change: String
  let county: UnitID?
  let after: Int

  static let choices = [ShowPairingPlans.changed] + PlannedPair.Change.allCases.map(\.rawValue)
  /// A repair says only what it changes.
  static let choicesOfRepair = choices.filter {
    $0 != ShowPairingPlans.changed && $0 != PlannedPair.Change.kept.rawValue
  }

  /// - Throws: `RequestError.badQuery`
  init(_ request: Request) throws {
    let (county, after) = (request.query("county"), request.query("after"))
    change = request.query("change")
    self.county = UnitID(county)
    self.after = Int(after) ?? 0
    guard change.isEmpty || Self.choices.contains(change), county.isEmpty || self.county != nil,
      after.isEmpty || Int(after) != nil
    else { throw RequestError.badQuery }
  }

  /// None for all.
  var changes: [PlannedPair.Change] { ShowPairingPlans.changes(change) }

  var isFiltered: Bool { !change.isEmpty || county != nil }

  func path(of plan: PairingPlanID, after key: Int?) -> String {
    Route.pairingPlan(plan.description).path(query: [
      ("change", change), ("county", county?.description ?? ""),
      ("after", key.map { String($0) } ?? ""),
    ])
  }
}
