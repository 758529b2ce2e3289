import Domain
import Storage

/// Computes a draft's bound again from the prices that are kept with it, against the registers as they are:
/// by weak duality alone, without the solver.
package struct VerifyPairing: Sendable {
  let platform: Platform

  package init(_ platform: Platform) { self.platform = platform }

  package struct Part: Sendable {
    package let kind: PairingKind
    package let stated: Int64
    package let computed: Int64
  }

  package struct Result: Sendable {
    package let parts: [Part]
    /// What the plan's pairs cost by the same code that weighs them one by one, and what it states.
    package let cost: Int64
    package let stated: Int64

    /// Whether no pairing under the rules can cost less than the plan says.
    package var holds: Bool {
      !parts.isEmpty && parts.allSatisfy { $0.computed == $0.stated } && cost == stated
    }
  }

  /// - Throws: `UseCaseError.forbidden`, `.notFound`, `PairingRefusal.settled` for what is no draft: since
  ///   it was adopted other pairs hold, and others would be kept.
  package func callAsFunction(_ id: PairingPlanID, for account: Account) async throws -> Result {
    guard account.may(.managePairing) else { throw UseCaseError.forbidden }
    let platform = platform
    let (head, detail, lines, basis) = try await platform.database.read { connection in
      guard let head = try PairingPlanRows.find(id, in: connection) else {
        throw UseCaseError.notFound
      }
      guard head.status == .draft, head.kind == .plan,
        let detail = try PairingPlanRows.detail(of: id, in: connection)
      else { throw PairingRefusal.settled }
      let rules = try PairingRulesFile.rules(Array(detail.rules.utf8))
      let basis = try PairingBasis.load(head.track, rules, platform, in: connection)
      return (head, detail, try PlannedPairRows.all(of: id, in: connection), basis)
    }
    let proofs = try PlanProof.read(detail.potentials)
    let figures = try PlanFigures(detail.figures)
    return try await computing {
      var parts: [Part] = []
      for proof in proofs {
        guard let kind = PairingKind(rawValue: proof.kind) else { continue }
        let market = PairingMarket(kind, in: proof.city, basis.facts, basis.rules)
        parts.append(
          Part(
            kind: kind, stated: proof.bound,
            computed: market.bound(proof.potentials(of: market, basis.facts))))
      }
      // Pairs by their own costs; loads, problems and cohesion as the figures have them.
      let shared = [PairingTerm.load, .problems, .cohesion].map { figures.terms[$0.rawValue] ?? 0 }
      let pairs = lines.filter { $0.change != .ended }.map(\.cost)
      return Result(
        parts: parts, cost: pairs.reduce(0, +) + shared.reduce(0, +), stated: head.cost)
    }
  }
}
