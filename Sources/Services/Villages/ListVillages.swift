import Domain
import Storage

/// A page of 乡村库: townships, villages and communities, within what the account may see.
package struct ListVillages: Sendable {
  let platform: Platform

  package init(_ platform: Platform) { self.platform = platform }

  package struct Line: Sendable {
    package let unit: Unit
    /// Without the unit itself.
    package let parentPath: String
    package let profile: VillageProfile?
  }

  /// - Throws: `UseCaseError.forbidden`, `.unknownUnit`
  package func callAsFunction(
    _ query: RegisterQuery, _ filter: VillageFilter, for account: Account
  ) async throws -> RegisterPage<Line> {
    let vault = platform.vault
    return try await platform.database.read { connection in
      try RegisterAccess.page(
        query, .unit, for: account, vault, in: connection,
        load: { path, ids, limit in
          try VillageRows.page(
            filter, under: path, among: ids?.map { UnitID($0) }, after: query.after, limit: limit,
            in: connection)
        }, id: \.unit.id.value,
        lines: { lines in
          if lines.isEmpty { return [] }
          let paths = try UnitRows.namePaths(of: lines.compactMap(\.unit.parent), in: connection)
          return lines.map {
            Line(
              unit: $0.unit, parentPath: $0.unit.parent.flatMap { paths[$0] } ?? "",
              profile: $0.profile)
          }
        })
    }
  }
}
