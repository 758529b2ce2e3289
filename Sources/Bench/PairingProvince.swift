import Domain

/// A province of 18 cities as facts: 76,000 officials, 135,000 enterprises, 52,222 villages.
enum PairingProvince {
  private static let cities = 18
  private static let counties = 10
  private static let townships = 14

  static func facts() -> PairingFacts {
    var chance = SystemlessChance(state: 0x5DEE_CE66_D1CE_4E5B)
    var facts = PairingFacts()
    var targets: [PairingKind: [PairingFacts.Target]] = [:]
    var officials: [PairingFacts.Official] = []
    var next: Int64 = 1
    func number() -> Int64 {
      next += 1
      return next
    }
    func needs() -> [UInt8] {
      (0..<[0, 0, 0, 1, 2][Int(chance.next() % 5)]).map { _ in UInt8(chance.next() % 14) }
    }
    func place() -> Int32 {
      facts.places.append(UnitID(number()))
      return Int32(facts.places.count - 1)
    }
    func add(
      _ count: Int, _ level: UnitLevel, _ rank: OfficialRank, _ track: OfficialTrack,
      _ place: PairingFacts.Place, _ units: [UnitID]
    ) {
      for index in 0..<count {
        officials.append(
          .init(
            id: OfficialID(number()), unit: units[index % units.count], level: level, rank: rank,
            track: track, place: place,
            skills: chance.next() % 2 == 0 ? 0 : 1 << (chance.next() % 14)))
      }
    }
    for _ in 0..<cities {
      let city = place()
      let whole = PairingFacts.Place(city: city)
      let units = (0..<40).map { _ in UnitID(number()) }
      add(20, .city, .bureau, .both, whole, units)
      add(200, .city, .county, .village, whole, units)
      add(600, .city, .section, .enterprise, whole, units)
      for county in 0..<counties {
        let here = PairingFacts.Place(city: city, county: place())
        let units = (0..<25).map { _ in UnitID(number()) }
        add(28, .county, .county, .village, here, units)
        add(258, .county, .section, .village, here, units)
        add(328, .county, .section, .enterprise, here, units)
        for township in 0..<townships {
          let there = PairingFacts.Place(city: city, county: here.county, township: place())
          targets[.township, default: []].append(.init(.township(UnitID(number())), place: there))
          let villages = 20 + (county * townships + township) % 2
          for _ in 0..<villages {
            targets[.village, default: []].append(
              .init(.village(UnitID(number())), place: there, needs: needs()))
          }
          for firm in 0..<(135_000 / (cities * counties * townships)) {
            targets[.enterprise, default: []].append(
              .init(
                .enterprise(EnterpriseID(number())), place: there, isKey: firm % 20 == 0,
                needs: needs()))
          }
        }
      }
    }
    facts.officials = officials
    facts.targets = targets
    return facts
  }

  /// The same numbers in every run.
  private struct SystemlessChance {
    var state: UInt64
    mutating func next() -> UInt64 {
      state ^= state << 13
      state ^= state >> 7
      state ^= state << 17
      return state >> 11
    }
  }
}
