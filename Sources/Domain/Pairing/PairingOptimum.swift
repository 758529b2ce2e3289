/// The cheapest pairing of a market, proven over all possible pairs although only few are ever handed to
/// the solver: pairs that its prices show to be too good to leave out are added until there are none.
extension PairingMarket {
  package typealias Solver = @Sendable (Assignment) throws -> Assignment.Answer

  package struct Optimum: Sendable {
    package let pairs: [(member: Int, target: Int)]
    /// With what the load costs.
    package let cost: Int64
    /// The certificate: by them no pairing of the market costs less (`bound`).
    package let potentials: Assignment.Potentials
  }

  package enum Answer: Sendable {
    case optimal(Optimum)
    /// Members and targets by their places here.
    case short(Assignment.Shortage)
  }

  /// - Parameter exact: false takes what the first few pairs of each give, for where only whether there is
  ///   a pairing matters.
  package func optimum(
    _ solve: Solver, each: Int = 6, exact: Bool = true
  ) throws -> Answer {
    var chosen = Chosen(self)
    for pair in fixed where !forbidden.contains(Self.key(pair.member, pair.target)) {
      chosen.add(pair)
    }
    for key in current.sorted() {
      let pair = (member: Int(key >> 32), target: Int(key & 0xFFFF_FFFF))
      if may(pair.member, pair.target) { chosen.add(pair) }
    }
    for pair in self.pairs(PairingScan(each: each), known: chosen.keys) { chosen.add(pair) }
    // The cheapest of all run to the same few: some of each must have somewhere else to go.
    let others = PairingScan(isByChance: true, each: each)
    for pair in self.pairs(others, known: chosen.keys) { chosen.add(pair) }
    while true {
      switch try solve(chosen.assignment) {
      case .infeasible(let shortage):
        let more = self.pairs(widening(shortage), known: chosen.keys)
        if more.isEmpty { return .short(shortage) }
        for pair in more { chosen.add(pair) }
      case .optimal(let answer):
        let more =
          exact
          ? self.pairs(PairingScan(prices: answer.potentials, each: 8), known: chosen.keys) : []
        if more.isEmpty { return .optimal(optimum(answer, chosen.assignment)) }
        for pair in more { chosen.add(pair) }
      }
    }
  }

  /// Everybody else who may serve those that too few can, or whom else they may serve who have too little.
  private func widening(_ shortage: Assignment.Shortage) -> PairingScan {
    var scan = PairingScan(each: 8)
    if shortage.targets.isEmpty {
      var members = Array(repeating: false, count: self.members.count)
      for member in shortage.officials { members[member] = true }
      scan.members = members
    } else {
      var targets = Array(repeating: false, count: self.targets.count)
      for target in shortage.targets { targets[target] = true }
      scan.targets = targets
    }
    return scan
  }

  private func optimum(
    _ answer: Assignment.Optimum, _ assignment: Assignment
  ) -> Optimum {
    let pairs = answer.used.map { index in
      let arc = assignment.arcs[index]
      return (member: Int(arc.official), target: Int(arc.target))
    }
    return Optimum(pairs: pairs, cost: cost(of: pairs), potentials: answer.potentials)
  }

  /// What pairs cost together.
  package func cost(of pairs: [(member: Int, target: Int)]) -> Int64 {
    var loads = Array(repeating: 0, count: members.count)
    var total: Int64 = 0
    for pair in pairs {
      total += cost(pair.member, pair.target) + load(beside: loads[pair.member])
      loads[pair.member] += 1
    }
    return total
  }

  /// The least that any pairing of this market costs, by the potentials alone (weak duality): whatever they
  /// are, it holds. One pass over all possible pairs.
  package func bound(_ prices: Assignment.Potentials) -> Int64 {
    var total: Int64 = 0
    for (target, demand) in demands.enumerated() { total += prices.targets[target] * Int64(demand) }
    for (seat, member) in members.enumerated() {
      let price = prices.officials[seat]
      for target in member.reach {
        let value = merit(member, target) + changeCosts[target] + price - prices.targets[target]
        if value < 0, may(seat, target), !current.contains(Self.key(seat, target)) {
          total += value
        }
      }
      var sum: Int64 = 0
      var least: Int64? = member.minimum == 0 ? 0 : nil
      for count in 0..<max(member.capacity, 0) {
        sum += load(beside: count) - price
        if count + 1 >= member.minimum { least = min(least ?? sum, sum) }
      }
      total += least ?? 0
    }
    // Those that hold now cost less than they seemed to above; fixed ones may lie beyond the reach.
    let fixedBeyond = fixed.filter { !members[$0.member].reach.contains($0.target) }
    let special = current.union(fixedBeyond.map { Self.key($0.member, $0.target) })
    for key in special {
      let (member, target) = (Int(key >> 32), Int(key & 0xFFFF_FFFF))
      guard may(member, target) else { continue }
      total += min(
        0, cost(member, target) + prices.officials[member] - prices.targets[target])
    }
    return total
  }

  /// The pairs that the solver is given.
  private struct Chosen {
    let market: PairingMarket
    var keys: Set<UInt64> = []
    var assignment: Assignment

    init(_ market: PairingMarket) {
      self.market = market
      assignment = Assignment(
        officials: market.members.map { .init(capacity: $0.capacity, minimum: $0.minimum) },
        demands: market.demands, arcs: [], loadCost: market.loadCost)
    }

    mutating func add(_ pair: (member: Int, target: Int)) {
      guard market.demands[pair.target] > 0,
        keys.insert(PairingMarket.key(pair.member, pair.target)).inserted
      else { return }
      var cost = market.cost(pair.member, pair.target)
      if !market.isClosed[pair.target], market.isFixed(pair.member, pair.target) {
        cost -= PairingMarket.forced
      }
      assignment.arcs.append(
        .init(official: Int32(pair.member), target: Int32(pair.target), cost: cost))
    }
  }
}
