/// The independent check of an answer: it knows how a pairing and its potentials must be, and nothing of how
/// they are found. Time grows with the number of arcs. Numbers of any size are taken.
extension Assignment {
  /// What is wrong with an answer. Officials, targets and arcs are indices.
  package enum Violation: Hashable, Sendable {
    /// The assignment itself is none: an arc leads nowhere, a number is negative, or load costs fall.
    case unsound
    // The pairing.
    case arcUnknown(Int)
    /// The same official for the same target a second time.
    case arcTwice(Int)
    /// A target that does not have as many officials as it asks for.
    case demandMissed(target: Int, has: Int, wants: Int)
    case capacityExceeded(official: Int, has: Int, capacity: Int)
    case minimumMissed(official: Int, has: Int, minimum: Int)
    case costWrong(stated: Int64, found: Int64?)
    // The certificate.
    case potentialsIncomplete
    case usedTooDear(arc: Int)
    case unusedTooCheap(arc: Int)
    /// A unit above the minimum costs more than the official's potential.
    case unitTooDear(official: Int)
    /// The next unit below the capacity costs less than the official's potential.
    case unitTooCheap(official: Int)
  }

  /// What is wrong with a pairing and the potentials that shall prove it the cheapest: if nothing, it is.
  package func violations(in optimum: Optimum) -> [Violation] {
    guard isSound else { return [.unsound] }
    let (violations, loads, isUsed) = examine(pairing: optimum.used)
    guard violations.isEmpty else { return violations }
    let cost = cost(of: optimum.used, loads)
    return (cost == optimum.cost ? [] : [.costWrong(stated: optimum.cost, found: cost)])
      + examine(optimum.potentials, loads, isUsed)
  }

  /// What a pairing breaks, whatever it costs.
  package func violations(inPairing used: [Int]) -> [Violation] {
    isSound ? examine(pairing: used).violations : [.unsound]
  }

  /// Whether arcs lead to somebody, no number is negative and load costs never fall.
  var isSound: Bool {
    arcs.allSatisfy {
      officials.indices.contains(Int($0.official)) && demands.indices.contains(Int($0.target))
    } && officials.allSatisfy { $0.capacity >= 0 && $0.minimum >= 0 }
      && demands.allSatisfy { $0 >= 0 }
      && zip(loadCost, loadCost.dropFirst()).allSatisfy { $0 <= $1 }
  }

  private func examine(
    pairing used: [Int]
  ) -> (violations: [Violation], loads: [Int], isUsed: [Bool]) {
    var violations: [Violation] = []
    var loads = [Int](repeating: 0, count: officials.count)
    var served = [Int](repeating: 0, count: demands.count)
    var isUsed = [Bool](repeating: false, count: arcs.count)
    var pairs = Set<SIMD2<Int32>>()
    for index in used {
      guard arcs.indices.contains(index) else {
        violations.append(.arcUnknown(index))
        continue
      }
      let arc = arcs[index]
      if !pairs.insert([arc.official, arc.target]).inserted { violations.append(.arcTwice(index)) }
      isUsed[index] = true
      loads[Int(arc.official)] += 1
      served[Int(arc.target)] += 1
    }
    for (target, demand) in demands.enumerated() where served[target] != demand {
      violations.append(.demandMissed(target: target, has: served[target], wants: demand))
    }
    for (index, official) in officials.enumerated() {
      let load = loads[index]
      if load > official.capacity {
        violations.append(
          .capacityExceeded(official: index, has: load, capacity: official.capacity))
      }
      if load < official.minimum {
        violations.append(.minimumMissed(official: index, has: load, minimum: official.minimum))
      }
    }
    return (violations, loads, isUsed)
  }

  private func cost(of used: [Int], _ loads: [Int]) -> Int64? {
    var sum: Int128 = 0
    for index in used { sum += Int128(arcs[index].cost) }
    for load in loads { sum += loadCosts(upTo: load) }
    return Int64(exactly: sum)
  }

  /// What an official's first so many targets cost beside the pairs.
  func loadCosts(upTo count: Int) -> Int128 {
    let listed = loadCost.prefix(count).reduce(0) { $0 + Int128($1) }
    return listed + Int128(max(0, count - loadCost.count)) * Int128(loadCost.last ?? 0)
  }

  private func examine(
    _ potentials: Potentials, _ loads: [Int], _ isUsed: [Bool]
  ) -> [Violation] {
    guard potentials.officials.count == officials.count, potentials.targets.count == demands.count
    else { return [.potentialsIncomplete] }
    var violations: [Violation] = []
    for (index, arc) in arcs.enumerated() {
      let worth =
        Int128(potentials.targets[Int(arc.target)])
        - Int128(potentials.officials[Int(arc.official)])
      if isUsed[index] {
        if Int128(arc.cost) > worth { violations.append(.usedTooDear(arc: index)) }
      } else if Int128(arc.cost) < worth {
        violations.append(.unusedTooCheap(arc: index))
      }
    }
    for (index, official) in officials.enumerated() {
      let (count, potential) = (loads[index], potentials.officials[index])
      // It never falls, so that the last unit and the next one speak for all.
      if count > official.minimum, load(count) > potential {
        violations.append(.unitTooDear(official: index))
      }
      if count < official.capacity, load(count + 1) < potential {
        violations.append(.unitTooCheap(official: index))
      }
    }
    return violations
  }
}
