/// Rules that are no flow: colleagues together, open problems spread. Swaps of two officials, as long as
/// they pay; always the same ones.
struct PairingImprovement {
  let market: PairingMarket
  private var holders: [[Int]]
  private var loads: [[Int]]
  /// A small number for the unit of each member.
  private let units: [Int]
  /// By unit, how many of its officials are in charge of villages of each township.
  private var colleagues: [[Int32: Int]]

  init(
    _ market: PairingMarket, _ facts: PairingFacts, _ pairs: [(member: Int, target: Int)]
  ) {
    self.market = market
    holders = Array(repeating: [], count: market.targets.count)
    loads = Array(repeating: [], count: market.members.count)
    var numbers: [UnitID: Int] = [:]
    units = market.members.map { member in
      let unit = facts.officials[member.official].unit
      if let number = numbers[unit] { return number }
      numbers[unit] = numbers.count
      return numbers.count - 1
    }
    colleagues = Array(repeating: [:], count: numbers.count)
    for pair in pairs { place(pair.member, pair.target) }
  }

  private var hasCohesion: Bool { market.kind == .village }

  private mutating func place(_ member: Int, _ target: Int) {
    holders[target].append(member)
    loads[member].append(target)
    guard hasCohesion else { return }
    colleagues[units[member]][market.traits[target].township, default: 0] += 1
  }

  private mutating func remove(_ member: Int, _ target: Int) {
    holders[target].removeAll { $0 == member }
    loads[member].removeAll { $0 == target }
    guard hasCohesion else { return }
    let (unit, township) = (units[member], market.traits[target].township)
    let left = colleagues[unit][township]! - 1
    colleagues[unit][township] = left == 0 ? nil : left
  }

  private static let passes = 6

  mutating func run() {
    for _ in 0..<Self.passes {
      let before = (hasCohesion && market.weights.cohesion > 0) ? gather() : 0
      let spread = market.weights.problems > 0 ? spreadProblems() : 0
      if before + spread == 0 { return }
    }
  }

  /// Brings officials to where most colleagues of theirs are.
  private mutating func gather() -> Int {
    var swaps = 0
    let ranges = Ranges(market.traits)
    for member in market.members.indices {
      guard colleagues[units[member]].count > 1 else { continue }
      for target in loads[member] {
        let own = market.traits[target].township
        let here = colleagues[units[member]][own] ?? 0
        let better = colleagues[units[member]]
          .filter { $0.key != own && $0.value >= here }
          .sorted { ($1.value, $0.key) < ($0.value, $1.key) }
        for township in better.prefix(3)
        where swap(member, target, among: ranges.township(township.key)) {
          swaps += 1
          break
        }
      }
    }
    return swaps
  }

  /// Takes targets with open problems from officials who have several of them.
  private mutating func spreadProblems() -> Int {
    var swaps = 0
    for member in market.members.indices where burden(loads[member]) > 0 {
      for target in loads[member] where market.traits[target].count > 0 {
        if swap(member, target, among: lighter(member, target)) { swaps += 1 }
      }
    }
    return swaps
  }

  private static let looks = 200

  /// Targets near enough with fewer open problems: so many of them, each time others.
  private func lighter(_ member: Int, _ target: Int) -> [Int] {
    let reach = market.members[member].reach
    let count = market.traits[target].count
    let start = reach.lowerBound + (member &* 7919 &+ target) % max(reach.count, 1)
    return Array(
      [start..<reach.upperBound, reach.lowerBound..<min(start, reach.upperBound)].lazy.joined()
        .filter { market.traits[$0].count < count }.prefix(Self.looks))
  }

  /// Swaps with the best one of some targets, if that pays.
  private mutating func swap(
    _ member: Int, _ target: Int, among places: some Sequence<Int>
  ) -> Bool {
    if market.isFixed(member, target) { return false }
    var best: (gain: Int64, other: Int, place: Int)?
    for place in places {
      for other in holders[place] where other != member {
        guard !holders[place].contains(member), !holders[target].contains(other),
          market.may(member, place), market.may(other, target), !market.isFixed(other, place)
        else { continue }
        let gain = -change(member, target, other, place)
        if gain > (best?.gain ?? 0) { best = (gain, other, place) }
      }
    }
    guard let best else { return false }
    remove(member, target)
    remove(best.other, best.place)
    place(member, best.place)
    place(best.other, target)
    return true
  }

