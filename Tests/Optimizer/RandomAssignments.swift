import Domain

/// Assignments of both tracks' shapes, the same for the same seed.
struct RandomAssignments {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  /// SplitMix64.
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  mutating func number(_ range: ClosedRange<Int>) -> Int {
    range.lowerBound + Int(next() % UInt64(range.count))
  }

  /// - Parameter most: the most officials, and about the most targets.
  mutating func assignment(most: Int) -> Assignment {
    let isVillages = number(0...1) == 0
    let officials = (0..<number(0...most)).map { _ in
      // Villages: many have to have exactly one or three. Enterprises: one or two, or none.
      isVillages
        ? [
          Assignment.Official(capacity: 1, minimum: 1), .init(capacity: 3, minimum: 3),
          .init(capacity: 1), .init(capacity: 2, minimum: 1), .init(capacity: 0),
        ][number(0...4)]
        : Assignment.Official(capacity: number(0...3), minimum: number(0...9) == 0 ? 1 : 0)
    }
    let demands = (0..<number(0...most)).map { _ in number(0...7) == 0 ? number(0...3) : 1 }
    var arcs: [Assignment.Arc] = []
    let density = number(1...10)
    let spread = [3, 100, 1_000_000][number(0...2)]
    for official in officials.indices {
      for target in demands.indices where number(1...10) <= density {
        arcs.append(
          .init(
            official: Int32(official), target: Int32(target), cost: Int64(number(-spread...spread)))
        )
      }
    }
    var loadCost: [Int64] = []
    for _ in 0..<number(0...4) {
      loadCost.append((loadCost.last ?? -5) + Int64(number(0...10)))
    }
    return Assignment(officials: officials, demands: demands, arcs: arcs, loadCost: loadCost)
  }
}
