/// The smallest change that gives everybody somebody again: how many targets get another official, then what
/// it costs. Pairs that keep to the rules stay unless somebody must make room.
extension PairingPlanner {
  package struct Repair: Sendable {
    package fileprivate(set) var pairs: [PairingFacts.Current]
    /// Targets that had nobody, or nobody who may, before.
    package fileprivate(set) var uncovered: Int
    /// Targets whose official changed although theirs could have stayed.
    package fileprivate(set) var moved: Int
  }

  package enum RepairOutcome: Sendable {
    case repair(Repair)
    case conflicts([PairingConflict])
  }

  /// Minima are no reason to take a target from somebody: a repair restores coverage. What lies below a
  /// minimum is found by `PairingCheck` and made up for by the next plan.
  package func repair(_ track: Track) throws -> RepairOutcome {
    let planner = PairingPlanner(facts, rules.withoutMinima, solve: solve)
    var repair = Repair(pairs: [], uncovered: 0, moved: 0)
    var conflicts = strayMarks(track)
    var short: Set<Int32> = []
    for kind in PairingKind.kinds(of: track) {
      // Villages follow their townships: without those nothing can be said of them.
      for city in cities where !short.contains(city) {
        // Villages follow the township that their official is linked to by now.
        let linked = kind == .village ? PairingCheck.linked(repair.pairs, facts) : nil
        let market = PairingMarket(kind, in: city, facts, planner.rules, linked: linked)
        switch try planner.repaired(market) {
        case .short(let shortage):
          conflicts += try planner.conflicts(market, city, shortage, linked: linked)
          short.insert(city)
        case .done(let pairs, let uncovered, let moved):
          repair.pairs += pairs.map { market.pair($0, facts) }
          repair.uncovered += uncovered
          repair.moved += moved
        }
      }
    }
    return conflicts.isEmpty ? .repair(repair) : .conflicts(conflicts)
  }

  private enum Repaired {
    case done(pairs: [(member: Int, target: Int)], uncovered: Int, moved: Int)
    case short(Assignment.Shortage)
  }

  private func repaired(_ market: PairingMarket) throws -> Repaired {
    let held = market.standing()
    var missing = market.demands
    var spare = market.members.map(\.capacity)
    for pair in held {
      missing[pair.target] -= 1
      spare[pair.member] -= 1
    }
    let uncovered = missing.filter { $0 > 0 }.count
    if uncovered == 0 { return .done(pairs: held, uncovered: 0, moved: 0) }
    // Who has room, for those who have nobody: if that is enough, nobody else is touched.
    var small = market
    small.demands = missing
    for member in small.members.indices {
      let carried = small.members[member].capacity - spare[member]
      small.members[member].capacity = spare[member]
      small.members[member].burden = Int64(carried) * market.weights.load
    }
    small.surcharges = Dictionary(
      uniqueKeysWithValues: held.map {
        (PairingMarket.key($0.member, $0.target), PairingMarket.forced)
      })
    if case .optimal(let optimum) = try small.optimum(solve, each: 8) {
      let added = optimum.pairs
      let isSound = added.allSatisfy {
        small.surcharges[PairingMarket.key($0.member, $0.target)] == nil
      }
      if isSound { return .done(pairs: held + added, uncovered: uncovered, moved: 0) }
    }
    // Somebody has to make room: each target that changes costs more than all that could be gained.
    var whole = market
    let most = Int64(market.demands.reduce(1, +)) * market.dearest
    let isHeld = missing.map { $0 <= 0 }
    for target in whole.targets.indices { whole.changeCosts[target] += most }
    switch try whole.optimum(solve, each: 4) {
    case .short(let shortage): return .short(shortage)
    case .optimal(let optimum):
      let before = Set(held.map { PairingMarket.key($0.member, $0.target) })
      let changed = Set(
        optimum.pairs.filter {
          isHeld[$0.target] && !before.contains(PairingMarket.key($0.member, $0.target))
        }.map(\.target))
      return .done(pairs: optimum.pairs, uncovered: uncovered, moved: changed.count)
    }
  }
}

extension PairingMarket {
  fileprivate func pair(
    _ pair: (member: Int, target: Int), _ facts: PairingFacts
  ) -> PairingFacts.Current {
    .init(
      official: facts.officials[members[pair.member].official].id,
      target: facts.targets(kind)[targets[pair.target]].target)
  }

  /// The pairs that hold and may, no more of an official or a target than there may be; fixed ones first,
  /// then the cheaper ones.
  fileprivate func standing() -> [(member: Int, target: Int)] {
    var room = members.map(\.capacity)
    var wanted = demands
    var found: [(member: Int, target: Int)] = []
    let pairs = current.map { (member: Int($0 >> 32), target: Int($0 & 0xFFFF_FFFF)) }
      .filter { may($0.member, $0.target) }
    let order = pairs.map { pair in
      (
        isFixed(pair.member, pair.target) ? 0 : 1, cost(pair.member, pair.target),
        Self.key(pair.member, pair.target), pair
      )
    }.sorted { ($0.0, $0.1, $0.2) < ($1.0, $1.1, $1.2) }
    for (_, _, _, pair) in order where room[pair.member] > 0 && wanted[pair.target] > 0 {
      room[pair.member] -= 1
      wanted[pair.target] -= 1
      found.append(pair)
    }
    return found
  }

  /// More than any pair and any load costs.
  fileprivate var dearest: Int64 {
    let weights = weights
    return 1 + weights.otherCounty + weights.otherTownship + 3 * weights.expertise
      + weights.change + 3 * weights.keyRank + weights.load * Int64(loadCost.count)
  }
}
