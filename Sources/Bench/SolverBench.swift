import Documents
import Domain
import Foundation
import Optimizer

/// The solver alone, and with the check of its answer, on a bare instance.
enum SolverBench {
  static func run(_ path: String) throws {
    var reading = ContinuousClock.now
    let bytes = Array(try Data(contentsOf: URL(fileURLWithPath: path)))
    let assignment = try BareInstance(json: bytes).assignment
    let read = reading.duration(to: .now)
    var best = Duration.seconds(1_000_000)
    var answer: Assignment.Answer?
    for _ in 0..<3 {
      let began = ContinuousClock.now
      answer = try Optimizer.solve(assignment)
      best = min(best, began.duration(to: .now))
    }
    guard case .optimal(let optimum) = answer else { fatalError("the instance has no pairing") }
    reading = .now
    precondition(assignment.violations(in: optimum).isEmpty)
    let check = reading.duration(to: .now)
    print(
      "{\"cost\": \(optimum.cost), \"arcs\": \(assignment.arcs.count), \"read\": \(read.inSeconds), "
        + "\"solve\": \(best.inSeconds), \"check\": \(check.inSeconds)}")
  }
}

extension Duration {
  fileprivate var inSeconds: Double {
    Double(components.seconds) + Double(components.attoseconds) / 1e18
  }
}
