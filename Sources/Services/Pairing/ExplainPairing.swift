import Domain
import Storage

/// Why an official has a target, and what each other one would cost instead: at least, by the prices of a
/// plan made on the spot, so that the answer is of today.
package struct ExplainPairing: Sendable {
  let platform: Platform

  package init(_ platform: Platform) { self.platform = platform }

  package struct Choice: Sendable {
    package let official: OfficialID
    package let name: String
    package let unitPath: String
    package let terms: [PairingTerm: Int64]
    /// By how much the whole plan gets dearer at least if this official has the target.
    package let extra: Int64
    package let isPlanned: Bool
    package let holds: Bool
  }

  package struct Explanation: Sendable {
    package let target: String
    package let reasons: [PairingReason]
    /// The planned one first, then the next best.
    package let choices: [Choice]
    /// How many officials could have it under the rules.
    package let possible: Int
  }

  /// - Throws: `UseCaseError.forbidden`, `.notFound`, `PairingRefusal.conflicts`
  package func callAsFunction(
    _ target: PairingTarget, limit: Int = 6, for account: Account
  ) async throws -> Explanation {
    guard account.may(.managePairing) else { throw UseCaseError.forbidden }
    let (platform, track) = (platform, target.kind.track)
    let basis = try await platform.database.read {
      try PairingBasis.load(track, platform.pairingRules, platform, in: $0)
    }
    guard let index = basis.facts.targets(target.kind).firstIndex(where: { $0.target == target })
    else { throw UseCaseError.notFound }
    let found = try await computing { try Self.choices(index, target.kind, basis, limit) }
    return try await platform.database.read { connection in
      let officials = try PairingNames.of(
        found.choices.map(\.official), platform.vault, in: connection)
      return Explanation(
        target: try PairingNames.of([target], in: connection)[target] ?? "",
        reasons: found.reasons,
        choices: found.choices.map { choice in
          let official = officials[choice.official]
          return Choice(
            official: choice.official, name: official?.name ?? "",
            unitPath: official?.unitPath ?? "", terms: choice.terms,
            extra: choice.extra, isPlanned: choice.isPlanned, holds: choice.holds)
        }, possible: found.possible)
    }
  }

  private struct Found: Sendable {
    struct Choice: Sendable {
      let official: OfficialID
      let terms: [PairingTerm: Int64]
      let extra: Int64
      let isPlanned: Bool
      let holds: Bool
    }
    var reasons: [PairingReason] = []
    var choices: [Choice] = []
    var possible = 0
  }

  private static func choices(
    _ index: Int, _ kind: PairingKind, _ basis: PairingBasis, _ limit: Int
  ) throws -> Found {
    let facts = basis.facts
    let plan: PairingPlan
    switch try basis.planner.plan(basis.track) {
    case .plan(let found): plan = found
    case .conflicts(let conflicts): throw PairingRefusal.conflicts(conflicts, basis)
    }
    let city = facts.targets(kind)[index].place.city
    let market = PairingMarket(kind, in: city, facts, basis.rules)
    guard let proof = plan.proofs.first(where: { $0.kind == kind && $0.city == city }),
      let place = market.targets.firstIndex(of: index)
    else { return Found() }
    let planned = plan.pairs.filter { $0.kind == kind && $0.target == index }
    var found = Found(reasons: planned.first?.reasons ?? [])
    for (seat, member) in market.members.enumerated() where market.may(seat, place) {
      found.possible += 1
      let isPlanned = planned.contains { $0.official == member.official }
      let reduced =
        market.cost(seat, place) + proof.potentials.officials[seat]
        - proof.potentials.targets[place]
      found.choices.append(
        .init(
          official: facts.officials[member.official].id, terms: market.terms(seat, place),
          extra: isPlanned ? 0 : max(0, reduced - plan.gap), isPlanned: isPlanned,
          holds: market.current.contains(PairingMarket.key(seat, place))))
    }
    found.choices.sort {
      ($0.isPlanned ? 0 : 1, $0.extra, $0.official.value)
        < ($1.isPlanned ? 0 : 1, $1.extra, $1.official.value)
    }
    found.choices = Array(found.choices.prefix(limit))
    return found
  }
}
