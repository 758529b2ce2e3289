/// Which rules cannot hold together, where there is no pairing. Rules are left out one after the other; what
/// makes no difference stays out, so that what remains is irreducible.
extension PairingPlanner {
  /// All there are in a market, one after the other: what one of them wants is dropped before the next is
  /// looked for.
  func conflicts(
    _ market: PairingMarket, _ city: Int32, _ shortage: Assignment.Shortage,
    linked: [Int: Int32]?
  ) throws -> [PairingConflict] {
    var found: [PairingConflict] = []
    var settled: Set<PairingRule> = []
    var (market, shortage) = (market, shortage)
    while found.count < Self.most {
      let search = ConflictSearch(
        planner: self, kind: market.kind, city: city, linked: linked, settled: settled)
      let conflict = try search.conflict(market, shortage)
      found.append(conflict)
      let wants = conflict.rules.filter {
        switch $0 {
        case .coverage, .minimum: true
        default: false
        }
      }
      // Marks alone can contradict each other: they are settled too, so that the search ends.
      settled.formUnion(wants.isEmpty ? conflict.rules : wants)
      // Where nobody is wanted any more minima cannot be met, which would be no news.
      settled.formUnion(market.minima)
      market = search.market(dropping: settled)
      guard case .short(let next) = try market.optimum(solve, exact: false) else { break }
      shortage = next
    }
    return found
  }

  private static let most = 20

  /// Fixed pairs that nothing can keep to: of officials who have no part in the track, or more of them for a
  /// target than it has officials.
  func strayMarks(_ track: Track) -> [PairingConflict] {
    crowdedMarks(track) + partlessMarks(track)
  }

  private func crowdedMarks(_ track: Track) -> [PairingConflict] {
    let fixed = facts.marks.indices.filter {
      facts.marks[$0].kind == .fixed && facts.marks[$0].target.kind.track == track
    }
    return Dictionary(grouping: fixed) { facts.marks[$0].target }
      .filter { $0.value.count > rules.coverage($0.key.kind) }
      .sorted { $0.value[0] < $1.value[0] }
      .map { target, marks in
        let place = facts.targets(target.kind).first { $0.target == target }?.place
        let county = place?.county ?? PairingFacts.Place.none
        return PairingConflict(
          kind: target.kind,
          rules: marks.map { .mark($0) } + [.coverage(target.kind, county: county)],
          wanted: marks.count, leftOver: marks.count - rules.coverage(target.kind), supplies: [])
      }
  }

  private func partlessMarks(_ track: Track) -> [PairingConflict] {
    let known = Dictionary(
      facts.officials.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    return facts.marks.enumerated().compactMap { number, mark in
      let kind = mark.target.kind
      guard mark.kind == .fixed, kind.track == track,
        facts.targets(kind).contains(where: { $0.target == mark.target })
      else { return nil }
      let group = known[mark.official].flatMap {
        rules.group($0.rank, $0.level, of: $0.track, in: track)
      }
      if let group, rules.groups[group].quota(kind).map({ $0.max > 0 }) == true { return nil }
      return PairingConflict(
        kind: kind, rules: [.mark(number)], wanted: 1, leftOver: 1,
        supplies: group.map { [.init(group: $0, officials: 1, quota: 0, minimum: 0)] } ?? [])
    }
  }
}

private struct ConflictSearch {
  let planner: PairingPlanner
  let kind: PairingKind
  let city: Int32
  let linked: [Int: Int32]?
  /// Rules of conflicts that were found before.
  let settled: Set<PairingRule>

  func market(dropping dropped: Set<PairingRule>) -> PairingMarket {
    PairingMarket(
      kind, in: city, planner.facts, planner.rules, linked: linked, dropping: dropped)
  }

