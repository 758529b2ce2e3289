import Domain
import Storage

/// A page of the common-cause batches, each with how many of its problems are ended.
package struct ListBatches: Sendable {
  let platform: Platform

  package init(_ platform: Platform) { self.platform = platform }

  package static let pageSize = 50

  package struct Line: Sendable {
    package let batch: BatchRows.Stored
    package let count: BatchRows.Count
  }

  /// - Parameter isOpen: nil for all.
  /// - Throws: `UseCaseError.forbidden`
  package func callAsFunction(
    isOpen: Bool?, before: BatchID?, limit: Int = ListBatches.pageSize, for account: Account
  ) async throws -> Page<Line, BatchID> {
    guard account.may(.manageBatches) else { throw UseCaseError.forbidden }
    return try await platform.database.read { connection in
      let page = try BatchRows.page(
        isOpen: isOpen, before: before, limit: limit, in: connection)
      let counts = try BatchRows.counts(of: page.items.map(\.id), in: connection)
      return Page(
        items: page.items.map {
          Line(batch: $0, count: counts[$0.id] ?? .none)
        }, next: page.next)
    }
  }
}
