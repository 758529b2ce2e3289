import Domain
import Storage

/// Samples that were drawn, with what was found.
package struct ShowLookBack: Sendable {
  let platform: Platform

  package init(_ platform: Platform) { self.platform = platform }

  package struct Detail: Sendable {
    package let lookBack: LookBack
    /// In the order of rank.
    package let items: [LookBack.Item]
    /// The numbers of all that were closed in the period, as the tables have them now.
    package let population: [Int64]
  }

  /// - Throws: `UseCaseError.forbidden`, `LookBackRefusal.unknown`
  package func callAsFunction(_ id: LookBackID, for account: Account) async throws -> Detail {
    guard account.may(.lookBack) else { throw UseCaseError.forbidden }
    return try await platform.database.read { connection in
      guard let lookBack = try LookBackRows.find(id, in: connection) else {
        throw LookBackRefusal.unknown
      }
      return Detail(
        lookBack: lookBack, items: try LookBackRows.items(of: id, in: connection),
        population: try LookBackPopulation.members(lookBack.scope, in: connection).map(\.number))
    }
  }

  /// All of them, the newest first.
  /// - Throws: `UseCaseError.forbidden`
  package func all(for account: Account) async throws -> [LookBack] {
    guard account.may(.lookBack) else { throw UseCaseError.forbidden }
    return try await platform.database.read { try LookBackRows.list(in: $0) }
  }
}
