import Domain
import Storage

/// Seals what was written in clear before there were keys; does nothing when there is none left.
package struct SealClearNames: Sendable {
  let database: any Database
  let vault: Vault

  package init(_ database: any Database, _ vault: Vault) {
    self.database = database
    self.vault = vault
  }

  package func callAsFunction(now: Instant) async throws {
    guard try await database.read({ try AccountRows.hasClearNames(in: $0) }) else { return }
    try await database.write { try AccountRows.sealNames(at: now, vault, in: $0) }
  }
}
