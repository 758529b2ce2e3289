/// All that a pairing is computed from, as it stood when it was read. Places are small numbers, so that
/// millions of pairs can be weighed without a lookup.
package struct PairingFacts: Sendable {
  /// Where a unit lies: numbers in `places`, `none` where it lies in none of that level.
  package struct Place: Hashable, Sendable, Comparable {
    package var city: Int32
    package var county: Int32
    package var township: Int32

    package static let none: Int32 = -1

    package init(city: Int32, county: Int32 = none, township: Int32 = none) {
      self.city = city
      self.county = county
      self.township = township
    }

    package static func < (a: Place, b: Place) -> Bool {
      (a.city, a.county, a.township) < (b.city, b.county, b.township)
    }
  }

  package struct Official: Sendable {
    package let id: OfficialID
    package let unit: UnitID
    package let level: UnitLevel
    package let rank: OfficialRank
    package let track: OfficialTrack
    package let place: Place
    /// A bit for each category of problems that is of their field.
    package let skills: UInt64
    /// The village, or the township, that they come from.
    package let home: UnitID?

    package init(
      id: OfficialID, unit: UnitID, level: UnitLevel, rank: OfficialRank, track: OfficialTrack,
      place: Place, skills: UInt64 = 0, home: UnitID? = nil
    ) {
      self.id = id
      self.unit = unit
      self.level = level
      self.rank = rank
      self.track = track
      self.place = place
      self.skills = skills
      self.home = home
    }
  }

  package struct Target: Sendable {
    package let target: PairingTarget
    package let place: Place
    package let isKey: Bool
    /// The categories of its open problems, one entry a problem, at most `countedProblems`.
    package let needs: [UInt8]

    package init(
      _ target: PairingTarget, place: Place, isKey: Bool = false, needs: [UInt8] = []
    ) {
      self.target = target
      self.place = place
      self.isKey = isKey
      self.needs = needs
    }
  }

  /// More open problems than that make no difference to who should have a target.
  package static let countedProblems = 9

  /// The pair that holds, or will.
  package struct Current: Hashable, Sendable {
    package let official: OfficialID
    package let target: PairingTarget

    package init(official: OfficialID, target: PairingTarget) {
      self.official = official
      self.target = target
    }
  }

  package var places: [UnitID]
  package var officials: [Official]
  package var targets: [PairingKind: [Target]]
  package var current: [Current]
  package var marks: [PairingMark]

  package init(
    places: [UnitID] = [], officials: [Official] = [], targets: [PairingKind: [Target]] = [:],
    current: [Current] = [], marks: [PairingMark] = []
  ) {
    self.places = places
    self.officials = officials
    self.targets = targets
    self.current = current
    self.marks = marks
  }

  package func targets(_ kind: PairingKind) -> [Target] { targets[kind] ?? [] }
}
