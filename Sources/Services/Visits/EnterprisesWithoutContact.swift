import Domain
import Storage

/// The enterprises of the account's area that nobody has been in contact with for long.
package struct EnterprisesWithoutContact: Sendable {
  let platform: Platform

  package init(_ platform: Platform) { self.platform = platform }

  package static let pageSize = 50

  package struct Answer: Sendable {
    package let enterprises: [SilentEnterprise]
    package let unitPaths: [UnitID: String]
    package let next: PlaceKey?
    /// The path of the unit that was asked for; nil where none was.
    package let unitPath: String?
  }

  /// - Parameter unit: below which to look: number, path, unique name or code; empty for all.
  /// - Throws: `UseCaseError.forbidden`, `.unknownUnit`
  package func callAsFunction(
    under unit: String, after: PlaceKey?, limit: Int = pageSize, for account: Account
  ) async throws -> Answer {
    let (platform, today) = (platform, platform.now().day)
    return try await platform.database.read { connection in
      let area = try VisitScope.area(of: account, platform.vault, in: connection)
      let unit = try RegisterAccess.unit(unit, within: area, in: connection)
      let page = try SilentEnterprises.page(
        under: unit?.path ?? area, since: platform.visitRules.recent(on: today), after: after,
        limit: limit, today: today, in: connection)
      return Answer(
        enterprises: page.items,
        unitPaths: try UnitRows.namePaths(of: page.items.map(\.unit), in: connection),
        next: page.next, unitPath: try unit.map { try UnitReference.path(of: $0, in: connection) })
    }
  }
}
