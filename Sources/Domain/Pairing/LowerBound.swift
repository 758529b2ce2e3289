extension Assignment {
  /// What no pairing can cost less than, shown by any potentials whatever (weak duality): the cheapest pairing's
  /// own give its cost, others less. Nil where there can be no pairing, or the number cannot be told.
  package func bound(_ potentials: Potentials) -> Int64? {
    guard isSound, potentials.officials.count == officials.count,
      potentials.targets.count == demands.count
    else { return nil }
    var sum = Sum()
    for (target, demand) in demands.enumerated() {
      sum.add(Int128(potentials.targets[target]) * Int128(demand))
    }
    var degrees = [Int](repeating: 0, count: officials.count)
    for arc in arcs {
      let (official, target) = (Int(arc.official), Int(arc.target))
      degrees[official] += 1
      // A pair that pays is taken, any other left.
      let rest =
        Int128(arc.cost) - Int128(potentials.targets[target])
        + Int128(potentials.officials[official])
      sum.add(min(0, rest))
    }
    for (index, official) in officials.enumerated() {
      let most = min(official.capacity, degrees[index])
      guard official.minimum <= most else { return nil }
      let potential = potentials.officials[index]
      // Units are taken as long as they pay.
      var count = official.minimum
      while count < most, load(count + 1) < potential {
        count = count + 1 < loadCost.count ? count + 1 : most
      }
      sum.add(loadCosts(upTo: count))
      sum.add(-Int128(potential) * Int128(count))
    }
    return sum.value
  }

  /// A sum that says when it cannot be told.
  private struct Sum {
    private var sum: Int128 = 0
    private var isLost = false

    var value: Int64? { isLost ? nil : Int64(exactly: sum) }

    mutating func add(_ number: Int128) {
      let (next, overflow) = sum.addingReportingOverflow(number)
      sum = next
      isLost = isLost || overflow
    }
  }
}
