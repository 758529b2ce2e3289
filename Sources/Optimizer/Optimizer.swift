import COptimizer
import Domain

/// Finds the cheapest pairing as a flow of least cost.
package enum Optimizer {
  /// The cheapest pairing with its certificate, or why there is none. The same assignment always gives the
  /// same answer. Blocks: some seconds for millions of arcs.
  /// - Throws: `Fault`, where the numbers are no assignment.
  package static func solve(_ assignment: Assignment) throws(Fault) -> Assignment.Answer {
    if let (used, potentials) = try flow(assignment) {
      return .optimal(
        Assignment.Optimum(
          cost: cost(of: used, assignment), used: used, potentials: potentials))
    }
    return .infeasible(shortage(assignment))
  }

  /// What makes numbers no assignment, and where: the place is an index.
  package enum Fault: Error, Hashable {
    case arcOutOfRange(arc: Int)
    case arcTwice(arc: Int)
    case negativeCapacity(official: Int)
    case negativeMinimum(official: Int)
    case negativeDemand(target: Int)
    case fallingLoadCost(index: Int)
    /// More than half a thousand million of anything, or costs whose sums could overflow.
    case tooLarge
    case noMemory
  }

  /// The arcs used and the potentials, or nil where there is no pairing.
  private static func flow(
    _ assignment: Assignment
  ) throws(Fault) -> (used: [Int], potentials: Assignment.Potentials)? {
    var used = [UInt8](repeating: 0, count: assignment.arcs.count)
    var officials = [Int64](repeating: 0, count: assignment.officials.count)
    var targets = [Int64](repeating: 0, count: assignment.demands.count)
    var place = 0
    let status = withNumbers(of: assignment) { numbers in
      used.withUnsafeMutableBufferPointer { used in
        officials.withUnsafeMutableBufferPointer { officials in
          targets.withUnsafeMutableBufferPointer { targets in
            let answer = optimizer_answer(
              used: used.baseAddress, official_potentials: officials.baseAddress,
              target_potentials: targets.baseAddress)
            return withUnsafePointer(to: numbers) { optimizer_solve($0, answer, &place) }
          }
        }
      }
    }
    switch status {
    case OPTIMIZER_OPTIMAL:
      return (
        used.indices.filter { used[$0] != 0 },
        Assignment.Potentials(officials: officials, targets: targets)
      )
    case OPTIMIZER_INFEASIBLE: return nil
    case OPTIMIZER_ARC_OUT_OF_RANGE: throw .arcOutOfRange(arc: place)
    case OPTIMIZER_ARC_TWICE: throw .arcTwice(arc: place)
    case OPTIMIZER_CAPACITY_NEGATIVE: throw .negativeCapacity(official: place)
    case OPTIMIZER_MINIMUM_NEGATIVE: throw .negativeMinimum(official: place)
    case OPTIMIZER_DEMAND_NEGATIVE: throw .negativeDemand(target: place)
    case OPTIMIZER_LOAD_COST_FALLS: throw .fallingLoadCost(index: place)
    case OPTIMIZER_NO_MEMORY: throw .noMemory
    default: throw .tooLarge
    }
  }

  /// Lends the assignment's own arrays to C.
  private static func withNumbers<Result>(
    of assignment: Assignment, _ body: (optimizer_assignment) -> Result
  ) -> Result {
    // Swift lays structures out as C does, but does not promise it.
    precondition(
      MemoryLayout<Assignment.Official>.stride == MemoryLayout<optimizer_official>.stride
        && MemoryLayout<Assignment.Official>.offset(of: \.minimum) == 8
        && MemoryLayout<Assignment.Arc>.stride == MemoryLayout<optimizer_arc>.stride
        && MemoryLayout<Assignment.Arc>.offset(of: \.target) == 4
        && MemoryLayout<Assignment.Arc>.offset(of: \.cost) == 8)
    return assignment.officials.withUnsafeBytes { officials in
      assignment.demands.withUnsafeBytes { demands in
        assignment.arcs.withUnsafeBytes { arcs in
          assignment.loadCost.withUnsafeBufferPointer { loadCost in
            body(
              optimizer_assignment(
                officials: officials.baseAddress?.assumingMemoryBound(to: optimizer_official.self),
                official_count: assignment.officials.count,
                demands: demands.baseAddress?.assumingMemoryBound(to: Int64.self),
                target_count: assignment.demands.count,
                arcs: arcs.baseAddress?.assumingMemoryBound(to: optimizer_arc.self),
                arc_count: assignment.arcs.count, load_cost: loadCost.baseAddress,
                load_cost_count: assignment.loadCost.count))
          }
        }
      }
    }
  }

  /// No sum of as many costs as were let in overflows.
  private static func cost(of used: [Int], _ assignment: Assignment) -> Int64 {
    var loads = [Int](repeating: 0, count: assignment.officials.count)
    var cost: Int64 = 0
    for index in used {
      let arc = assignment.arcs[index]
      loads[Int(arc.official)] += 1
      cost += arc.cost + assignment.load(loads[Int(arc.official)])
    }
    return cost
  }
}
