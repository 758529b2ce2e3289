/// Officials and targets to be paired, stripped to numbers: who can serve how many, whom, and at what cost.
/// Officials and targets are meant by their place in the arrays.
package struct Assignment: Sendable {
  package struct Official: Hashable, Sendable {
    /// The most targets they can serve, and the fewest they have to.
    package let capacity: Int
    package let minimum: Int

    package init(capacity: Int, minimum: Int = 0) {
      self.capacity = capacity
      self.minimum = minimum
    }
  }

  /// Somebody who may serve a target. An official serves a target once, however much it asks for.
  package struct Arc: Hashable, Sendable {
    package let official: Int32
    package let target: Int32
    package let cost: Int64

    package init(official: Int32, target: Int32, cost: Int64) {
      self.official = official
      self.target = target
      self.cost = cost
    }
  }

  package var officials: [Official]
  /// How many officials each target asks for.
  package var demands: [Int]
  package var arcs: [Arc]
  /// The k-th target of any official costs `loadCost[k - 1]` more, the last value repeating. It never
  /// falls, or the cheapest pairing would be no flow.
  package var loadCost: [Int64]

  package init(officials: [Official], demands: [Int], arcs: [Arc], loadCost: [Int64] = []) {
    self.officials = officials
    self.demands = demands
    self.arcs = arcs
    self.loadCost = loadCost
  }

  /// What an official's `count`-th target costs beside the pair itself.
  package func load(_ count: Int) -> Int64 {
    loadCost.isEmpty ? 0 : loadCost[min(count, loadCost.count) - 1]
  }

  package enum Answer: Sendable {
    case optimal(Optimum)
    case infeasible(Shortage)
  }

  package struct Optimum: Sendable {
    package let cost: Int64
    /// Indices of the arcs that are used, ascending.
    package let used: [Int]
    /// The certificate: a used arc costs no more than `targets[t] - officials[o]`, an unused one no less.
    package let potentials: Potentials

    package init(cost: Int64, used: [Int], potentials: Potentials) {
      (self.cost, self.used, self.potentials) = (cost, used, potentials)
    }
  }

  package struct Potentials: Hashable, Sendable {
    package var officials: [Int64]
    package var targets: [Int64]

    package init(officials: [Int64], targets: [Int64]) {
      self.officials = officials
      self.targets = targets
    }
  }

  /// Why there is no pairing.
  package struct Shortage: Hashable, Sendable {
    /// How much of the demand can be met at most, whatever the minima, and how much is left over.
    package let coverable: Int
    package let deficiency: Int
    /// Targets that ask for more than all who may serve them have, none of which can be left out. Empty
    /// where only the minima cannot be met.
    package let targets: [Int]
    /// Officials whose minima ask for more than all whom they may serve want. Empty where targets are left over.
    package let officials: [Int]

    package init(coverable: Int, deficiency: Int, targets: [Int], officials: [Int] = []) {
      self.coverable = coverable
      self.deficiency = deficiency
      self.targets = targets
      self.officials = officials
    }
  }
}
