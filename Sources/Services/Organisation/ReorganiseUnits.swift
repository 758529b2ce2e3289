import Domain
import Storage

/// Changes the organisation tree: rename, move, merge, split, close. Shown first, then done; one entry
/// of the ledger each.
package struct ReorganiseUnits: Sendable {
  let platform: Platform

  package init(_ platform: Platform) { self.platform = platform }

  /// What a change would do.
  package struct Preview: Sendable {
    /// `许昌市/禹州市/小吕乡`
    package let path: String
    /// The path of the new parent or successor.
    package let otherPath: String?
    package let day: Day
    package let refusals: [Reorganisation.Refusal]
    /// What belongs to the unit and would follow it.
    package let uses: UnitUses
    /// The units directly below it.
    package let children: [Unit]
    /// How many units lie below it at any depth.
    package let below: Int
  }

  /// - Parameter day: nil for today.
  /// - Throws: `UseCaseError.notFound`, `.forbidden`
  package func preview(
    _ change: Reorganisation, of id: UnitID, on day: Day?, by account: Account?
  ) async throws -> Preview {
    guard account?.may(.reorganise) ?? true else { throw UseCaseError.forbidden }
    let now = platform.now()
    return try await platform.database.read { connection in
      let stored = try ReorganiseUnits.visible(id, change, to: account, in: connection)
      guard
        let around = try UnitRows.surroundings(
          of: id, for: change, today: now.day, in: connection)
      else { throw UseCaseError.notFound }
      var below = -1
      try UnitRows.all(under: stored.path, in: connection) { _ in below += 1 }
      let other = try change.others.first.flatMap { try UnitRows.find($0, in: connection) }
      return Preview(
        path: try UnitReference.path(of: stored, in: connection),
        otherPath: try other.map { try UnitReference.path(of: $0, in: connection) },
        day: day ?? now.day, refusals: change.refusals(on: day ?? now.day, around),
        uses: around.uses,
        children: around.children, below: max(below, 0))
    }
  }

  package struct Refused: Error, Sendable {
    package let refusals: [Reorganisation.Refusal]
  }

  /// - Returns: the unit that was split off; else the unit itself.
  /// - Throws: `Refused`, `UseCaseError.notFound`, `.forbidden`
  @discardableResult
  package func callAsFunction(
    _ change: Reorganisation, of id: UnitID, on day: Day?, by account: Account?
  ) async throws -> UnitID {
    guard account?.may(.reorganise) ?? true else { throw UseCaseError.forbidden }
    let platform = platform
    return try await platform.database.write(exclusively: .organising) { connection in
      let now = platform.now()
      try LedgerRows.keepOrder(in: connection)
      _ = try ReorganiseUnits.visible(id, change, to: account, in: connection)
      guard
        let around = try UnitRows.surroundings(
          of: id, for: change, today: now.day, in: connection)
      else { throw UseCaseError.notFound }
      let day = day ?? now.day
      let refusals = change.refusals(on: day, around)
      guard refusals.isEmpty else { throw Refused(refusals: refusals) }
      return try UnitRows.apply(
        change, to: id, on: day, at: now, by: account?.actor ?? .system, in: connection)
    }
  }

  /// Within a transaction of the caller, who holds the tree.
  /// - Returns: what is against it; then nothing happened.
  static func apply(
    _ change: Reorganisation, to id: UnitID, on day: Day, at now: Instant, by actor: Actor,
    in connection: any Connection
  ) throws -> [Reorganisation.Refusal] {
    guard
      let around = try UnitRows.surroundings(of: id, for: change, today: now.day, in: connection)
    else { throw UseCaseError.notFound }
    let refusals = change.refusals(on: day, around)
    if refusals.isEmpty {
      try UnitRows.apply(change, to: id, on: day, at: now, by: actor, in: connection)
    }
    return refusals
  }

  /// The unit, where it and the other one lie in what the account may see.
  private static func visible(
    _ id: UnitID, _ change: Reorganisation, to account: Account?, in connection: any Connection
  ) throws -> UnitRows.Stored {
    let scope = try RegisterScope.path(of: account, in: connection)
    guard let stored = try UnitRows.find(id, in: connection) else { throw UseCaseError.notFound }
    let all = try [stored] + change.others.compactMap { try UnitRows.find($0, in: connection) }
    guard all.allSatisfy({ $0.path.hasPrefix(scope) }) else { throw UseCaseError.notFound }
    return stored
  }
}
