/// Targets of one kind in one city, and everybody who may serve them. Nearly every official of a county may
/// serve nearly every target there, so the pairs are never written out: they are weighed when asked for.
package struct PairingMarket: Sendable {
  package struct Member: Sendable {
    /// In the facts.
    package let official: Int
    package let group: Int
    package var capacity: Int
    package var minimum: Int
    /// The targets near enough: places in `targets`.
    package var reach: Range<Int>
    let onlyKey: Bool
    let county: Int32
    let township: Int32
    let skills: UInt64
    /// Steps below bureau rank.
    let steps: Int64
    /// What it costs that they have others already.
    var burden: Int64 = 0
  }

  package let kind: PairingKind
  package let weights: PairingRules.Weights
  package internal(set) var members: [Member] = []
  /// In the facts; in the order of their places.
  package let targets: [Int]
  package internal(set) var demands: [Int]
  /// What it costs to give a target somebody who does not have it.
  var changeCosts: [Int64]
  let traits: [Traits]
  private(set) var needs: [UInt8] = []
  /// Pairs that must not be, those that hold now, and those that are fixed: `key(member, target)`.
  private(set) var forbidden: Set<UInt64> = []
  package private(set) var current: Set<UInt64> = []
  package private(set) var fixed: [(member: Int, target: Int)] = []
  private var fixedKeys: Set<UInt64> = []
  /// What some pairs cost beside their merit, for as long as a plan is being found.
  var surcharges: [UInt64: Int64] = [:]
  /// Targets for which only the fixed pairs are possible.
  private(set) var isClosed: [Bool]

  struct Traits: Sendable {
    let county: Int32
    let township: Int32
    let isKey: Bool
    /// Of `needs`.
    let first: Int32
    let count: Int32
  }

  /// Far beyond what any pair costs, and far below what would overflow a sum of them.
  static let forced: Int64 = 1_000_000_000

  package static func key(_ member: Int, _ target: Int) -> UInt64 {
    UInt64(UInt32(truncatingIfNeeded: member)) << 32 | UInt64(UInt32(truncatingIfNeeded: target))
  }

  /// - Parameters:
  ///   - linked: the townships that officials are linked to, for groups whose villages lie there; nil
  ///     leaves them free, which can only be cheaper.
  ///   - dropped: rules that do not hold.
  package init(
    _ kind: PairingKind, in city: Int32, _ facts: PairingFacts, _ rules: PairingRules,
    linked: [Int: Int32]? = nil, dropping dropped: Set<PairingRule> = []
  ) {
    self.kind = kind
    weights = rules.weights
    let all = facts.targets(kind)
    targets = all.indices.filter { all[$0].place.city == city }.sorted {
      (all[$0].place, $0) < (all[$1].place, $1)
    }
    demands = targets.map {
      dropped.contains(.coverage(kind, county: all[$0].place.county)) ? 0 : rules.coverage(kind)
    }
    changeCosts = Array(repeating: rules.weights.change, count: targets.count)
    isClosed = Array(repeating: false, count: targets.count)
    var needs: [UInt8] = []
    traits = targets.map { index in
      let target = all[index]
      defer { needs += target.needs }
      return Traits(
        county: target.place.county, township: target.place.township, isKey: target.isKey,
        first: Int32(needs.count), count: Int32(target.needs.count))
    }
    self.needs = needs
    addMembers(city, facts, rules, linked, dropped)
    addPairs(facts, rules, dropped)
  }

  private mutating func addMembers(
    _ city: Int32, _ facts: PairingFacts, _ rules: PairingRules, _ linked: [Int: Int32]?,
    _ dropped: Set<PairingRule>
  ) {
    let ranges = Ranges(traits)
    for (index, official) in facts.officials.enumerated() where official.place.city == city {
      guard
        let number = rules.group(
          official.rank, official.level, of: official.track, in: kind.track)
      else { continue }
      let group = rules.groups[number]
      guard let quota = group.quota(kind), quota.max > 0 else { continue }
      var reach = ranges.reach(
        dropped.contains(.within(number)) ? .city : group.within, of: official.place)
      if kind == .village, group.inLinkedTownship == true, let linked,
        !dropped.contains(.linkedTownship(number))
      {
        reach = linked[index].map { ranges.township($0) } ?? 0..<0
      }
      members.append(
        Member(
          official: index, group: number,
          capacity: dropped.contains(.quota(number, kind)) ? targets.count : quota.max,
          minimum: dropped.contains(.minimum(number, kind)) ? 0 : quota.min, reach: reach,
          onlyKey: group.onlyKey == true && !dropped.contains(.onlyKey(number)),
          county: official.place.county, township: official.place.township,
          skills: official.skills,
          steps: Int64(OfficialRank.allCases.firstIndex(of: official.rank)!)))
    }
  }

  private mutating func addPairs(
    _ facts: PairingFacts, _ rules: PairingRules, _ dropped: Set<PairingRule>
  ) {
    let all = facts.targets(kind)
    var places: [PairingTarget: Int] = [:]
    places.reserveCapacity(targets.count)
    var byUnit: [UnitID: Int] = [:]
    for (place, index) in targets.enumerated() {
      places[all[index].target] = place
      if let unit = all[index].target.unit { byUnit[unit] = place }
    }
    var seats: [OfficialID: Int] = [:]
    seats.reserveCapacity(members.count)
    for (seat, member) in members.enumerated() {
      seats[facts.officials[member.official].id] = seat
    }
    for pair in facts.current where pair.target.kind == kind {
      if let seat = seats[pair.official], let place = places[pair.target] {
        current.insert(Self.key(seat, place))
      }
    }
    if rules.excludesHome, kind != .enterprise, !dropped.contains(.home) {
      let ranges = Ranges(traits)
      let townships = Dictionary(
        facts.places.enumerated().map { ($1, Int32($0)) }, uniquingKeysWith: { first, _ in first })
      for (seat, member) in members.enumerated() {
        guard let home = facts.officials[member.official].home else { continue }
        if let place = byUnit[home] { forbidden.insert(Self.key(seat, place)) }
        // Who is known to come from a township only may come from any village of it.
        for place in townships[home].map({ ranges.township($0) }) ?? 0..<0 {
          forbidden.insert(Self.key(seat, place))
        }
      }
    }
    for (number, mark) in facts.marks.enumerated() where mark.target.kind == kind {
      guard let seat = seats[mark.official], let place = places[mark.target],
        !dropped.contains(.mark(number))
      else { continue }
      switch mark.kind {
      case .excluded: forbidden.insert(Self.key(seat, place))
      case .fixed:
        fixed.append((seat, place))
        fixedKeys.insert(Self.key(seat, place))
      }
    }
    for (place, count) in Dictionary(fixed.map { ($0.target, 1) }, uniquingKeysWith: +) {
      isClosed[place] = count >= demands[place]
    }
  }

  /// Whether a pair is possible.
  package func may(_ member: Int, _ target: Int) -> Bool {
    if isFixed(member, target) { return !isForbidden(member, target) }
    return !isClosed[target] && members[member].reach.contains(target)
      && (!members[member].onlyKey || traits[target].isKey) && !isForbidden(member, target)
  }

  func isFixed(_ member: Int, _ target: Int) -> Bool {
    !fixedKeys.isEmpty && fixedKeys.contains(Self.key(member, target))
  }

  func isForbidden(_ member: Int, _ target: Int) -> Bool {
    !forbidden.isEmpty && forbidden.contains(Self.key(member, target))
  }

  /// What a pair costs, without what it costs to change and whatever is fixed.
  @inline(__always)
  func merit(_ member: Member, _ target: Int) -> Int64 {
    let trait = traits[target]
    var cost = member.burden
    if member.county != PairingFacts.Place.none {
      if member.county != trait.county {
        cost += weights.otherCounty
      } else if member.township != PairingFacts.Place.none, member.township != trait.township {
        cost += weights.otherTownship
      }
    }
    if trait.count > 0 { cost += weights.expertise * Int64(min(strange(member, trait), 3)) }
    if trait.isKey { cost += weights.keyRank * member.steps }
    return cost
  }

  /// How many of a target's open problems are not of the member's field.
  func strange(_ member: Member, _ trait: Traits) -> Int {
    if member.skills == 0 { return Int(trait.count) }
    var count = 0
    for need in needs[Int(trait.first)..<Int(trait.first + trait.count)]
    where member.skills & (1 << UInt64(need)) == 0 {
      count += 1
    }
    return count
  }

  /// What a pair costs in the plan.
  package func cost(_ member: Int, _ target: Int) -> Int64 {
    let key = Self.key(member, target)
    var cost = merit(members[member], target)
    if !surcharges.isEmpty { cost += surcharges[key] ?? 0 }
    return current.contains(key) ? cost : cost + changeCosts[target]
  }

  /// What an official's target costs beside the pair, where they have so many others; from the twentieth on
  /// all cost the same.
  package func load(beside others: Int) -> Int64 { weights.load * Int64(min(others, 19)) }

  package var loadCost: [Int64] {
    (0..<min(members.map(\.capacity).max() ?? 1, 20)).map { load(beside: $0) }
  }
}

/// Where the targets of a county and of a township stand, which are sorted by place.
struct Ranges {
  private var counties: [Int32: Range<Int>] = [:]
  private var townships: [Int32: Range<Int>] = [:]
  private let count: Int

  init(_ traits: [PairingMarket.Traits]) {
    count = traits.count
    for (place, trait) in traits.enumerated() {
      counties[trait.county, default: place..<place] =
        (counties[trait.county]?.lowerBound ?? place)..<(place + 1)
      townships[trait.township, default: place..<place] =
        (townships[trait.township]?.lowerBound ?? place)..<(place + 1)
    }
    // Those that lie in no county or township are no place together.
    counties[PairingFacts.Place.none] = nil
    townships[PairingFacts.Place.none] = nil
  }

  func township(_ number: Int32) -> Range<Int> { townships[number] ?? 0..<0 }

  func reach(_ within: PairingRules.Within, of place: PairingFacts.Place) -> Range<Int> {
    switch within {
    case .city: 0..<count
    case .county: counties[place.county] ?? 0..<0
    case .township: township(place.township)
    }
  }
}
