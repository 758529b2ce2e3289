import Domain
import Services
import Storage

/// What is said of pairings, on pages and on the command line alike.
package struct PairingWords {
  let catalogue: Catalogue

  package init(_ catalogue: Catalogue) { self.catalogue = catalogue }

  private func say(_ key: String, _ arguments: [String: String] = [:]) -> String {
    catalogue.text("pairing.\(key)", arguments)
  }

  package func reason(_ reason: PairingReason) -> String {
    switch reason {
    case .fixed: say("reason.fixed")
    case .kept: say("reason.kept")
    case .ownTownship: say("reason.own_township")
    case .ownCounty: say("reason.own_county")
    case .city: say("reason.city")
    case .elsewhere: say("reason.elsewhere")
    case .expertise(let known, let open):
      say("reason.expertise", ["known": "\(known)", "open": "\(open)"])
    case .key(let rank): say("reason.key", ["rank": catalogue.text("rank.\(rank.rawValue)")])
    case .colleagues(let count): say("reason.colleagues", ["n": "\(count)"])
    }
  }

  package func reasons(_ reasons: [PairingReason]) -> String {
    reasons.map(reason).joined(separator: say("list"))
  }

  package func kind(_ kind: PairingKind) -> String { say("kind.\(kind.rawValue)") }

  package func term(_ term: PairingTerm) -> String { say("term.\(term.rawValue)") }

  /// `襄城县：村（社区）266 个，县区科级干部 254 人、每人最多 1 个，剩 12 个没有人`, then the rules that meet there.
  package func conflict(
    _ conflict: PairingConflict, _ basis: PairingBasis
  ) -> (summary: String, rules: [String]) {
    let places = conflict.rules.compactMap { rule -> String? in
      if case .coverage(_, let county) = rule { basis.name(place: county) } else { nil }
    }
    let supplies = conflict.supplies.map { supply in
      say(
        "conflict.supply",
        [
          "group": group(supply.group, basis), "n": "\(supply.officials)",
          "max": "\(supply.quota)", "min": "\(supply.minimum)",
        ])
    }
    let arguments = [
      "place": places.isEmpty ? say("conflict.city") : places.joined(separator: say("list")),
      "kind": kind(conflict.kind), "wanted": "\(conflict.wanted)",
      "left": "\(conflict.leftOver)", "missing": "\(conflict.missing)",
      "supplies": supplies.isEmpty
        ? say("conflict.nobody") : supplies.joined(separator: say("list")),
    ]
    let key =
      conflict.rules.contains { if case .minimum = $0 { true } else { false } }
      ? "conflict.minimum" : "conflict.left_over"
    return (say(key, arguments), conflict.rules.map { rule($0, basis) })
  }

  private func group(_ number: Int, _ basis: PairingBasis) -> String {
    let group = basis.rules.groups[number]
    return catalogue.language == .zh ? group.zh : group.en
  }

  private func rule(_ rule: PairingRule, _ basis: PairingBasis) -> String {
    switch rule {
    case .coverage(let kind, let county):
      say(
        "rule.coverage",
        [
          "kind": self.kind(kind), "place": basis.name(place: county),
          "n": "\(basis.rules.coverage(kind))",
        ])
    case .quota(let number, let kind):
      say(
        "rule.quota",
        [
          "group": group(number, basis), "kind": self.kind(kind),
          "n": "\(basis.rules.groups[number].quota(kind)?.max ?? 0)",
        ])
    case .minimum(let number, let kind):
      say(
        "rule.minimum",
        [
          "group": group(number, basis), "kind": self.kind(kind),
          "n": "\(basis.rules.groups[number].quota(kind)?.min ?? 0)",
        ])
    case .within(let number):
      say(
        "rule.within.\(basis.rules.groups[number].within.rawValue)",
        ["group": group(number, basis)])
    case .onlyKey(let number): say("rule.only_key", ["group": group(number, basis)])
    case .linkedTownship(let number):
      say("rule.linked_township", ["group": group(number, basis)])
    case .home: say("rule.home")
    case .mark(let number):
      say(
        basis.facts.marks[number].kind == .fixed ? "rule.fixed" : "rule.excluded",
        [
          "official": basis.facts.marks[number].official.description,
          "target": self.target(basis.facts.marks[number].target, basis),
        ])
    }
  }

  private func target(_ target: PairingTarget, _ basis: PairingBasis) -> String {
    target.unit.flatMap { basis.tree.names[$0] } ?? "\(kind(target.kind)) \(target.id)"
  }

  package func finding(_ found: CheckPairing.Finding) -> String {
    var arguments = ["target": found.target ?? "", "official": found.official ?? say("unnamed")]
    switch found.finding {
    case .uncovered(let target, let missing):
      arguments["n"] = "\(missing)"
      arguments["kind"] = kind(target.kind)
    case .overCovered(let target, let has, let demand):
      (arguments["kind"], arguments["has"]) = (kind(target.kind), "\(has)")
      arguments["n"] = "\(demand)"
    case .overQuota(_, let kind, let has, let quota):
      (arguments["kind"], arguments["has"]) = (self.kind(kind), "\(has)")
      arguments["n"] = "\(quota)"
    case .belowMinimum(_, let kind, let has, let minimum):
      (arguments["kind"], arguments["has"]) = (self.kind(kind), "\(has)")
      arguments["n"] = "\(minimum)"
    case .noPart, .noTarget, .outOfReach, .forbidden, .unfulfilled, .bothTracks: break
    }
    return say("finding.\(found.finding.name)", arguments)
  }

  /// Why nothing was done, a line each; nil of conflicts, which have a page of their own.
  package func refusal(_ refusal: PairingRefusal) -> [String] {
    switch refusal {
    case .conflicts(let conflicts, let basis): conflicts.map { conflict($0, basis).summary }
    case .settled: [say("refusal.settled")]
    case .stale(let findings):
      [say("refusal.stale", ["n": "\(findings.count)"])]
    case .superseded: [say("refusal.superseded")]
    case .beforeComing(let day): [say("refusal.before_coming", ["day": day.description])]
    case .past: [say("refusal.past")]
    case .tooFar: [say("refusal.too_far")]
    case .unknownOfficial: [say("refusal.unknown_official")]
    case .unknownTarget: [say("refusal.unknown_target")]
    case .marked: [say("refusal.marked")]
    case .rules(let fault): [say("refusal.rules", ["fault": fault])]
    }
  }
}
