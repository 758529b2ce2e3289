import Domain
import Optimizer
import Testing

/// A repair gives everybody somebody again and touches no pair that it need not.
struct RepairTests {
  private func repair(
    _ facts: PairingFacts, _ track: Track, _ rules: PairingRules = CampaignRules.shipped
  ) throws -> PairingPlanner.Repair {
    let outcome = try PairingPlanner(facts, rules, solve: PlannerTests.solve).repair(track)
    guard case .repair(let repair) = outcome else {
      Issue.record("\(outcome)")
      throw PlannerTests.NoPlan()
    }
    return repair
  }

  /// Three officials leave: their targets get others, nothing else changes, since others have room.
  @Test(arguments: [Track.enterprise, .village], 1...10 as ClosedRange<UInt64>)
  func onlyWhoLostTheirsChange(track: Track, seed: UInt64) throws {
    var facts = PairingWorld(countyOfficials: 30, seed: seed).facts()
    facts.current = PlannerTests.pairs(try PlannerTests.plan(facts, track), facts)
    var chance = PairingWorld.Chance(state: seed &* 31 | 1)
    let busy = Set(facts.current.map(\.official))
    let gone = Set(
      facts.officials.filter { busy.contains($0.id) && $0.level == .county }
        .shuffled(using: &chance).prefix(3).map(\.id))
    facts.officials.removeAll { gone.contains($0.id) }
    let lost = Set(facts.current.filter { gone.contains($0.official) }.map(\.target))
    let repair = try repair(facts, track)
    #expect(repair.uncovered == lost.count && repair.moved == 0)
    let standing = facts.current.filter { !gone.contains($0.official) }
    #expect(Set(standing).isSubset(of: repair.pairs))
    let wrong = PairingCheck.findings(repair.pairs, facts, CampaignRules.shipped, track: track)
      .filter { if case .belowMinimum = $0 { false } else { true } }
    #expect(wrong == [])
  }

  @Test(arguments: [Track.enterprise, .village])
  func nothingToDoChangesNothing(track: Track) throws {
    var facts = PairingWorld(seed: 8).facts()
    facts.current = PlannerTests.pairs(try PlannerTests.plan(facts, track), facts)
    let repair = try repair(facts, track)
    #expect(Set(repair.pairs) == Set(facts.current) && repair.uncovered == 0 && repair.moved == 0)
  }

  /// A village loses its official. The only one who is free comes from that village: somebody must make
  /// room, and one is enough.
  @Test func somebodyMakesRoomWhereNobodyElseCan() throws {
    let place = PairingFacts.Place(city: 0, county: 1, township: 2)
    var facts = PairingFacts(places: [UnitID(1), UnitID(2), UnitID(3)])
    let villages = (1...3).map { PairingTarget.village(UnitID(Int64(10 + $0))) }
    facts.targets = [.village: villages.map { .init($0, place: place) }, .township: []]
    func official(_ id: Int64, home: UnitID? = nil) -> PairingFacts.Official {
      .init(
        id: OfficialID(id), unit: UnitID(2), level: .county, rank: .section, track: .village,
        place: .init(city: 0, county: 1), home: home)
    }
    // Official 101 has village 1, 102 village 2; 103 had village 3 and left; 104 is from there.
    facts.officials = [official(101), official(102), official(104, home: UnitID(13))]
    facts.current = zip([101, 102, 103], villages).map {
      .init(official: OfficialID($0), target: $1)
    }
    let repair = try repair(facts, .village)
    #expect(repair.uncovered == 1 && repair.moved == 1)
    #expect(Set(repair.pairs.map(\.target)) == Set(villages))
    #expect(!repair.pairs.contains { $0.official == OfficialID(104) && $0.target == villages[2] })
  }

  /// A new firm gets somebody, the others stay.
  @Test func aNewFirm() throws {
    var facts = PairingWorld(seed: 7).facts()
    facts.current = PlannerTests.pairs(try PlannerTests.plan(facts, .enterprise), facts)
    let before = Set(facts.current)
    facts.targets[.enterprise]!.append(
      .init(.enterprise(EnterpriseID(99)), place: facts.targets(.enterprise)[0].place))
    let repair = try repair(facts, .enterprise)
    #expect(repair.uncovered == 1 && repair.moved == 0)
    #expect(before.isSubset(of: repair.pairs) && repair.pairs.count == before.count + 1)
  }

  @Test func whatCannotBeRepairedIsAConflict() throws {
    var facts = PairingWorld(seed: 7).facts()
    facts.officials.removeAll { $0.track == .enterprise }
    guard
      case .conflicts(let found) = try PairingPlanner(
        facts, CampaignRules.shipped, solve: PlannerTests.solve
      ).repair(.enterprise)
    else {
      Issue.record("repaired without officials")
      return
    }
    #expect(found.map(\.leftOver).reduce(0, +) == facts.targets(.enterprise).count)
  }
}
