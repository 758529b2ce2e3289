import Domain

/// Looks up in which county, township and village units lie; each unit once.
package struct UnitArea {
  private var known: [UnitID: Area] = [:]

  package init() {}

  package mutating func area(of unit: UnitID, in connection: any Connection) throws -> Area {
    if let area = known[unit] { return area }
    var area = Area()
    if let stored = try UnitRows.present(unit, in: connection) {
      for part in try UnitRows.line(of: stored, in: connection) where part.unit.kind == .region {
        area[part.unit.level] = part.unit.id
      }
    }
    known[unit] = area
    return area
  }
}
