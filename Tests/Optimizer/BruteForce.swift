import Domain

/// What can be found by trying everything.
struct BruteForce {
  let assignment: Assignment
  /// The cost of the cheapest pairing, if there is one.
  private(set) var cheapest: Int64?

  init(_ assignment: Assignment) {
    self.assignment = assignment
    var loads = [Int](repeating: 0, count: assignment.officials.count)
    var rest = assignment.demands
    search(arc: 0, cost: 0, loads: &loads, rest: &rest)
  }

  private mutating func search(arc index: Int, cost: Int64, loads: inout [Int], rest: inout [Int]) {
    guard index < assignment.arcs.count else {
      if rest.allSatisfy({ $0 == 0 }),
        zip(assignment.officials, loads).allSatisfy({ $1 <= $0.capacity && $1 >= $0.minimum })
      {
        cheapest = min(cheapest ?? cost, cost)
      }
      return
    }
    search(arc: index + 1, cost: cost, loads: &loads, rest: &rest)
    let arc = assignment.arcs[index]
    let (official, target) = (Int(arc.official), Int(arc.target))
    guard rest[target] > 0, loads[official] < assignment.officials[official].capacity else {
      return
    }
    loads[official] += 1
    rest[target] -= 1
    search(
      arc: index + 1, cost: cost + arc.cost + assignment.load(loads[official]), loads: &loads,
      rest: &rest)
    loads[official] -= 1
    rest[target] += 1
  }

  /// Whether targets want more than all who may serve them have, by the definition.
  static func isShort(_ targets: [Int], _ assignment: Assignment) -> Bool {
    let wanted = targets.reduce(0) { $0 + assignment.demands[$1] }
    var available = 0
    for (index, official) in assignment.officials.enumerated() {
      let degree = assignment.arcs.count {
        Int($0.official) == index && targets.contains(Int($0.target))
      }
      available += min(official.capacity, degree)
    }
    return wanted > available
  }

  /// Whether officials' minima want more than all whom they may serve ask for, or one's more than they may.
  static func isOverdriven(_ officials: [Int], _ assignment: Assignment) -> Bool {
    let wanted = officials.reduce(0) { $0 + assignment.officials[$1].minimum }
    var available = 0
    for (index, demand) in assignment.demands.enumerated() {
      let degree = assignment.arcs.count {
        Int($0.target) == index && officials.contains(Int($0.official))
      }
      available += min(demand, degree)
    }
    return wanted > available
      || officials.contains { assignment.officials[$0].minimum > assignment.officials[$0].capacity }
  }
}
