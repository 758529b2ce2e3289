import Domain
import Ledger
import Storage

/// Repeats a draw from the ledger and compares. Changes nothing; whether the ledger is sound is for
/// `VerifyLedger` to say.
package struct VerifyLookBack: Sendable {
  let platform: Platform

  package init(_ platform: Platform) { self.platform = platform }

  /// What is not as it was recorded.
  package enum Finding: String, Sendable, CaseIterable {
    /// No such root was recorded.
    case root
    /// It is not the one that this period is drawn with.
    case choice
    /// Other problems were closed in the period than were drawn from.
    case population
    /// Others come out.
    case sample
  }

  /// - Returns: nothing where all is well.
  /// - Throws: `UseCaseError.forbidden`, `LookBackRefusal.unknown`, `StorageError`
  package func callAsFunction(_ id: LookBackID, for account: Account) async throws -> [Finding] {
    guard account.may(.lookBack) else { throw UseCaseError.forbidden }
    let suite = platform.vault.suite
    return try await platform.database.read(from: .replica) { connection in
      guard let lookBack = try LookBackRows.find(id, in: connection) else {
        throw LookBackRefusal.unknown
      }
      var findings: [Finding] = []
      let scope = lookBack.scope
      if try LedgerHeads.head(of: lookBack.size, in: connection)?.root != lookBack.root {
        findings.append(.root)
      }
      if try !LookBackRoot.isFirst(lookBack.size, after: scope.end, in: connection) {
        findings.append(.choice)
      }
      var numbers = try LookBackPopulation.numbers(scope, first: lookBack.size, in: connection)
      if scope.unit != nil {
        // Where a unit stands in the tree is not in the problems' entries.
        let within = Set(try LookBackPopulation.members(scope, in: connection).map(\.number))
        numbers = numbers.filter { within.contains($0) }
      }
      if numbers.count != lookBack.population
        || suite.bytes(of: LookBackDraw.bytes(of: numbers)) != lookBack.populationDigest
      {
        findings.append(.population)
      }
      let drawn = LookBackDraw.draw(
        lookBack.share.count(of: numbers.count), of: numbers, root: lookBack.root,
        hash: suite.bytes(of:))
      if try drawn != LookBackRows.items(of: id, in: connection).map(\.number) {
        findings.append(.sample)
      }
      return findings
    }
  }
}
