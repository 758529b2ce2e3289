import Domain
import HTTP
import Hummingbird
import Services
import Storage

/// 结对: how far every enterprise, township and village has its official, and what is not as it should be.
struct PairingPages: Sendable {
  let site: Site

  func addRoutes(to doors: Doors) {
    doors.get(.pairings, use: overview)
    PairingPlanPages(site: site).addRoutes(to: doors)
    PairingExplanationPages(site: site).addRoutes(to: doors)
    PairingMarkPages(site: site).addRoutes(to: doors)
    PairingBoardPages(site: site).addRoutes(to: doors)
  }

  private func overview(_ request: Request, _ context: AppContext) async throws -> Response {
    let account = try context.signedIn()
    let words = site.words(context)
    let track = try request.pairingTrack()
    let result = try await CheckPairing(site.platform)(track, for: account)
    var view = PairingOverview(words: words, result: result).view
    view["tabs"] = site.tabs(track, at: .pairings, words)
    view["may_manage"] = account.may(.managePairing)
    view["url_plans"] = Route.pairingPlans.path
    view["url_marks"] = Route.pairingMarks.path
    view["url_board"] = Route.pairingBoard.path(query: [("track", track.rawValue)])
    return site.page(
      "pairing-overview", view, title: words("pairing.title"), request: request,
      context: context)
  }
}

extension Site {
  /// A tab for each of the two tracks.
  func tabs(
    _ chosen: Track, at route: Route, more: [(String, String)] = [], _ words: Wording
  ) -> [View] {
    Track.paired.map { track in
      [
        "name": name(of: track, words), "current": track == chosen,
        "url": route.path(query: [("track", track.rawValue)] + more),
      ]
    }
  }

  func name(of track: Track, _ words: Wording) -> String {
    platform.procedures[track].map { words.pick($0.zh, $0.en) } ?? track.rawValue
  }
}

/// What holds today against the rules, in the reader's words.
struct PairingOverview {
  let words: Wording
  let result: CheckPairing.Result

  private var pairing: PairingWords { PairingWords(words.catalogue) }

  var view: View {
    let covered = result.counties.reduce(0) { $0 + $1.covered }
    let none = covered == 0
    return [
      "track": result.track.rawValue,
      "kinds": PairingKind.kinds(of: result.track).map(kind), "is_unpaired": none,
      "is_empty": result.counties.isEmpty, "needs_repair": !none && result.count > 0,
      "is_whole": !none && result.count == 0,
      "officials": words(
        "pairing.officials",
        ["n": String(result.officials), "engaged": String(result.engaged)]),
      // Where nobody has anybody a list of everybody would say nothing.
      "groups": none ? [] : groups, "count": String(result.count),
      "is_cut": !none && result.count > result.findings.count,
      "shown": words(
        "pairing.shown_of", ["n": String(result.findings.count), "all": String(result.count)]),
    ]
  }

  private func kind(_ kind: PairingKind) -> View {
    let lines = result.counties.filter { $0.kind == kind }
    let sum = lines.reduce(into: (targets: 0, covered: 0)) {
      $0.targets += $1.targets
      $0.covered += $1.covered
    }
    var rows = lines.map { row($0.name, $0.targets, $0.covered) }
    if lines.count > 1 {
      var total = row(words("pairing.all"), sum.targets, sum.covered)
      total["is_total"] = true
      rows.append(total)
    }
    return ["kind": pairing.kind(kind), "rows": rows]
  }

  private func row(_ name: String, _ targets: Int, _ covered: Int) -> View {
    [
      "name": name.isEmpty ? words("pairing.no_county") : name, "targets": String(targets),
      "covered": String(covered), "missing": String(targets - covered),
      "share": Measure.percent(covered, of: targets),
      "measure": Measure.html(covered, of: targets), "is_total": false,
    ]
  }

  /// By what is wrong, so that what to do is said once.
  private var groups: [View] {
    var order: [String] = []
    var found: [String: [CheckPairing.Finding]] = [:]
    for finding in result.findings {
      let name = finding.finding.name
      if found[name] == nil { order.append(name) }
      found[name, default: []].append(finding)
    }
    return order.map { name in
      let some = found[name] ?? []
      return [
        "name": words("pairing.found.\(name)"), "advice": words("pairing.advice.\(name)"),
        "count": String(some.count), "open": order.count == 1 || some.count <= 10,
        "findings": some.map { finding in
          [
            "text": pairing.finding(finding),
            "url": url(finding.finding).orFalse,
          ] as View
        },
      ]
    }
  }

  private func url(_ finding: PairingCheck.Finding) -> String {
    finding.target?.url ?? finding.official.map { Route.official($0.description).path } ?? ""
  }
}
