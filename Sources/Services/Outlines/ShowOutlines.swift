import Domain
import Storage

/// The outlines of the units directly below one. Where land lies is no secret: whoever is signed in may see them.
package struct ShowOutlines: Sendable {
  let platform: Platform

  package init(_ platform: Platform) { self.platform = platform }

  /// Differs whenever the outlines do.
  /// - Throws: `UseCaseError.notFound`
  package func stamp(below unit: UnitID) async throws -> String {
    try await platform.database.read { connection in
      guard try UnitRows.find(unit, in: connection) != nil else { throw UseCaseError.notFound }
      return try OutlineRows.stamp(below: unit, in: connection)
    }
  }

  /// In the order of the tree; without the units that have none.
  /// - Throws: `UseCaseError.notFound`
  package func callAsFunction(
    below unit: UnitID
  ) async throws -> [(unit: UnitID, outline: Outline)] {
    try await platform.database.read { connection in
      guard try UnitRows.find(unit, in: connection) != nil else { throw UseCaseError.notFound }
      let children = try UnitRows.children(of: unit, in: connection).map(\.unit.id)
      let outlines = try OutlineRows.current(of: children, in: connection)
      return children.compactMap { child in outlines[child].map { (child, $0.outline) } }
    }
  }
}
