/// The cheapest pairs of each official and of each target, found without writing all pairs out.
struct PairingScan {
  /// Only pairs that cost less than the potentials say they may.
  var prices: Assignment.Potentials?
  /// Only these targets, or these members.
  var targets: [Bool]?
  var members: [Bool]?
  /// Any, whatever they cost.
  var isByChance = false
  let each: Int
}

extension PairingMarket {
  /// Possible pairs in no set yet, by what they cost or by how much they cost too little. Among equals
  /// chance decides, always in the same way, or all would run to the first.
  func pairs(_ scan: PairingScan, known: Set<UInt64>) -> [(member: Int, target: Int)] {
    let each = scan.each
    var best = Best(count: targets.count, each: each)
    var found: [(member: Int, target: Int)] = []
    for (seat, member) in members.enumerated() {
      if let members = scan.members, !members[seat] { continue }
      if member.capacity == 0 { continue }
      var own = Best(count: 1, each: each)
      let price = scan.prices.map { $0.officials[seat] } ?? 0
      for target in member.reach {
        if demands[target] == 0 || member.onlyKey && !traits[target].isKey { continue }
        if let targets = scan.targets, !targets[target] { continue }
        var value = scan.isByChance ? 0 : merit(member, target) + changeCosts[target]
        if !scan.isByChance, !surcharges.isEmpty {
          value += surcharges[Self.key(seat, target)] ?? 0
        }
        if let prices = scan.prices {
          value += price - prices.targets[target]
          if value >= 0 { continue }
        }
        let rank = value << 16 | Self.chance(seat, target)
        let isOwn = rank < own.worst(0)
        let isBest = rank < best.worst(target)
        guard isOwn || isBest, !isClosed[target] else { continue }
        let key = Self.key(seat, target)
        if known.contains(key) || forbidden.contains(key) { continue }
        if isOwn { own.insert(rank, target, at: 0) }
        if isBest { best.insert(rank, seat, at: target) }
      }
      for target in own.items(0) { found.append((seat, target)) }
    }
    var seen = Set(found.map { Self.key($0.member, $0.target) })
    for target in targets.indices {
      for seat in best.items(target) where seen.insert(Self.key(seat, target)).inserted {
        found.append((seat, target))
      }
    }
    return found
  }

  private static func chance(_ member: Int, _ target: Int) -> Int64 {
    var mixed = UInt64(member) &* 0x9E37_79B9_7F4A_7C15 ^ UInt64(target) &* 0xC2B2_AE3D_27D4_EB4F
    mixed ^= mixed >> 29
    mixed = mixed &* 0xBF58_476D_1CE4_E5B9
    return Int64(mixed >> 48)
  }
}

/// The few least of a stream, for each of many places.
private struct Best {
  private var ranks: [Int64]
  private var values: [Int32]
  private let each: Int

  init(count: Int, each: Int) {
    self.each = each
    ranks = Array(repeating: .max, count: count * each)
    values = Array(repeating: -1, count: count * each)
  }

  @inline(__always)
  func worst(_ place: Int) -> Int64 { ranks[place * each + each - 1] }

  mutating func insert(_ rank: Int64, _ value: Int, at place: Int) {
    let first = place * each
    var slot = first + each - 1
    while slot > first, ranks[slot - 1] > rank {
      ranks[slot] = ranks[slot - 1]
      values[slot] = values[slot - 1]
      slot -= 1
    }
    ranks[slot] = rank
    values[slot] = Int32(value)
  }

  func items(_ place: Int) -> [Int] {
    values[place * each..<(place + 1) * each].lazy.filter { $0 >= 0 }.map { Int($0) }
  }
}
