import Domain
import Optimizer
import Testing

@Suite struct SolveTests {
  @Test func theCheapestPairingIsFound() throws {
    let assignment = Assignment(
      officials: [.init(capacity: 2), .init(capacity: 1, minimum: 1)], demands: [1, 1],
      arcs: [
        .init(official: 0, target: 0, cost: 1), .init(official: 0, target: 1, cost: 2),
        .init(official: 1, target: 0, cost: 7), .init(official: 1, target: 1, cost: 9),
      ])
    guard case .optimal(let optimum) = try Optimizer.solve(assignment) else {
      Issue.record("there is a pairing")
      return
    }
    #expect(optimum.cost == 9)
    #expect(optimum.used == [1, 2])
  }
}
