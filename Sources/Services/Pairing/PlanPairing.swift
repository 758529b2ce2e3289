import Cryptography
import Domain
import Storage

/// Computes who should be in charge of whom, and keeps it as a draft to be looked at.
package struct PlanPairing: Sendable {
  let platform: Platform

  package init(_ platform: Platform) { self.platform = platform }

  /// - Parameter rules: other ones than the product's.
  /// - Throws: `UseCaseError.forbidden`, `PairingRefusal.conflicts`
  package func callAsFunction(
    _ track: Track, _ kind: PairingPlanRows.Kind = .plan, rules: PairingRules? = nil,
    by account: Account
  ) async throws -> PairingPlanID {
    guard account.may(.managePairing) else { throw UseCaseError.forbidden }
    let (now, platform) = (platform.now(), platform)
    let basis = try await platform.database.read { connection in
      try PairingBasis.load(track, rules ?? platform.pairingRules, platform, in: connection)
    }
    let id = PairingPlanID(Identifiers.shared.next(now))
    let draft = try await computing {
      try kind == .plan ? Draft.plan(basis, id, now) : Draft.repair(basis, id, now)
    }
    try await platform.database.write { connection in
      try PairingPlanRows.add(
        draft.head, draft.detail, draft.lines, at: now, by: account.actor, in: connection)
    }
    return id
  }

  /// What is stored of a computation.
  struct Draft: Sendable {
    let head: PairingPlanRows.Head
    let detail: PairingPlanRows.Detail
    let lines: [PlannedPair]

    static func plan(_ basis: PairingBasis, _ id: PairingPlanID, _ now: Instant) throws -> Draft {
      let (facts, rules) = (basis.facts, basis.rules)
      switch try basis.planner.plan(basis.track) {
      case .conflicts(let conflicts): throw PairingRefusal.conflicts(conflicts, basis)
      case .plan(let plan):
        let lines = PlanDifference.lines(
          plan.pairs.map {
            .init(
              pair: .init(
                official: facts.officials[$0.official].id,
                target: facts.targets($0.kind)[$0.target].target),
              cost: $0.cost, reasons: $0.reasons)
          }, basis)
        let proofs = plan.proofs.map {
          PlanProof($0, PairingMarket($0.kind, in: $0.city, facts, rules), facts)
        }
        return try Draft(
          basis, id, .plan, lines, cost: plan.cost, bound: plan.bound,
          PlanFigures(lines, terms: plan.terms, basis), proofs, now)
      }
    }

    static func repair(_ basis: PairingBasis, _ id: PairingPlanID, _ now: Instant) throws -> Draft {
      switch try basis.planner.repair(basis.track) {
      case .conflicts(let conflicts): throw PairingRefusal.conflicts(conflicts, basis)
      case .repair(let repair):
        let lines = PlanDifference.lines(
          repair.pairs.map { .init(pair: $0, cost: 0, reasons: []) }, basis)
        return try Draft(
          basis, id, .repair, lines, cost: Int64(repair.uncovered + repair.moved),
          // Who had nobody must get somebody: no repair changes fewer.
          bound: Int64(repair.uncovered),
          PlanFigures(
            lines, terms: [:], basis, uncovered: repair.uncovered, moved: repair.moved), [], now)
      }
    }

    private init(
      _ basis: PairingBasis, _ id: PairingPlanID, _ kind: PairingPlanRows.Kind,
      _ lines: [PlannedPair], cost: Int64, bound: Int64, _ figures: PlanFigures,
      _ proofs: [PlanProof], _ now: Instant
    ) throws {
      let rules = try PairingRulesFile.text(basis.rules)
      let potentials = try PlanProof.bytes(proofs)
      let pairs = lines.filter { $0.change != .ended }
      let text = pairs.map { "\($0.target.kind.rawValue) \($0.target.id) \($0.official)\n" }
        .joined()
      let digest = Digest.sha256(Array(rules.utf8) + Array(text.utf8) + potentials).hex
      head = PairingPlanRows.Head(
        id: id, track: basis.track, kind: kind, rules: basis.rules.name,
        rulesVersion: basis.rules.version, digest: digest, computedAt: now, cost: cost,
        bound: bound, pairs: pairs.count, changed: lines.filter { $0.change != .kept }.count)
      detail = .init(figures: try figures.text(), rules: rules, potentials: potentials)
      // What a repair leaves alone is not written out again.
      self.lines = kind == .plan ? lines : lines.filter { $0.change != .kept }
    }
  }
}

/// What a plan changes against what holds now.
enum PlanDifference {
  struct Chosen {
    let pair: PairingFacts.Current
    let cost: Int64
    let reasons: [PairingReason]
  }

  /// In the order of the places; what ends without anything in its stead comes where its target stood.
  static func lines(_ chosen: [Chosen], _ basis: PairingBasis) -> [PlannedPair] {
    var held: [PairingTarget: [OfficialID]] = [:]
    for pair in basis.facts.current { held[pair.target, default: []].append(pair.official) }
    var targets: [PairingTarget: PairingFacts.Target] = [:]
    for kind in PairingKind.kinds(of: basis.track) {
      for target in basis.facts.targets(kind) { targets[target.target] = target }
    }
    let kept = Set(chosen.map(\.pair)).intersection(basis.facts.current)
    for pair in kept { held[pair.target]?.removeAll { $0 == pair.official } }
    var lines: [PlannedPair] = []
    for item in chosen {
      let target = item.pair.target
      let isKept = kept.contains(item.pair)
      let previous = isKept ? nil : held[target]?.popLast()
      lines.append(
        PlannedPair(
          target: target, official: item.pair.official,
          county: targets[target].flatMap { basis.county(of: $0) },
          change: isKept ? .kept : previous == nil ? .new : .replaced, previous: previous,
          cost: item.cost, reasons: item.reasons))
    }
    for (target, officials) in held {
      for official in officials {
        lines.append(
          PlannedPair(
            target: target, official: official,
            county: targets[target].flatMap { basis.county(of: $0) }, change: .ended,
            previous: nil, cost: 0, reasons: []))
      }
    }
    let places = targets.mapValues(\.place)
    let last = PairingFacts.Place(city: .max)
    return lines.sorted {
      let (a, b) = (places[$0.target] ?? last, places[$1.target] ?? last)
      if a != b { return a < b }
      return ($0.target.kind.rawValue, $0.target.id, $0.official.value)
        < ($1.target.kind.rawValue, $1.target.id, $1.official.value)
    }
  }
}
