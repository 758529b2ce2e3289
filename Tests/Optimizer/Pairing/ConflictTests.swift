import Domain
import Optimizer
import Testing

/// Where there is no pairing the answer names rules that cannot hold together, none of which can be left out,
/// and how many targets are left over.
struct ConflictTests {
  private func conflicts(
    _ facts: PairingFacts, _ track: Track, _ rules: PairingRules = CampaignRules.shipped
  ) throws -> [PairingConflict] {
    guard
      case .conflicts(let found) = try PairingPlanner(facts, rules, solve: PlannerTests.solve)
        .plan(track)
    else { return [] }
    return found
  }

  private func county(_ facts: PairingFacts, _ number: Int64) -> Int32 {
    Int32(facts.places.firstIndex(of: UnitID(100 + number))!)
  }

  /// Each county has 20 villages; one is left with 9 officials of its own, and nobody from the city.
  @Test func aCountyWithTooFewOfficials() throws {
    var facts = PairingWorld(countyLeaders: 0, bureau: 0, cityVillage: 0).facts()
    // Somebody must be linked to the townships all the same.
    facts.targets[.township] = []
    let place = county(facts, 1)
    var left = 0
    facts.officials.removeAll {
      guard $0.track == .village, $0.place.county == place else { return false }
      left += 1
      return left > 9
    }
    let found = try conflicts(facts, .village)
    let conflict = try #require(found.first)
    let section = try #require(
      CampaignRules.shipped.groups.firstIndex { $0.code == "county_section" })
    #expect(found.count == 1)
    #expect(
      Set(conflict.rules) == [
        .coverage(.village, county: place), .quota(section, .village), .within(section),
      ])
    #expect(conflict.wanted == 20 && conflict.leftOver == 11)
    #expect(conflict.supplies.map(\.officials) == [9])
    #expect(conflict.supplies.map(\.quota) == [1])
  }

  /// Two counties are short: both are told.
  @Test func everyConflictIsTold() throws {
    var facts = PairingWorld(countyLeaders: 0, bureau: 0, cityVillage: 0).facts()
    facts.targets[.township] = []
    let short: Set<Int32> = [county(facts, 0), county(facts, 2)]
    facts.officials.removeAll { $0.track == .village && short.contains($0.place.county) }
    let found = try conflicts(facts, .village)
    let places = found.flatMap(\.rules).compactMap { rule -> Int32? in
      if case .coverage(_, let county) = rule { county } else { nil }
    }
    #expect(Set(places) == short)
    #expect(found.map(\.leftOver).reduce(0, +) == 40)
  }

  @Test func noOfficialsAtAll() throws {
    var facts = PairingWorld().facts()
    facts.officials = []
    for track in [Track.enterprise, .village] {
      let found = try conflicts(facts, track)
      #expect(!found.isEmpty)
      #expect(found.allSatisfy { $0.leftOver == $0.wanted && $0.supplies.isEmpty })
    }
  }

  @Test func everybodyIsExcluded() throws {
    var facts = PairingWorld(seed: 2).facts()
    let firm = facts.targets(.enterprise)[3]
    facts.marks = facts.officials.filter { $0.track != .village }.map {
      .init(kind: .excluded, official: $0.id, target: firm.target, reason: .familyFirm)
    }
    let conflict = try #require(try conflicts(facts, .enterprise).first)
    #expect(conflict.leftOver == 1)
    // Only those who could serve it but for the mark are in the way; each of them alone is enough.
    let could = facts.officials.filter {
      $0.track == .enterprise && $0.rank == .section
        && ($0.place.county == firm.place.county || $0.level == .city)
    }
    let marks = conflict.rules.filter { if case .mark = $0 { true } else { false } }
    #expect(marks.count >= could.count && marks.count < facts.marks.count)
    #expect(conflict.rules.contains(.coverage(.enterprise, county: firm.place.county)))
  }

  /// Two fixed pairs for an official who may have one village.
  @Test func contradictoryPins() throws {
    var facts = PairingWorld(seed: 4).facts()
    let official = try #require(
      facts.officials.first { $0.level == .county && $0.rank == .section && $0.track == .village })
    let villages = facts.targets(.village).filter { $0.place.county == official.place.county }
    facts.marks = villages.prefix(2).map {
      .init(kind: .fixed, official: official.id, target: $0.target, reason: .other)
    }
    let conflict = try #require(try conflicts(facts, .village).first)
    #expect(conflict.rules.contains(.mark(0)) && conflict.rules.contains(.mark(1)))
    #expect(conflict.leftOver == 1)
    // Fixed and excluded at once.
    facts.marks = [
      .init(kind: .fixed, official: official.id, target: villages[0].target, reason: .other),
      .init(kind: .excluded, official: official.id, target: villages[0].target, reason: .conflict),
    ]
    let other = try #require(try conflicts(facts, .village).first)
    #expect(Set(other.rules).isSuperset(of: [.mark(0), .mark(1)]))
  }

  /// Two officials fixed to one village.
  @Test func twoPinsOnOneVillage() throws {
    var facts = PairingWorld(seed: 4).facts()
    let village = facts.targets(.village)[0]
    let staff = facts.officials.filter {
      $0.place.county == village.place.county && $0.rank == .section && $0.track == .village
    }
    facts.marks = staff.prefix(2).map {
      .init(kind: .fixed, official: $0.id, target: village.target, reason: .other)
    }
    let found = try conflicts(facts, .village)
    #expect(found.map(\.leftOver) == [1])
    #expect(
      found.map(\.rules) == [
        [.mark(0), .mark(1), .coverage(.village, county: village.place.county)]
      ])
  }

  /// A fixed pair of somebody who left, or is of the other track.
  @Test func aPinNobodyCanKeep() throws {
    var facts = PairingWorld(seed: 4).facts()
    facts.marks = [
      .init(
        kind: .fixed, official: OfficialID(1), target: facts.targets(.village)[0].target,
        reason: .other)
    ]
    #expect(try conflicts(facts, .village).map(\.rules) == [[.mark(0)]])
  }

  /// More officials with a minimum than there are targets.
  @Test func minimaThatWantMoreThanThereIs() throws {
    let facts = PairingWorld(enterprises: 4, countyEnterprise: 9, seed: 6).facts()
    let found = try conflicts(facts, .enterprise)
    #expect(!found.isEmpty)
    #expect(
      found.allSatisfy { conflict in
        conflict.rules.contains { if case .minimum = $0 { true } else { false } }
      })
  }

  /// Without any one of them, the others of a conflict can hold.
  @Test(arguments: 1...6 as ClosedRange<UInt64>)
  func isIrreducible(seed: UInt64) throws {
    var facts = PairingWorld(countyOfficials: 8, seed: seed).facts()
    facts.marks = facts.officials.prefix(30).map {
      .init(
        kind: .excluded, official: $0.id, target: facts.targets(.village)[Int(seed)].target,
        reason: .conflict)
    }
    let found = try conflicts(facts, .village)
    let first = try #require(found.first { $0.kind == .village })
    let places = Set(facts.targets(.village).map(\.place.county))
    let named: Set<Int32> = Set(
      first.rules.compactMap { if case .coverage(_, let county) = $0 { county } else { nil } })
    let elsewhere = places.subtracting(named).map { PairingRule.coverage(.village, county: $0) }
    func isFeasible(_ dropped: Set<PairingRule>) throws -> Bool {
      let market = PairingMarket(
        .village, in: 0, facts, CampaignRules.shipped, dropping: dropped)
      if case .optimal = try market.optimum(PlannerTests.solve) { return true }
      return false
    }
    let all = allRules(facts)
    let others = Set(all).subtracting(first.rules).union(elsewhere)
    #expect(try !isFeasible(others))
    for rule in first.rules { #expect(try isFeasible(others.union([rule])), "\(rule)") }
  }

  private func allRules(_ facts: PairingFacts) -> [PairingRule] {
    let groups = CampaignRules.shipped.groups.indices
    return facts.marks.indices.map { .mark($0) } + [.home] + groups.map { .onlyKey($0) }
      + groups.map { .within($0) } + groups.map { .quota($0, .village) }
      + groups.map { .minimum($0, .village) } + groups.map { .linkedTownship($0) }
  }
}
