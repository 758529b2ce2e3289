import Domain
import Storage

/// The organisation tree of a day.
package struct ShowTree: Sendable {
  let platform: Platform

  package init(_ platform: Platform) { self.platform = platform }

  package struct Place: Sendable {
    package let unit: Unit
    /// `许昌市/禹州市/小吕乡`, by the names of that day.
    package let path: String
  }

  /// - Parameters:
  ///   - day: nil for today.
  ///   - root: nil for the whole tree.
  /// - Returns: by division code, those without one last.
  package func callAsFunction(asOf day: Day?, under root: UnitID?) async throws -> [Place] {
    let day = day ?? platform.now().day
    let units = try await platform.database.read { try UnitHistory.tree(asOf: day, in: $0) }
    let byID = Dictionary(uniqueKeysWithValues: units.map { ($0.id, $0) })
    var paths: [UnitID: (path: String, isInside: Bool)] = [:]
    func place(_ unit: Unit) -> (path: String, isInside: Bool) {
      if let known = paths[unit.id] { return known }
      let above = unit.parent.flatMap { byID[$0] }.map(place)
      let result = (
        path: (above.map { $0.path + "/" } ?? "") + unit.name,
        isInside: root == nil || root == unit.id || above?.isInside == true
      )
      paths[unit.id] = result
      return result
    }
    return units.filter { place($0).isInside }
      .map { Place(unit: $0, path: place($0).path) }
      .sorted {
        ($0.unit.divisionCode?.text ?? "~", $0.path) < ($1.unit.divisionCode?.text ?? "~", $1.path)
      }
  }
}
