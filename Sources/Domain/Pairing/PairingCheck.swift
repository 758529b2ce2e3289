/// Whether pairs keep to the rules; what is against them, pair by pair and target by target.
package struct PairingCheck: Sendable {
  package enum Finding: Hashable, Sendable {
    /// Nobody, or fewer than there have to be.
    case uncovered(PairingTarget, missing: Int)
    /// The official left, is of the other track, or of a rank that has no part in it.
    case noPart(PairingFacts.Current)
    /// The target is none any more.
    case noTarget(PairingFacts.Current)
    /// Outside where the official may serve, no key firm, or outside the linked township.
    case outOfReach(PairingFacts.Current)
    /// Excluded, or the official's home.
    case forbidden(PairingFacts.Current)
    /// More officials than there are to be.
    case overCovered(PairingTarget, has: Int, demand: Int)
    case overQuota(OfficialID, PairingKind, has: Int, quota: Int)
    case belowMinimum(OfficialID, PairingKind, has: Int, minimum: Int)
    /// A pair that is fixed does not hold.
    case unfulfilled(PairingMark)
    /// In charge in both tracks below bureau rank.
    case bothTracks(OfficialID)

    package var name: String {
      switch self {
      case .uncovered: "uncovered"
      case .noPart: "no_part"
      case .noTarget: "no_target"
      case .outOfReach: "out_of_reach"
      case .forbidden: "forbidden"
      case .overCovered: "over_covered"
      case .overQuota: "over_quota"
      case .belowMinimum: "below_minimum"
      case .unfulfilled: "unfulfilled"
      case .bothTracks: "both_tracks"
      }
    }

    package var target: PairingTarget? {
      switch self {
      case .noPart(let pair), .noTarget(let pair), .outOfReach(let pair), .forbidden(let pair):
        pair.target
      case .uncovered(let target, _), .overCovered(let target, _, _): target
      case .unfulfilled(let mark): mark.target
      case .overQuota, .belowMinimum, .bothTracks: nil
      }
    }

    package var official: OfficialID? {
      switch self {
      case .noPart(let pair), .noTarget(let pair), .outOfReach(let pair), .forbidden(let pair):
        pair.official
      case .overQuota(let id, _, _, _), .belowMinimum(let id, _, _, _), .bothTracks(let id): id
      case .unfulfilled(let mark): mark.official
      case .uncovered, .overCovered: nil
      }
    }
  }

  /// - Parameters:
  ///   - pairs: of the track.
  ///   - engaged: who has something in the other track.
  package static func findings(
    _ pairs: [PairingFacts.Current], _ facts: PairingFacts, _ rules: PairingRules, track: Track,
    engaged: Set<OfficialID> = []
  ) -> [Finding] {
    var found: [Finding] = []
    let links = linked(pairs, facts)
    var facts = facts
    facts.current = pairs
    for kind in PairingKind.kinds(of: track) {
      found += findings(of: kind, pairs.filter { $0.target.kind == kind }, facts, rules, links)
    }
    let both = Set(pairs.map(\.official)).intersection(engaged)
    if !both.isEmpty {
      found += facts.officials.filter { both.contains($0.id) && $0.rank != .bureau }
        .map { .bothTracks($0.id) }
    }
    return found
  }

  /// The townships that officials are linked to, by their places in the facts.
  static func linked(
    _ pairs: [PairingFacts.Current], _ facts: PairingFacts
  ) -> [Int: Int32] {
    var places: [PairingTarget: Int32] = [:]
    for target in facts.targets(.township) { places[target.target] = target.place.township }
    var links: [OfficialID: Int32] = [:]
    for pair in pairs {
      if let place = places[pair.target] { links[pair.official] = place }
    }
    var found: [Int: Int32] = [:]
    for (index, official) in facts.officials.enumerated() {
      if let place = links[official.id] { found[index] = place }
    }
    return found
  }

  private static func findings(
    of kind: PairingKind, _ pairs: [PairingFacts.Current], _ facts: PairingFacts,
    _ rules: PairingRules, _ links: [Int: Int32]
  ) -> [Finding] {
    var found: [Finding] = []
    var known: Set<PairingFacts.Current> = []
    var targetsSeen: Set<PairingTarget> = []
    var officialsSeen: Set<OfficialID> = []
    let cities = Set(facts.targets(kind).map(\.place.city)).sorted()
    for city in cities {
      let market = PairingMarket(kind, in: city, facts, rules, linked: links)
      let all = facts.targets(kind)
      for index in market.targets { targetsSeen.insert(all[index].target) }
      for member in market.members { officialsSeen.insert(facts.officials[member.official].id) }
      var (loads, holds) = ([Int: Int](), [Int: Int]())
      for key in market.current.sorted() {
        let (member, target) = (Int(key >> 32), Int(key & 0xFFFF_FFFF))
        let pair = PairingFacts.Current(
          official: facts.officials[market.members[member].official].id,
          target: all[market.targets[target]].target)
        known.insert(pair)
        loads[member, default: 0] += 1
        holds[target, default: 0] += 1
        if market.isForbidden(member, target) {
          found.append(.forbidden(pair))
        } else if !market.isNear(member, target) {
          found.append(.outOfReach(pair))
        }
      }
      for (target, demand) in market.demands.enumerated() {
        let (has, meant) = (holds[target] ?? 0, all[market.targets[target]].target)
        if has < demand { found.append(.uncovered(meant, missing: demand - has)) }
        if has > demand { found.append(.overCovered(meant, has: has, demand: demand)) }
      }
      for (seat, member) in market.members.enumerated() {
        let (count, id) = (loads[seat] ?? 0, facts.officials[member.official].id)
        if count > member.capacity {
          found.append(.overQuota(id, kind, has: count, quota: member.capacity))
        } else if count < member.minimum {
          found.append(.belowMinimum(id, kind, has: count, minimum: member.minimum))
        }
      }
      for pair in market.fixed
      where !market.current.contains(PairingMarket.key(pair.member, pair.target)) {
        found.append(
          .unfulfilled(
            PairingMark(
              kind: .fixed, official: facts.officials[market.members[pair.member].official].id,
              target: all[market.targets[pair.target]].target, reason: .other)))
      }
    }
    for pair in pairs where !known.contains(pair) {
      found.append(
        officialsSeen.contains(pair.official) && !targetsSeen.contains(pair.target)
          ? .noTarget(pair) : .noPart(pair))
    }
    return found
  }
}

extension PairingMarket {
  /// Within the official's reach and of a sort they may serve, or fixed by hand.
  func isNear(_ member: Int, _ target: Int) -> Bool {
    isFixed(member, target)
      || members[member].reach.contains(target)
        && (!members[member].onlyKey || traits[target].isKey)
  }
}
