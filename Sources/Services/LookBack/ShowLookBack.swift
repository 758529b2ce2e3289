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
    /// The problems that were drawn, as they are now.
    package let problems: [ProblemID: ProblemSummary]
    /// Where it is narrowed to one.
    package let unitName: String?
    package let drawnByName: String?
  }

  package struct Line: Sendable {
    package let lookBack: LookBack
    package let progress: LookBackRows.Progress
    package let unitName: String?
  }

  /// - Throws: `UseCaseError.forbidden`, `LookBackRefusal.unknown`
  package func callAsFunction(_ id: LookBackID, for account: Account) async throws -> Detail {
    guard account.may(.lookBack) else { throw UseCaseError.forbidden }
    return try await platform.database.read { connection in
      guard let lookBack = try LookBackRows.find(id, in: connection) else {
        throw LookBackRefusal.unknown
      }
      let items = try LookBackRows.items(of: id, in: connection)
      let problems = try ProblemList.of(items.map(\.problem), in: connection)
      return Detail(
        lookBack: lookBack, items: items,
        population: try LookBackPopulation.members(lookBack.scope, in: connection).map(\.number),
        problems: Dictionary(uniqueKeysWithValues: problems.map { ($0.id, $0) }),
        unitName: try name(lookBack, connection),
        drawnByName: try AccountRows.names(
          of: [lookBack.drawnBy], platform.vault, in: connection)[lookBack.drawnBy])
    }
  }

  private func name(_ lookBack: LookBack, _ connection: any Connection) throws -> String? {
    try lookBack.scope.unit.flatMap { try UnitRows.find($0, in: connection)?.unit.name }
  }

  /// All of them with how far they are, the newest first.
  /// - Throws: `UseCaseError.forbidden`
  package func lines(for account: Account) async throws -> [Line] {
    guard account.may(.lookBack) else { throw UseCaseError.forbidden }
    return try await platform.database.read { connection in
      let progress = try LookBackRows.progress(in: connection)
      return try LookBackRows.list(in: connection).map { lookBack in
        Line(
          lookBack: lookBack,
          progress: progress[lookBack.id] ?? .none,
          unitName: try name(lookBack, connection))
      }
    }
  }

  /// All of them, the newest first.
  /// - Throws: `UseCaseError.forbidden`
  package func all(for account: Account) async throws -> [LookBack] {
    guard account.may(.lookBack) else { throw UseCaseError.forbidden }
    return try await platform.database.read { try LookBackRows.list(in: $0) }
  }
}
