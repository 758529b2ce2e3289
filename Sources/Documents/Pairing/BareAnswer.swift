import Domain

/// An answer as it is printed and read again (docs/pairing.md). Pairs are indices, as in the instance.
package enum BareAnswer {
  case optimal(cost: Int64, pairs: [SIMD2<Int32>], potentials: Assignment.Potentials)
  case infeasible(Assignment.Shortage)

  package init(_ answer: Assignment.Answer, of assignment: Assignment) {
    switch answer {
    case .optimal(let optimum):
      let pairs = optimum.used.map {
        SIMD2(assignment.arcs[$0].official, assignment.arcs[$0].target)
      }
      self = .optimal(cost: optimum.cost, pairs: pairs, potentials: optimum.potentials)
    case .infeasible(let shortage): self = .infeasible(shortage)
    }
  }

  /// One line of JSON. Written by hand: there may be hundreds of thousands of numbers.
  package var json: String {
    switch self {
    case .optimal(let cost, let pairs, let potentials):
      let pairs = pairs.map { "[\($0.x),\($0.y)]" }.joined(separator: ",")
      return
        "{\"status\":\"optimal\",\"cost\":\(cost),\"pairs\":[\(pairs)],\"potentials\":"
        + "{\"officials\":\(Self.list(potentials.officials)),"
        + "\"targets\":\(Self.list(potentials.targets))}}"
    case .infeasible(let shortage):
      // Only where minima fail somebody else is named.
      let officials =
        shortage.officials.isEmpty ? "" : ",\"proof_officials\":\(Self.list(shortage.officials))"
      return
        "{\"status\":\"infeasible\",\"coverable\":\(shortage.coverable),"
        + "\"deficiency\":\(shortage.deficiency),\"proof\":\(Self.list(shortage.targets))\(officials)}"
    }
  }

  private static func list(_ numbers: [some BinaryInteger & CustomStringConvertible]) -> String {
    "[" + numbers.map(\.description).joined(separator: ",") + "]"
  }
}
