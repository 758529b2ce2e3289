import Cryptography
import Domain
import Ledger
import Storage

/// Draws the sample of closed problems of a period that are looked at again (回头看). Who asks for it
/// settles the scope and how many, and nothing else.
package struct DrawLookBack: Sendable {
  let platform: Platform

  package init(_ platform: Platform) { self.platform = platform }

  /// What a draw would do; nothing is drawn.
  package struct Preview: Sendable {
    /// How many problems were closed in the period, and of them would be looked at.
    package let population: Int
    package let sample: Int
    /// Why it would be refused now; nil where it would not.
    package let refusal: LookBackRefusal?
  }

  /// - Throws: `UseCaseError.unknownTrack`
  private func check(_ track: Track?) throws {
    if let track, platform.procedures[track] == nil { throw UseCaseError.unknownTrack(track) }
  }

  /// - Throws: `UseCaseError.forbidden`, `.unknownTrack`
  package func preview(
    _ scope: LookBack.Scope, _ share: LookBackShare, by account: Account
  ) async throws -> Preview {
    guard account.may(.lookBack) else { throw UseCaseError.forbidden }
    try check(scope.track)
    let now = platform.now()
    return try await platform.database.read { connection in
      guard scope.from <= scope.to else {
        return Preview(population: 0, sample: 0, refusal: .period)
      }
      let population = try LookBackPopulation.members(scope, in: connection).count
      let refusal: LookBackRefusal? =
        if !scope.isWholeMonths {
          .months
        } else if scope.end > now {
          .open
        } else if try LookBackRows.isDrawn(scope, in: connection) {
          .drawn
        } else if population == 0 {
          .nobody
        } else {
          nil
        }
      return Preview(
        population: population, sample: share.count(of: population), refusal: refusal)
    }
  }

  /// - Throws: `UseCaseError.forbidden`, `.unknownTrack`, `LookBackRefusal`, `StorageError`
  package func callAsFunction(
    _ scope: LookBack.Scope, _ share: LookBackShare, by account: Account
  ) async throws -> LookBackID {
    guard account.may(.lookBack) else { throw UseCaseError.forbidden }
    try check(scope.track)
    guard scope.from <= scope.to else { throw LookBackRefusal.period }
    // A period that may be chosen freely is a problem that may be chosen freely.
    guard scope.isWholeMonths else { throw LookBackRefusal.months }
    let now = platform.now()
    guard scope.end <= now else { throw LookBackRefusal.open }
    if platform.vault.hasKey {
      try await Sequencer.run(on: platform.database, platform.vault, now: now)
    }
    let suite = platform.vault.suite
    return try await platform.database.write { connection in
      if try LookBackRows.isDrawn(scope, in: connection) { throw LookBackRefusal.drawn }
      guard let head = try LookBackRoot.find(after: scope.end, in: connection) else {
        throw LookBackRefusal.root
      }
      let members = try LookBackPopulation.members(scope, in: connection)
      if members.isEmpty { throw LookBackRefusal.nobody }
      let numbers = members.map(\.number)
      let drawn = LookBackDraw.draw(
        share.count(of: numbers.count), of: numbers, root: head.root, hash: suite.bytes(of:))
      let problems = Dictionary(uniqueKeysWithValues: members.map { ($0.number, $0.problem) })
      let lookBack = LookBack(
        id: LookBackID(Identifiers.shared.next(now)), scope: scope, share: share, root: head.root,
        size: head.size, population: numbers.count,
        populationDigest: suite.bytes(of: LookBackDraw.bytes(of: numbers)), drawnAt: now,
        drawnBy: account.actor)
      do {
        try LookBackRows.insert(
          lookBack,
          drawn.enumerated().map { index, number in
            LookBack.Item(problem: problems[number]!, number: number, rank: index + 1)
          }, in: connection)
      } catch StorageError.notUnique {
        // Somebody drew at the same time. Run again: then it is found above.
        throw StorageError.contention
      }
      return lookBack.id
    }
  }
}

extension CipherSuite {
  /// The suite's digest as bytes.
  func bytes(of text: [UInt8]) -> [UInt8] { hash([text]).bytes }
}
