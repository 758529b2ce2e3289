import Domain

/// A made-up city, always the same for the same seed, to plan pairings in.
struct PairingWorld {
  var counties = 3
  var townships = 4
  var villages = 5
  var enterprises = 12
  /// Of the village track, by county.
  var countyOfficials = 26
  var countyLeaders = 6
  /// Of the city.
  var bureau = 1
  var cityVillage = 4
  /// Of the enterprise track.
  var leaders = 1
  var cityEnterprise = 3
  var countyEnterprise = 8
  var seed: UInt64 = 1

  /// Marsaglia's xorshift: another generator than any the planner has.
  struct Chance: RandomNumberGenerator {
    var state: UInt64
    mutating func next() -> UInt64 {
      state ^= state << 13
      state ^= state >> 7
      state ^= state << 17
      return state
    }
  }

  func facts(current: [PairingFacts.Current] = [], marks: [PairingMark] = []) -> PairingFacts {
    var chance = Chance(state: seed &* 0x9E37_79B9_7F4A_7C15 | 1)
    var facts = PairingFacts(current: current, marks: marks)
    facts.places = [UnitID(1)]
    var all: [PairingKind: [PairingFacts.Target]] = [:]
    func needs(_ categories: Int) -> [UInt8] {
      (0..<[0, 0, 0, 1, 1, 2, 4].randomElement(using: &chance)!).map { _ in
        UInt8.random(in: 0..<UInt8(categories), using: &chance)
      }
    }
    var officials: [PairingFacts.Official] = []
    func add(
      _ level: UnitLevel, _ rank: OfficialRank, _ track: OfficialTrack,
      _ place: PairingFacts.Place, unit: Int, home: UnitID? = nil
    ) {
      let skills =
        Bool.random(using: &chance) ? 0 : UInt64(1) << UInt64.random(in: 0..<8, using: &chance)
      officials.append(
        .init(
          id: OfficialID(Int64(10_000 + officials.count)), unit: UnitID(Int64(unit)), level: level,
          rank: rank, track: track, place: place, skills: skills, home: home))
    }
    let city = PairingFacts.Place(city: 0)
    for number in 0..<bureau { add(.city, .bureau, .village, city, unit: 900 + number % 3) }
    for number in 0..<cityVillage { add(.city, .county, .village, city, unit: 910 + number % 5) }
    for number in 0..<leaders { add(.city, .bureau, .enterprise, city, unit: 900 + number % 3) }
    for number in 0..<cityEnterprise {
      add(.city, .section, .enterprise, city, unit: 910 + number % 5)
    }
    for county in 0..<counties {
      let countyPlace = Int32(facts.places.count)
      facts.places.append(UnitID(Int64(100 + county)))
      var homes: [UnitID] = []
      for township in 0..<townships {
        let place = PairingFacts.Place(
          city: 0, county: countyPlace, township: Int32(facts.places.count))
        let unit = Int64(1000 + county * 100 + township)
        facts.places.append(UnitID(unit))
        all[.township, default: []].append(.init(.township(UnitID(unit)), place: place))
        for village in 0..<villages {
          let id = UnitID(unit * 1000 + Int64(village))
          homes.append(id)
          all[.village, default: []].append(.init(.village(id), place: place, needs: needs(8)))
        }
        for number in 0..<(enterprises / townships) {
          all[.enterprise, default: []].append(
            .init(
              .enterprise(EnterpriseID(unit * 1000 + 500 + Int64(number))), place: place,
              isKey: number % 4 == 0, needs: needs(8)))
        }
      }
      let place = PairingFacts.Place(city: 0, county: countyPlace)
      for number in 0..<countyLeaders {
        add(.county, .county, .village, place, unit: 200 + county * 10 + number % 3)
      }
      for number in 0..<countyOfficials {
        add(
          .county, .section, .village, place, unit: 200 + county * 10 + number % 7,
          home: number % 3 == 0 ? homes.randomElement(using: &chance) : nil)
      }
      for number in 0..<countyEnterprise {
        add(.county, .section, .enterprise, place, unit: 300 + county * 10 + number % 4)
      }
    }
    facts.officials = officials
    facts.targets = all
    return facts
  }
}
