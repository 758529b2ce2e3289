import Domain
import Storage

/// Pairs fixed or excluded by hand; every plan from then on keeps to them.
package struct MarkPairing: Sendable {
  let platform: Platform

  package init(_ platform: Platform) { self.platform = platform }

  package struct Line: Sendable {
    package let id: Int64
    package let mark: PairingMark
    package let official: String
    package let unitPath: String
    package let target: String
  }

  /// - Returns: its number.
  /// - Throws: `UseCaseError.forbidden`, `PairingRefusal`
  package func callAsFunction(_ mark: PairingMark, by account: Account) async throws -> Int64 {
    guard account.may(.managePairing) else { throw UseCaseError.forbidden }
    let now = platform.now()
    var mark = mark
    mark.note = mark.note.map { $0.singleLine.trimmed }.flatMap {
      $0.isEmpty ? nil : String($0.prefix(200))
    }
    let new = mark
    return try await platform.database.write { connection in
      guard try OfficialRows.exists(new.official, in: connection) else {
        throw PairingRefusal.unknownOfficial
      }
      guard try Self.isThere(new.target, in: connection) else {
        throw PairingRefusal.unknownTarget
      }
      do {
        return try PairingMarkRows.add(new, at: now, by: account.actor, in: connection)
      } catch StorageError.notUnique {
        throw PairingRefusal.marked
      }
    }
  }

  /// Whether it can be paired: an entry of its own, a place of its level that exists.
  private static func isThere(
    _ target: PairingTarget, in connection: any Connection
  ) throws -> Bool {
    if let enterprise = target.enterprise {
      guard let stored = try EnterpriseRows.find(enterprise, in: connection) else { return false }
      return stored.enterprise.mergedInto == nil
    }
    guard let unit = try target.unit.flatMap({ try UnitRows.find($0, in: connection)?.unit })
    else { return false }
    return unit.kind == .region && unit.validTo == nil
      && unit.level == (target.kind == .township ? .township : .village)
  }

  /// - Throws: `UseCaseError.forbidden`, `.notFound`
  package func lift(_ id: Int64, by account: Account) async throws {
    guard account.may(.managePairing) else { throw UseCaseError.forbidden }
    let now = platform.now()
    try await platform.database.write { connection in
      guard let stored = try PairingMarkRows.find(id, in: connection) else {
        throw UseCaseError.notFound
      }
      do {
        try PairingMarkRows.lift(stored, at: now, by: account.actor, in: connection)
      } catch is LedgerRows.Conflict {
        throw StorageError.contention
      }
    }
  }

  /// Those in force, the latest first.
  /// - Throws: `UseCaseError.forbidden`
  package func list(for account: Account, limit: Int = 200) async throws -> [Line] {
    guard account.may(.managePairing) else { throw UseCaseError.forbidden }
    let vault = platform.vault
    return try await platform.database.read { connection in
      let marks = try PairingMarkRows.open(limit: limit, in: connection)
      let officials = try PairingNames.of(marks.map(\.mark.official), vault, in: connection)
      let names = try PairingNames.of(marks.map(\.mark.target), in: connection)
      return marks.map { stored in
        let official = officials[stored.mark.official]
        return Line(
          id: stored.id, mark: stored.mark, official: official?.name ?? "",
          unitPath: official?.unitPath ?? "",
          target: names[stored.mark.target] ?? "")
      }
    }
  }
}
