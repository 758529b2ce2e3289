import Domain
import Storage

/// Which of many enterprises an account may see, in one query.
package struct MaySeeEnterprises: Sendable {
  let platform: Platform

  package init(_ platform: Platform) { self.platform = platform }

  package func callAsFunction(
    _ ids: [EnterpriseID], by account: Account
  ) async throws -> Set<EnterpriseID> {
    try await platform.database.read { connection in
      try EnterpriseRows.visible(
        among: ids, under: RegisterScope.path(of: account, in: connection), in: connection)
    }
  }
}
