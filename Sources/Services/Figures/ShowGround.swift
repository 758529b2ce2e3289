import Domain
import Storage

/// What a map shows: the units directly below one, as far as the account may see figures of them.
package struct ShowGround: Sendable {
  let platform: Platform

  package init(_ platform: Platform) { self.platform = platform }

  package struct Ground: Sendable {
    package let unit: UnitID
    package let level: UnitLevel
    /// From the highest the account may see down to the unit.
    package let trail: [(unit: UnitID, name: String)]
    package let children: [(unit: UnitID, name: String)]
  }

  /// - Parameter unit: nil for the highest the account may see.
  /// - Throws: `UseCaseError.notFound`, `.forbidden`
  package func callAsFunction(_ unit: UnitID?, for account: Account) async throws -> Ground {
    try await platform.database.read { connection in
      let reach = try FigureScope.reach(of: account, in: connection)
      let top: UnitRows.Stored?
      switch reach {
      case .all, .handler: top = try UnitRows.children(of: nil, in: connection).first
      case .subtree(_, let own): top = try UnitRows.find(own, in: connection)
      }
      guard let top else { throw UseCaseError.notFound }
      guard let shown = try unit.map({ try UnitRows.find($0, in: connection) }) ?? top,
        shown.path.hasPrefix(top.path), shown.unit.kind == .region
      else { throw UseCaseError.notFound }
      let children = try UnitRows.children(of: shown.unit.id, in: connection)
      return Ground(
        unit: shown.unit.id, level: shown.unit.level,
        trail: try UnitRows.line(of: shown, in: connection)
          .filter { $0.path.hasPrefix(top.path) }.map { ($0.unit.id, $0.unit.name) },
        children: children.filter { $0.unit.kind == .region && $0.unit.level > shown.unit.level }
          .map { ($0.unit.id, $0.unit.name) })
    }
  }
}
