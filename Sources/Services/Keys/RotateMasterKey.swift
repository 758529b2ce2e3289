import Storage

/// Wraps everything with the first key of the ring instead of older ones, in batches; can be broken
/// off and run again.
package struct RotateMasterKey: Sendable {
  let database: any Database
  let vault: Vault

  package init(_ platform: Platform) {
    database = platform.database
    vault = platform.vault
  }

  /// - Returns: how many keys were wrapped anew.
  /// - Throws: `KeyRing.Fault` where the old key is not in the ring.
  package func callAsFunction() async throws -> Int {
    var total = 0
    while true {
      let vault = vault
      let done = try await database.write(exclusively: .rotatingKeys) {
        try vault.rewrap(limit: 500, in: $0)
      }
      if done == 0 { break }
      total += done
    }
    // What the old key wrapped is not to be found on disk either.
    try await database.purge("person_keys")
    try await database.purge("instance")
    return total
  }
}
