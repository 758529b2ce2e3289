import Domain
import Optimizer
import Testing

@Suite struct SolveTests {
  @Test func theCheapestPairingIsFound() throws {
    let optimum = try #require(try Self.two.optimum)
    #expect(optimum.cost == 9)
    #expect(optimum.used == [1, 2])
  }

  /// Two officials, the second of whom has to serve somebody.
  static let two = Assignment(
    officials: [.init(capacity: 2), .init(capacity: 1, minimum: 1)], demands: [1, 1],
    arcs: [
      .init(official: 0, target: 0, cost: 1), .init(official: 0, target: 1, cost: 2),
      .init(official: 1, target: 0, cost: 7), .init(official: 1, target: 1, cost: 9),
    ])

  @Test(arguments: 0..<8) func tinyOnesAgreeWithTryingEverything(seed: UInt64) throws {
    var random = RandomAssignments(seed: seed)
    for _ in 0..<150 {
      let assignment = random.assignment(most: 4)
      let expected = BruteForce(assignment).cheapest
      switch try Optimizer.solve(assignment) {
      case .optimal(let optimum):
        #expect(optimum.cost == expected)
        verify(optimum, assignment)
      case .infeasible(let shortage):
        #expect(expected == nil)
        verify(shortage, assignment)
      }
    }
  }

  @Test(arguments: 0..<8) func largerOnesCarryTheirCertificate(seed: UInt64) throws {
    var random = RandomAssignments(seed: 1000 + seed)
    for _ in 0..<25 {
      let assignment = random.assignment(most: 60)
      switch try Optimizer.solve(assignment) {
      case .optimal(let optimum): verify(optimum, assignment)
      case .infeasible(let shortage): verify(shortage, assignment)
      }
    }
  }

  private func verify(_ optimum: Assignment.Optimum, _ assignment: Assignment) {
    #expect(assignment.violations(in: optimum) == [])
    #expect(assignment.bound(optimum.potentials) == optimum.cost)
    // No potential is a number that a reader of JSON would round.
    let all = optimum.potentials.officials + optimum.potentials.targets
    #expect(all.allSatisfy { abs($0) < 1 << 53 })
  }

  private func verify(_ shortage: Assignment.Shortage, _ assignment: Assignment) {
    #expect(assignment.violations(in: shortage) == [])
    let (targets, officials) = (shortage.targets, shortage.officials)
    #expect(targets.isEmpty || BruteForce.isShort(targets, assignment))
    #expect(officials.isEmpty || BruteForce.isOverdriven(officials, assignment))
    for index in targets {
      #expect(!BruteForce.isShort(targets.filter { $0 != index }, assignment))
    }
    for index in officials {
      #expect(!BruteForce.isOverdriven(officials.filter { $0 != index }, assignment))
    }
  }

  @Test func theSameAssignmentHasTheSameAnswer() throws {
    var random = RandomAssignments(seed: 7)
    for _ in 0..<20 {
      let assignment = random.assignment(most: 40)
      let (first, second) = (try assignment.optimum, try assignment.optimum)
      #expect(first?.used == second?.used)
      #expect(first?.potentials == second?.potentials)
    }
  }
}

extension Assignment {
  var optimum: Optimum? {
    get throws {
      guard case .optimal(let optimum) = try Optimizer.solve(self) else { return nil }
      return optimum
    }
  }

  var shortage: Shortage? {
    get throws {
      guard case .infeasible(let shortage) = try Optimizer.solve(self) else { return nil }
      return shortage
    }
  }
}
