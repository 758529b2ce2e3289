import Domain
import Optimizer
import Testing

/// Numbers that are no assignment are refused with their place; absurd ones that are get an answer.
@Suite struct InputTests {
  private static func assignment(
    officials: [Assignment.Official] = [.init(capacity: 1), .init(capacity: 1)],
    demands: [Int] = [1, 1],
    arcs: [Assignment.Arc] = [
      .init(official: 0, target: 0, cost: 1), .init(official: 1, target: 1, cost: 1),
    ], loadCost: [Int64] = []
  ) -> Assignment {
    Assignment(officials: officials, demands: demands, arcs: arcs, loadCost: loadCost)
  }

  private static func arc(_ official: Int32, _ target: Int32, _ cost: Int64 = 1) -> Assignment.Arc {
    .init(official: official, target: target, cost: cost)
  }

  @Test(arguments: [
    (assignment(arcs: [arc(0, 0), arc(2, 1)]), Optimizer.Fault.arcOutOfRange(arc: 1)),
    (assignment(arcs: [arc(0, 0), arc(0, 2)]), .arcOutOfRange(arc: 1)),
    (assignment(arcs: [arc(-1, 0)]), .arcOutOfRange(arc: 0)),
    (assignment(arcs: [arc(0, -1)]), .arcOutOfRange(arc: 0)),
    (
      assignment(arcs: [arc(0, 0), arc(1, 1), arc(0, 1), arc(1, 1, 9), arc(0, 0)]),
      .arcTwice(arc: 3)
    ),
    (
      assignment(officials: [.init(capacity: 1), .init(capacity: -1)]),
      .negativeCapacity(official: 1)
    ),
    (
      assignment(officials: [.init(capacity: 1, minimum: -1)], arcs: []),
      .negativeMinimum(official: 0)
    ),
    (assignment(demands: [1, -1]), .negativeDemand(target: 1)),
    (assignment(loadCost: [1, 3, 2]), .fallingLoadCost(index: 2)),
    (assignment(arcs: [arc(0, 0, .max)]), .tooLarge),
    (assignment(arcs: [arc(0, 0, .min)]), .tooLarge),
    (assignment(loadCost: [0, .max]), .tooLarge),
    (assignment(demands: [1, .max]), .tooLarge),
    (assignment(officials: [.init(capacity: .max, minimum: .max)], arcs: []), .tooLarge),
  ])
  func refused(assignment: Assignment, fault: Optimizer.Fault) {
    #expect(throws: fault) { try Optimizer.solve(assignment) }
  }

  @Test(
    arguments: [
      (assignment(officials: [], demands: [], arcs: []), 0, []),
      (assignment(demands: [], arcs: []), 0, []),
      (assignment(demands: [0, 0]), 0, []),
      // Nobody is paired for money: only demand is met.
      (assignment(demands: [0, 1], arcs: [arc(0, 0, -5), arc(1, 1, -5), arc(0, 1, -7)]), -7, [2]),
      (
        assignment(
          officials: [.init(capacity: 0), .init(capacity: .max)], arcs: [arc(1, 0), arc(1, 1)]), 2,
        [0, 1]
      ),
      (assignment(loadCost: [-3]), -4, [0, 1]),
      // As large as costs may be among so few.
      (assignment(arcs: [arc(0, 0, 1 << 55), arc(1, 1, -1 << 55)]), 0, [0, 1]),
    ] as [(Assignment, Int64, [Int])])
  func answered(assignment: Assignment, cost: Int64, used: [Int]) throws {
    let optimum = try #require(try assignment.optimum)
    #expect(optimum.cost == cost)
    #expect(optimum.used == used)
    #expect(assignment.violations(in: optimum) == [])
  }

  /// Everybody has to have exactly one: no unit is left that would tie their potentials to each other.
  @Test func potentialsOfSeparatePartsAreNumbersToo() throws {
    let count: Int32 = 40
    let assignment = Assignment(
      officials: Array(repeating: .init(capacity: 1, minimum: 1), count: Int(count)),
      demands: Array(repeating: 1, count: Int(count)),
      arcs: (0..<count).flatMap {
        [Self.arc($0, $0, Int64($0)), Self.arc($0, ($0 + 1) % count, 3)]
      })
    let optimum = try #require(try assignment.optimum)
    #expect(assignment.violations(in: optimum) == [])
    #expect(
      (optimum.potentials.officials + optimum.potentials.targets).allSatisfy { abs($0) < 10_000 })
  }
}
