import Domain
import Storage

/// A page of the visits of an official, a unit or an area.
package struct ListVisits: Sendable {
  let platform: Platform

  package init(_ platform: Platform) { self.platform = platform }

  package static let pageSize = 50

  /// - Throws: `UseCaseError.forbidden`
  package func callAsFunction(
    _ span: VisitList.Span, after key: VisitList.Key?, limit: Int = pageSize,
    for account: Account
  ) async throws -> Page<ShownVisit, VisitList.Key> {
    let vault = platform.vault
    return try await platform.database.read { connection in
      let page = try VisitList.page(
        VisitScope.list(of: account, in: connection), span, after: key,
        limit: limit, in: connection)
      return Page(
        items: try ShownVisit.all(page.items, vault, in: connection), next: page.next)
    }
  }
}
