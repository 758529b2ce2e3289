import Domain
import Storage

/// Somebody's personal data are erased from the registers. What was done stays in the ledger, without
/// name, phone and ID number.
package struct EraseOfficial: Sendable {
  let platform: Platform

  package init(_ platform: Platform) { self.platform = platform }

  /// - Throws: `UseCaseError.notFound`, `StorageError` where the key is gone but its remains are not yet
  ///   out of the engine's files.
  package func callAsFunction(_ id: OfficialID, by actor: Actor) async throws {
    let (now, vault) = (platform.now(), platform.vault)
    let isKnown = try await platform.database.write {
      try OfficialRows.erase(id, at: now, by: actor, vault, in: $0)
    }
    guard isKnown else { throw UseCaseError.notFound }
    try await platform.database.purge("person_keys")
  }
}

/// The same for a contact of an enterprise or a village, by the phone number.
package struct EraseContact: Sendable {
  let platform: Platform

  package init(_ platform: Platform) { self.platform = platform }

  /// - Returns: how many entries there were.
  /// - Throws: `UseCaseError.notFound`, `StorageError` as above.
  package func callAsFunction(_ phone: PhoneNumber, by actor: Actor) async throws -> Int {
    let (now, vault) = (platform.now(), platform.vault)
    return try await erase {
      try ContactRows.erase(phone, at: now, by: actor, vault, in: $0)
    }
  }

  /// All contacts of an enterprise or a unit.
  package func callAsFunction(of owner: Int64, by actor: Actor) async throws -> Int {
    let (now, vault) = (platform.now(), platform.vault)
    return try await erase {
      try ContactRows.erase(of: owner, at: now, by: actor, vault, in: $0)
    }
  }

  private func erase(_ body: @escaping @Sendable (any Connection) throws -> Int) async throws -> Int
  {
    let count = try await platform.database.write(body)
    guard count > 0 else { throw UseCaseError.notFound }
    try await platform.database.purge("person_keys")
    return count
  }
}
