import Domain
import Optimizer
import Testing

/// A plan keeps to every rule, costs no more than its proof says any other could cost less, and is the same
/// each time.
struct PlannerTests {
  static let solve: PairingMarket.Solver = { try Optimizer.solve($0) }

  static func plan(
    _ facts: PairingFacts, _ track: Track, _ rules: PairingRules = CampaignRules.shipped
  ) throws -> PairingPlan {
    switch try PairingPlanner(facts, rules, solve: solve).plan(track) {
    case .plan(let plan): return plan
    case .conflicts(let conflicts):
      Issue.record("\(conflicts)")
      return try #require(nil as PairingPlan?)
    }
  }

  static func pairs(_ plan: PairingPlan, _ facts: PairingFacts) -> [PairingFacts.Current] {
    plan.pairs.map {
      .init(
        official: facts.officials[$0.official].id, target: facts.targets($0.kind)[$0.target].target)
    }
  }

  @Test(arguments: [Track.enterprise, .village], 1...8 as ClosedRange<UInt64>)
  func keepsToEveryRule(track: Track, seed: UInt64) throws {
    let facts = PairingWorld(seed: seed).facts()
    let plan = try Self.plan(facts, track)
    let pairs = Self.pairs(plan, facts)
    #expect(
      PairingCheck.findings(pairs, facts, CampaignRules.shipped, track: track) == [])
    #expect(plan.bound <= plan.cost)
    let again = try Self.plan(facts, track)
    #expect(again.pairs == plan.pairs)
  }

  @Test(arguments: 1...6 as ClosedRange<UInt64>)
  func isProvenByItsPricesAlone(seed: UInt64) throws {
    let facts = PairingWorld(seed: seed).facts()
    for track in [Track.enterprise, .village] {
      let plan = try Self.plan(facts, track)
      for proof in plan.proofs {
        let market = PairingMarket(proof.kind, in: proof.city, facts, CampaignRules.shipped)
        #expect(market.bound(proof.potentials) == proof.bound)
        // Any prices prove something, wrong ones less.
        var wrong = proof.potentials
        wrong.targets[0] += 1
        #expect(market.bound(wrong) <= proof.bound)
      }
    }
  }
}
