/// Computes the pairing of a track. What is flow is solved to the optimum; villages that must lie in the
/// township their official is linked to are decided by prices, then colleagues are brought together and
/// open problems spread where that costs less than it gains. The loss against the optimum of the flow is
/// part of the answer.
package struct PairingPlanner: Sendable {
  let facts: PairingFacts
  let rules: PairingRules
  let solve: PairingMarket.Solver

  package init(
    _ facts: PairingFacts, _ rules: PairingRules, solve: @escaping PairingMarket.Solver
  ) {
    self.facts = facts
    self.rules = rules
    self.solve = solve
  }

  package func plan(_ track: Track) throws -> PairingOutcome {
    var plan = PairingPlan()
    var conflicts = strayMarks(track)
    for city in cities {
      switch try planned(track, in: city) {
      case .conflicts(let found): conflicts += found
      case .plan(let part):
        plan.pairs += part.pairs
        plan.proofs += part.proofs
        plan.terms.merge(part.terms, uniquingKeysWith: +)
      }
    }
    return conflicts.isEmpty ? .plan(plan) : .conflicts(conflicts)
  }

  /// Cities share nobody, so each is planned by itself.
  package var cities: [Int32] {
    Set(PairingKind.allCases.flatMap { facts.targets($0).map(\.place.city) }).sorted()
  }

  /// One market with the pairs it got.
  struct Solved {
    let market: PairingMarket
    var pairs: [(member: Int, target: Int)]
    let proof: PairingPlan.Proof
  }

  private func planned(_ track: Track, in city: Int32) throws -> PairingOutcome {
    if track == .village { return try villages(in: city) }
    let market = PairingMarket(.enterprise, in: city, facts, rules)
    switch try market.optimum(solve) {
    case .short(let shortage):
      return .conflicts(try conflicts(market, city, shortage, linked: nil))
    case .optimal(let optimum): return .plan(finish([solved(market, city, optimum)]))
    }
  }

  private func solved(
    _ market: PairingMarket, _ city: Int32, _ optimum: PairingMarket.Optimum
  ) -> Solved {
    Solved(
      market: market, pairs: optimum.pairs,
      proof: .init(
        kind: market.kind, city: city, potentials: optimum.potentials, bound: optimum.cost))
  }

  /// Links first, then villages. Where villages must lie in the linked township, a link's cost has what the
  /// cheapest villages there would cost at the prices that all the others are worth; a few rounds of that,
  /// the best one is kept.
  private func villages(in city: Int32) throws -> PairingOutcome {
    var links = PairingMarket(.township, in: city, facts, rules)
    let free = PairingMarket(.village, in: city, facts, rules)
    var conflicts: [PairingConflict] = []
    func optimum(_ market: PairingMarket) throws -> PairingMarket.Optimum? {
      switch try market.optimum(solve) {
      case .optimal(let optimum): return optimum
      case .short(let shortage):
        conflicts += try self.conflicts(market, city, shortage, linked: nil)
        return nil
      }
    }
    let (link, village) = (try optimum(links), try optimum(free))
    guard let link, let village else { return .conflicts(conflicts) }
    let proofs = [solved(links, city, link), solved(free, city, village)]
    guard free.members.contains(where: { rules.groups[$0.group].inLinkedTownship == true }) else {
      return .plan(finish(proofs))
    }
    let bound = link.cost + village.cost
    var best: (cost: Int64, links: [(member: Int, target: Int)], villages: Solved)?
    var prices = village.potentials.targets
    var last: (PairingMarket, Assignment.Shortage, [Int: Int32])?
    for round in 0..<Self.mostRounds where round < Self.rounds || best == nil {
      links.surcharges.merge(surcharges(links, free, prices)) { max($0, $1) }
      guard case .optimal(let tried) = try links.optimum(solve) else { break }
      let linked = townships(tried.pairs, links)
      let market = PairingMarket(.village, in: city, facts, rules, linked: linked)
      switch try market.optimum(solve) {
      case .short(let shortage):
        last = (market, shortage, linked)
        // Who is in the way there is sent elsewhere.
        for pair in tried.pairs where isCoupled(links.members[pair.member]) {
          let key = PairingMarket.key(pair.member, pair.target)
          links.surcharges[key, default: 0] += 1 + abs(links.surcharges[key] ?? 0)
        }
      case .optimal(let found):
        var plain = links
        plain.surcharges = [:]
        let cost = plain.cost(of: tried.pairs) + found.cost
        if best.map({ cost < $0.cost }) ?? true {
          best = (
            cost, tried.pairs,
            Solved(market: market, pairs: found.pairs, proof: proofs[1].proof)
          )
        }
        if cost == bound { break }
        prices = found.potentials.targets
        links.surcharges = [:]
      }
      if best?.cost == bound { break }
    }
    guard let best else {
      guard let (market, shortage, linked) = last else { return .conflicts([]) }
      return .conflicts(try self.conflicts(market, city, shortage, linked: linked))
    }
    links.surcharges = [:]
    return .plan(
      finish([Solved(market: links, pairs: best.links, proof: proofs[0].proof), best.villages]))
  }

  private static let rounds = 4
  /// As long as there is no pairing at all.
  private static let mostRounds = 32

  func isCoupled(_ member: PairingMarket.Member) -> Bool {
    rules.groups[member.group].inLinkedTownship == true
  }

  private func townships(
    _ pairs: [(member: Int, target: Int)], _ links: PairingMarket
  ) -> [Int: Int32] {
    var linked: [Int: Int32] = [:]
    for pair in pairs {
      linked[links.members[pair.member].official] = links.traits[pair.target].township
    }
    return linked
  }

  /// What the villages of each township would cost whoever is linked to it beyond their prices.
  private func surcharges(
    _ links: PairingMarket, _ villages: PairingMarket, _ prices: [Int64]
  ) -> [UInt64: Int64] {
    var seats: [Int: Int] = [:]
    for (seat, member) in villages.members.enumerated() where isCoupled(member) {
      seats[member.official] = seat
    }
    let ranges = Ranges(villages.traits)
    var found: [UInt64: Int64] = [:]
    for (number, member) in links.members.enumerated() where isCoupled(member) {
      guard let seat = seats[member.official] else { continue }
      let wanted = villages.members[seat].minimum
      for target in member.reach {
        let values = ranges.township(links.traits[target].township)
          .filter { villages.may(seat, $0) }
          .map { villages.cost(seat, $0) - prices[$0] }
          .sorted()
        // A township with too few villages is the last resort.
        let lacking = Int64(max(0, wanted - values.count)) * 1_000_000
        found[PairingMarket.key(number, target)] = values.prefix(wanted).reduce(0, +) + lacking
      }
    }
    return found
  }

  private func finish(_ parts: [Solved]) -> PairingPlan {
    var plan = PairingPlan()
    for part in parts {
      var improvement = PairingImprovement(part.market, facts, part.pairs)
      improvement.run()
      let (pairs, terms) = improvement.result(facts, rules)
      plan.pairs += pairs
      plan.proofs.append(part.proof)
      plan.terms.merge(terms, uniquingKeysWith: +)
    }
    return plan
  }
}