  func conflict(
    _ market: PairingMarket, _ shortage: Assignment.Shortage
  ) throws -> PairingConflict {
    let areas = Set(shortage.targets.map { market.traits[$0].county })
    let all = Set(market.traits.map(\.county))
    var dropped = settled
    // What is wanted elsewhere is no part of it; where minima fail, what is wanted is what there is.
    let lacksOfficials = !shortage.targets.isEmpty
    if lacksOfficials {
      dropped.formUnion(all.subtracting(areas).map { .coverage(kind, county: $0) })
      // Too few for all is too few whatever each of them has to have.
      dropped.formUnion(market.minima)
    }
    var kept: [PairingRule] = []
    for bundle in candidates(lacksOfficials ? areas.sorted() : [], market, shortage) {
      let open = bundle.filter { !dropped.contains($0) }
      if open.isEmpty { continue }
      if try isShort(dropping: dropped.union(open)) {
        dropped.formUnion(open)
        continue
      }
      for rule in open {
        if try open.count > 1 && isShort(dropping: dropped.union([rule])) {
          dropped.insert(rule)
        } else {
          kept.append(rule)
        }
      }
    }
    return try summary(kept, dropped)
  }

  private func isShort(dropping dropped: Set<PairingRule>) throws -> Bool {
    guard
      case .short = try market(dropping: dropped).optimum(planner.solve, exact: false)
    else { return false }
    return true
  }

  /// In bundles that are tried at once; what is least likely to matter first.
  private func candidates(
    _ areas: [Int32], _ market: PairingMarket, _ shortage: Assignment.Shortage
  ) -> [[PairingRule]] {
    let groups = Set(market.members.map(\.group)).sorted()
    let marks = planner.facts.marks.indices.filter {
      planner.facts.marks[$0].target.kind == kind
    }
    return [
      marks.map { .mark($0) }, [.home], groups.map { .onlyKey($0) },
      groups.map { .linkedTownship($0) }, groups.map { .minimum($0, kind) },
      groups.map { .within($0) }, groups.map { .quota($0, kind) },
      areas.map { .coverage(kind, county: $0) },
    ]
  }

  private func summary(
    _ rules: [PairingRule], _ dropped: Set<PairingRule>
  ) throws -> PairingConflict {
    let market = market(dropping: dropped)
    let shortage = try market.denseShortage(planner.solve)
    let areas: Set<Int32> = Set(
      rules.compactMap {
        if case .coverage(_, let county) = $0 { county } else { nil }
      })
    let wanted = market.targets.indices.filter { areas.contains(market.traits[$0].county) }
    let minima: Set<Int> = Set(
      rules.compactMap { if case .minimum(let group, _) = $0 { group } else { nil } })
    let possible = market.members.filter { member in
      areas.isEmpty
        ? minima.contains(member.group)
        : wanted.contains { member.reach.contains($0) && market.demands[$0] > 0 }
    }
    let supplies = Dictionary(grouping: possible, by: \.group).sorted { $0.key < $1.key }.map {
      let quota = planner.rules.groups[$0.key].quota(kind)
      return PairingConflict.Supply(
        group: $0.key, officials: $0.value.count, quota: quota?.max ?? 0,
        minimum: quota?.min ?? 0)
    }
    let minimum = possible.reduce(0) { $0 + $1.minimum }
    return PairingConflict(
      kind: kind, rules: rules, wanted: wanted.reduce(0) { $0 + market.demands[$1] },
      leftOver: shortage?.deficiency ?? 0, supplies: supplies,
      missing: areas.isEmpty ? max(0, minimum - market.demands.reduce(0, +)) : 0)
  }
}

extension PairingMarket {
  fileprivate var minima: [PairingRule] {
    Set(members.map(\.group)).sorted().map { .minimum($0, kind) }
  }

  /// The shortage over all possible pairs; nil where there is none.
  fileprivate func denseShortage(_ solve: Solver) throws -> Assignment.Shortage? {
    var arcs: [Assignment.Arc] = []
    for (seat, member) in members.enumerated() {
      for target in targets.indices
      where demands[target] > 0 && (member.reach.contains(target) || isFixed(seat, target))
        && may(seat, target)
      {
        arcs.append(.init(official: Int32(seat), target: Int32(target), cost: 0))
      }
    }
    let assignment = Assignment(
      officials: members.map { .init(capacity: $0.capacity, minimum: $0.minimum) },
      demands: demands, arcs: arcs)
    guard case .infeasible(let shortage) = try solve(assignment) else { return nil }
    return shortage
  }
}
