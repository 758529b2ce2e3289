import Domain
import Testing

/// Xuchang at published size (DOMAIN.md 1): nine counties, 107 townships, 2,349 villages, 3,975 enterprises and
/// the officials that were sent.
struct PublishedSizeTests {
  @Test func everyTargetHasSomebodyWithinEveryRule() throws {
    var world = PairingWorld(seed: 2021)
    (world.counties, world.townships, world.villages, world.enterprises) = (9, 12, 22, 444)
    (world.bureau, world.cityVillage, world.countyLeaders, world.countyOfficials) = (
      32, 251, 28, 245
    )
    (world.leaders, world.cityEnterprise, world.countyEnterprise) = (32, 430, 245)
    var facts = world.facts()
    // 108 townships of 22 villages are one and 27 more than were published.
    let last = facts.targets[.township]!.removeLast()
    facts.targets[.village]!.removeAll { $0.place == last.place }
    facts.targets[.village]!.removeLast(5)
    facts.targets[.enterprise]!.removeLast(9 * 444 - 3_975)
    #expect(
      PairingKind.allCases.map { facts.targets($0).count } == [3_975, 107, 2_349])
    for track in [Track.enterprise, .village] {
      let plan = try PlannerTests.plan(facts, track)
      let pairs = PlannerTests.pairs(plan, facts)
      #expect(
        PairingCheck.findings(pairs, facts, CampaignRules.shipped, track: track) == [])
      #expect(Double(plan.gap) <= 0.05 * Double(plan.bound), "\(plan.gap) above \(plan.bound)")
    }
  }
}
