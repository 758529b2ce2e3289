import Domain
import Storage

/// Names of those who have a line in a problem.
package struct ProblemParties: Sendable {
  /// Paths of units by their names.
  package private(set) var units: [UnitID: String] = [:]
  /// None of those whose data were erased.
  package private(set) var officials: [OfficialID: String] = [:]

  init(of problem: Problem, _ vault: Vault, in connection: any Connection) throws {
    for leg in problem.rounds.flatMap(\.legs) {
      switch leg.party {
      case .unit(let unit):
        if units[unit] != nil { continue }
        units[unit] = try UnitRows.namePath(of: unit, in: connection)
      case .official(let id):
        if officials[id] != nil { continue }
        officials[id] = try OfficialRows.find(id, vault, in: connection)?.official.name
      }
    }
  }

  package subscript(_ party: Leg.Party) -> String? {
    switch party {
    case .unit(let unit): units[unit]
    case .official(let official): officials[official]
    }
  }
}
