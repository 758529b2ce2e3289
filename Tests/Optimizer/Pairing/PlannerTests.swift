import Domain
import Optimizer
import Testing

/// A plan keeps to every rule, is proven by its prices over all possible pairs, and is the same each time.
struct PlannerTests {
  static let solve: PairingMarket.Solver = { try Optimizer.solve($0) }

  static func plan(
    _ facts: PairingFacts, _ track: Track, _ rules: PairingRules = CampaignRules.shipped
  ) throws -> PairingPlan {
    let outcome = try PairingPlanner(facts, rules, solve: solve).plan(track)
    guard case .plan(let plan) = outcome else {
      Issue.record("\(outcome)")
      throw NoPlan()
    }
    return plan
  }

  struct NoPlan: Error {}

  static func pairs(_ plan: PairingPlan, _ facts: PairingFacts) -> [PairingFacts.Current] {
    plan.pairs.map {
      .init(
        official: facts.officials[$0.official].id, target: facts.targets($0.kind)[$0.target].target)
    }
  }

  /// The world after a year: last year's pairs, some officials gone, some marks made by hand.
  static func laterWorld(_ seed: UInt64, _ track: Track) throws -> PairingFacts {
    var facts = PairingWorld(seed: seed).facts()
    facts.current = pairs(try plan(facts, track), facts)
    var chance = PairingWorld.Chance(state: seed &* 77 | 1)
    // Those of the county alone: whoever is of the city has a place of their own in the numbers.
    let staff = facts.officials.filter { $0.level == .county && $0.rank == .section }
    let gone = Set(staff.shuffled(using: &chance).prefix(3).map(\.id))
    facts.officials.removeAll { gone.contains($0.id) }
    for pair in facts.current.shuffled(using: &chance).prefix(3) where !gone.contains(pair.official)
    {
      facts.marks.append(
        .init(
          kind: Bool.random(using: &chance) ? .fixed : .excluded, official: pair.official,
          target: pair.target, reason: .other))
    }
    return facts
  }

