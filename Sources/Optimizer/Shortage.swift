import Domain

extension Optimizer {
  /// Why there is no pairing: first whether the demand can be met at all, then whether the minima can.
  static func shortage(_ assignment: Assignment) -> Assignment.Shortage {
    var demand = Coverage(
      wants: assignment.demands, offers: assignment.officials.map(\.capacity),
      edges: assignment.arcs.map { ($0.target, $0.official) })
    demand.maximise()
    if demand.missing > 0 {
      return Assignment.Shortage(
        coverable: demand.covered, deficiency: demand.missing, targets: demand.irreducible())
    }
    if let official = assignment.officials.firstIndex(where: { $0.minimum > $0.capacity }) {
      return Assignment.Shortage(
        coverable: demand.covered, deficiency: 0, targets: [], officials: [official])
    }
    var minima = Coverage(
      wants: assignment.officials.map(\.minimum), offers: assignment.demands,
      edges: assignment.arcs.map { ($0.official, $0.target) })
    minima.maximise()
    return Assignment.Shortage(
      coverable: demand.covered, deficiency: 0, targets: [],
      officials: minima.missing > 0 ? minima.irreducible() : [])
  }
}
