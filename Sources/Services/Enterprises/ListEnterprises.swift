import Domain
import Storage

/// A page of 企业库, within what the account may see.
package struct ListEnterprises: Sendable {
  let platform: Platform

  package init(_ platform: Platform) { self.platform = platform }

  package struct Line: Sendable {
    package let id: EnterpriseID
    package let enterprise: Enterprise
    package let unitPath: String
  }

  /// - Throws: `UseCaseError.forbidden`, `.unknownUnit`
  package func callAsFunction(
    _ query: RegisterQuery, _ filter: EnterpriseFilter, for account: Account
  ) async throws -> RegisterPage<Line> {
    let (today, vault) = (platform.now().day, platform.vault)
    return try await platform.database.read { connection in
      try RegisterAccess.page(
        query, .enterprise, for: account, vault, in: connection,
        load: { path, ids, limit in
          try EnterpriseRows.page(
            filter, under: path, among: ids?.map { EnterpriseID($0) }, after: query.after,
            limit: limit, today: today, in: connection)
        }, id: \.id.value,
        lines: { stored in
          if stored.isEmpty { return [] }
          let paths = try UnitRows.namePaths(
            of: stored.map(\.enterprise.unit), in: connection)
          return stored.map {
            Line(
              id: $0.id, enterprise: $0.enterprise, unitPath: paths[$0.enterprise.unit] ?? "")
          }
        })
    }
  }
}