  @Test(arguments: [Track.enterprise, .village], 1...12 as ClosedRange<UInt64>)
  func keepsToEveryRule(track: Track, seed: UInt64) throws {
    for facts in [PairingWorld(seed: seed).facts(), try Self.laterWorld(seed, track)] {
      let plan = try Self.plan(facts, track)
      #expect(
        PairingCheck.findings(
          Self.pairs(plan, facts), facts, CampaignRules.shipped, track: track) == [])
      #expect(plan.bound <= plan.cost)
      let again = try Self.plan(facts, track)
      #expect(again.pairs == plan.pairs)
    }
  }

  /// Every possible pair written out and solved at once costs what the few pairs did that were priced in.
  @Test(arguments: [Track.enterprise, .village], 1...8 as ClosedRange<UInt64>)
  func costsWhatAllPairsTogetherWould(track: Track, seed: UInt64) throws {
    let facts = try Self.laterWorld(seed, track)
    for kind in PairingKind.kinds(of: track) {
      let market = PairingMarket(kind, in: 0, facts, CampaignRules.shipped)
      let assignment = dense(market)
      guard case .optimal(let all) = try Optimizer.solve(assignment),
        case .optimal(let few) = try market.optimum(Self.solve, each: 1)
      else {
        Issue.record("no pairing")
        return
      }
      #expect(few.cost == all.cost)
      #expect(market.bound(few.potentials) == all.cost)
    }
  }

  private func dense(_ market: PairingMarket) -> Assignment {
    var arcs: [Assignment.Arc] = []
    for member in market.members.indices {
      for target in market.targets.indices where market.may(member, target) {
        arcs.append(
          .init(
            official: Int32(member), target: Int32(target), cost: market.cost(member, target)))
      }
    }
    return Assignment(
      officials: market.members.map { .init(capacity: $0.capacity, minimum: $0.minimum) },
      demands: market.demands, arcs: arcs, loadCost: market.loadCost)
  }

  @Test(arguments: 1...6 as ClosedRange<UInt64>)
  func isProvenByItsPricesAlone(seed: UInt64) throws {
    let facts = PairingWorld(seed: seed).facts()
    for track in [Track.enterprise, .village] {
      for proof in try Self.plan(facts, track).proofs {
        let market = PairingMarket(proof.kind, in: proof.city, facts, CampaignRules.shipped)
        #expect(market.bound(proof.potentials) == proof.bound)
        // Any prices prove something, wrong ones never more.
        for target in proof.potentials.targets.indices.prefix(5) {
          for error: Int64 in [-7, 7] {
            var wrong = proof.potentials
            wrong.targets[target] += error
            #expect(market.bound(wrong) <= proof.bound)
          }
        }
      }
    }
  }

  /// 厅级: one township and three villages, those in that township.
  @Test(arguments: 1...6 as ClosedRange<UInt64>)
  func bureauRankHasThreeVillagesInItsTownship(seed: UInt64) throws {
    var world = PairingWorld(seed: seed)
    world.bureau = 5
    let facts = world.facts()
    let pairs = Self.pairs(try Self.plan(facts, .village), facts)
    for official in facts.officials where official.rank == .bureau && official.track == .village {
      let own = pairs.filter { $0.official == official.id }
      let township = own.compactMap { pair in
        facts.targets(.township).first { $0.target == pair.target }?.place.township
      }
      let villages = own.compactMap { pair in
        facts.targets(.village).first { $0.target == pair.target }?.place.township
      }
      #expect(township.count == 1 && villages == Array(repeating: township[0], count: 3))
    }
  }

  /// Nobody is paired who is of the other track.
  @Test(arguments: 1...4 as ClosedRange<UInt64>)
  func tracksShareNobody(seed: UInt64) throws {
    let facts = PairingWorld(seed: seed).facts()
    let enterprise = Set(Self.pairs(try Self.plan(facts, .enterprise), facts).map(\.official))
    let village = Set(Self.pairs(try Self.plan(facts, .village), facts).map(\.official))
    #expect(enterprise.isDisjoint(with: village))
    #expect(enterprise.count > 0 && village.count > 0)
  }

  /// Whoever had it keeps it, where nothing else has changed.
  @Test(arguments: [Track.enterprise, .village])
  func keepsLastYearsPairs(track: Track) throws {
    var facts = PairingWorld(seed: 3).facts()
    facts.current = Self.pairs(try Self.plan(facts, track), facts)
    let again = try Self.plan(facts, track)
    #expect(Set(Self.pairs(again, facts)) == Set(facts.current))
    #expect(again.pairs.allSatisfy { $0.reasons.contains(.kept) })
  }

  @Test func fixedPairsStayWhateverTheyCost() throws {
    var facts = PairingWorld(seed: 5).facts()
    let firm = facts.targets(.enterprise)[0]
    // Of another county, which no rule would let near.
    let stranger = try #require(
      facts.officials.first { $0.track == .enterprise && $0.place.county > firm.place.county })
    facts.marks = [
      .init(kind: .fixed, official: stranger.id, target: firm.target, reason: .experience)
    ]
    let plan = try Self.plan(facts, .enterprise)
    #expect(
      Self.pairs(plan, facts).contains { $0.official == stranger.id && $0.target == firm.target })
  }

  /// The heavier a weight, the less of what it is about.
  @Test func colleaguesComeTogetherWhereThatCostsLittle() throws {
    let facts = PairingWorld(villages: 8, countyOfficials: 38, seed: 9).facts()
    func scattered(_ weight: Int64) throws -> Int {
      var rules = CampaignRules.shipped
      rules.weights.cohesion = weight
      let plan = try Self.plan(facts, .village, rules)
      var townships: [UnitID: Set<Int32>] = [:]
      for pair in plan.pairs where pair.kind == .village {
        townships[facts.officials[pair.official].unit, default: []].insert(
          facts.targets(.village)[pair.target].place.township)
      }
      return townships.values.reduce(0) { $0 + $1.count - 1 }
    }
    #expect(try scattered(20) < scattered(0))
  }

  /// One official with far more targets than loads have prices of their own.
  @Test func theBoundHoldsForAnyLoad() throws {
    var rules = CampaignRules.shipped
    for index in rules.groups.indices where rules.groups[index].enterprises != nil {
      rules.groups[index].enterprises = .init(min: 0, max: 60)
    }
    var facts = PairingWorld(
      counties: 1, enterprises: 48, leaders: 0, cityEnterprise: 0, countyEnterprise: 1
    )
    .facts()
    facts.marks = []
    let plan = try Self.plan(facts, .enterprise, rules)
    #expect(plan.pairs.count == 48)
    let market = PairingMarket(.enterprise, in: 0, facts, rules)
    #expect(market.bound(plan.proofs[0].potentials) == plan.proofs[0].bound)
    #expect(plan.terms[.load] == (0..<48).reduce(0) { $0 + market.load(beside: $1) })
  }
}