  /// By how much the plan gets dearer when two officials swap targets.
  private func change(_ a: Int, _ s: Int, _ b: Int, _ t: Int) -> Int64 {
    var total =
      market.cost(a, t) + market.cost(b, s) - market.cost(a, s) - market.cost(b, t)
    let weights = market.weights
    if weights.problems > 0, market.traits[s].count != market.traits[t].count {
      total +=
        weights.problems
        * (burden(loads[a], without: s, with: t) + burden(loads[b], without: t, with: s)
          - burden(loads[a]) - burden(loads[b]))
    }
    let (here, there) = (market.traits[s].township, market.traits[t].township)
    if hasCohesion, here != there, units[a] != units[b] {
      total +=
        weights.cohesion
        * (change(units[a], from: here, to: there) + change(units[b], from: there, to: here))
    }
    return total
  }

  private func change(_ unit: Int, from: Int32, to: Int32) -> Int64 {
    let leaves = colleagues[unit][from] == 1 ? -1 : 0
    let comes = colleagues[unit][to] == nil ? 1 : 0
    return Int64(leaves + comes)
  }

  /// Pairs of open problems that belong to different targets.
  private func burden(_ targets: [Int], without: Int = -1, with: Int? = nil) -> Int64 {
    if targets.count < 2 { return 0 }
    var (sum, pairs): (Int64, Int64) = (0, 0)
    func take(_ target: Int) {
      let count = Int64(market.traits[target].count)
      pairs += sum * count
      sum += count
    }
    for target in targets where target != without { take(target) }
    if let with { take(with) }
    return pairs
  }

  /// The pairs with their reasons, and what they cost by term.
  func result(
    _ facts: PairingFacts, _ rules: PairingRules
  ) -> (pairs: [PairingPlan.Pair], terms: [PairingTerm: Int64]) {
    var pairs: [PairingPlan.Pair] = []
    var terms: [PairingTerm: Int64] = [:]
    for (place, members) in holders.enumerated() {
      for member in members {
        let costs = market.terms(member, place)
        terms.merge(costs, uniquingKeysWith: +)
        pairs.append(
          .init(
            kind: market.kind, official: market.members[member].official,
            target: market.targets[place], cost: costs.values.reduce(0, +),
            reasons: market.reasons(
              member, place, facts,
              colleagues: (colleagues[units[member]][market.traits[place].township] ?? 1) - 1)))
      }
    }
    for targets in loads {
      for count in targets.indices {
        terms[.load, default: 0] += market.load(beside: count)
      }
      terms[.problems, default: 0] += market.weights.problems * burden(targets)
    }
    for townships in colleagues where townships.count > 1 {
      terms[.cohesion, default: 0] += market.weights.cohesion * Int64(townships.count - 1)
    }
    return (pairs, terms)
  }
}

extension PairingMarket {
  /// What a pair costs, by term.
  package func terms(_ member: Int, _ target: Int) -> [PairingTerm: Int64] {
    let (who, trait) = (members[member], traits[target])
    let expertise = weights.expertise * Int64(min(strange(who, trait), 3))
    let rank = trait.isKey ? weights.keyRank * who.steps : 0
    let place = merit(who, target) - expertise - rank
    let change = current.contains(Self.key(member, target)) ? 0 : changeCosts[target]
    let all: [PairingTerm: Int64] = [
      .place: place, .expertise: expertise, .keyRank: rank, .change: change,
    ]
    return all.filter { $0.value != 0 }
  }

  func reasons(
    _ member: Int, _ target: Int, _ facts: PairingFacts, colleagues: Int
  ) -> [PairingReason] {
    let (who, trait) = (members[member], traits[target])
    var found: [PairingReason] = []
    if isFixed(member, target) { found.append(.fixed) }
    if current.contains(Self.key(member, target)) { found.append(.kept) }
    if who.county == PairingFacts.Place.none {
      found.append(.city)
    } else if who.county != trait.county {
      found.append(.elsewhere)
    } else {
      found.append(
        who.township != PairingFacts.Place.none && who.township == trait.township
          ? .ownTownship : .ownCounty)
    }
    let known = Int(trait.count) - strange(who, trait)
    if known > 0 { found.append(.expertise(known: known, open: Int(trait.count))) }
    if trait.isKey { found.append(.key(facts.officials[who.official].rank)) }
    if colleagues > 0 { found.append(.colleagues(colleagues)) }
    return found
  }
}
