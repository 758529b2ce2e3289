/// The independent check that there is no pairing: who is named wants more than there is, and nobody is
/// named who could be left out.
extension Assignment {
  /// What is wrong with a proof that there is no pairing.
  package enum ShortageViolation: Hashable, Sendable {
    /// The assignment itself is none.
    case unsound
    /// What can be met and what is left over are not the demand together, or nothing is left over and
    /// targets are named, or fewer units than the named targets lack.
    case numbersWrong
    case nobodyNamed
    case targetUnknown(Int)
    case officialUnknown(Int)
    case namedTwice(Int)
    /// Those named can have what they want.
    case noShortage(wanted: Int, available: Int)
    /// There is too little for the others too.
    case notNeeded(Int)
  }

  /// What is wrong with a proof. That no more of the demand could be met is not part of it.
  package func violations(in shortage: Shortage) -> [ShortageViolation] {
    guard isSound else { return [.unsound] }
    let demand = demands.reduce(0) { $0 + Int128($1) }
    let told = Int128(shortage.coverable) + Int128(shortage.deficiency)
    guard told == demand, shortage.deficiency >= 0, shortage.coverable >= 0,
      (shortage.deficiency > 0) == !shortage.targets.isEmpty,
      shortage.targets.isEmpty || shortage.officials.isEmpty
    else { return [.numbersWrong] }
    if !shortage.targets.isEmpty {
      let side = Side(wants: demands, offers: officials.map(\.capacity))
      let violations = side.violations(
        shortage.targets, unknown: ShortageViolation.targetUnknown,
        edges: arcs.lazy.map { (Int($0.target), Int($0.official)) })
      guard violations.isEmpty else { return violations }
      let lack = side.lack(shortage.targets, arcs.lazy.map { (Int($0.target), Int($0.official)) })
      return lack > Int128(shortage.deficiency) ? [.numbersWrong] : []
    }
    if shortage.officials.count == 1, let official = shortage.officials.first,
      officials.indices.contains(official),
      officials[official].minimum > officials[official].capacity
    {
      return []
    }
    return Side(wants: officials.map(\.minimum), offers: demands).violations(
      shortage.officials, unknown: ShortageViolation.officialUnknown,
      edges: arcs.lazy.map { (Int($0.official), Int($0.target)) })
  }

  /// What those whom a proof names want, and what there is for them.
  package func need(of shortage: Shortage) -> (wanted: Int, available: Int) {
    guard violations(in: shortage) == [] else { return (0, 0) }
    let (wanted, available, _) =
      shortage.officials.isEmpty
      ? Side(wants: demands, offers: officials.map(\.capacity)).measure(
        shortage.targets, arcs.lazy.map { (Int($0.target), Int($0.official)) })
      : Side(wants: officials.map(\.minimum), offers: demands).measure(
        shortage.officials, arcs.lazy.map { (Int($0.official), Int($0.target)) })
    return (Int(clamping: wanted), Int(clamping: available))
  }

  /// Targets that want what officials can give; or officials whose minima want what targets ask for.
  private struct Side {
    let wants: [Int]
    let offers: [Int]

    func lack(_ named: [Int], _ edges: some Sequence<(Int, Int)>) -> Int128 {
      let (wanted, available, _) = measure(named, edges)
      return wanted - available
    }

    func violations(
      _ named: [Int], unknown: (Int) -> ShortageViolation, edges: some Sequence<(Int, Int)>
    ) -> [ShortageViolation] {
      guard !named.isEmpty else { return [.nobodyNamed] }
      if let stranger = named.first(where: { !wants.indices.contains($0) }) {
        return [unknown(stranger)]
      }
      var seen = Set<Int>()
      if let twice = named.first(where: { !seen.insert($0).inserted }) {
        return [.namedTwice(twice)]
      }
      let (wanted, available, freed) = measure(named, edges)
      guard wanted > available else {
        return [
          .noShortage(wanted: Int(clamping: wanted), available: Int(clamping: available))
        ]
      }
      // Without one of them: they want so much less, and so much less is available.
      return named.filter { wanted - Int128(wants[$0]) > available - freed[$0]! }
        .map { .notNeeded($0) }
    }

    /// What those named want, what all who offer have for them, and how much of it only each can use.
    func measure(
      _ named: [Int], _ edges: some Sequence<(Int, Int)>
    ) -> (wanted: Int128, available: Int128, freed: [Int: Int128]) {
      var isNamed = [Bool](repeating: false, count: wants.count)
      for index in named { isNamed[index] = true }
      var degrees = [Int](repeating: 0, count: offers.count)
      for (wanting, offering) in edges where isNamed[wanting] { degrees[offering] += 1 }
      var available: Int128 = 0
      for (offer, degree) in zip(offers, degrees) { available += Int128(min(offer, degree)) }
      var freed: [Int: Int128] = [:]
      for index in named { freed[index] = 0 }
      for (wanting, offering) in edges
      where isNamed[wanting] && degrees[offering] <= offers[offering] {
        freed[wanting]! += 1
      }
      return (named.reduce(0) { $0 + Int128(wants[$1]) }, available, freed)
    }
  }
}
