/// A copy of a database in one file, taken while it is in use: one consistent state, with everything
/// that was acknowledged before it began.
package protocol BackupSource: Sendable {
  /// - Parameter emptied: a table whose rows stay out of the copy, also as remains on its pages.
  /// - Throws: `StorageError`
  func backUp(to file: String, emptied table: String) async throws
}

/// A place for a backup, which must be empty.
package protocol RestoreTarget: Sendable {
  var dialect: Dialect { get }

  /// Puts a backup's tables in. The closure fills the one that was left out, before constraints
  /// between tables are looked at.
  /// - Returns: the database, to be looked at before `keep` or `discard`.
  /// - Throws: `RestoreFault`, `StorageError`, or what the closure throws.
  func restore(
    _ file: String, filling: @escaping @Sendable (any Connection) throws -> Void
  ) async throws -> any Database

  /// Call with the database closed.
  func keep() async throws

  /// Leaves the place as empty as it was. Call with the database closed.
  func discard() async
}

package enum RestoreFault: Error, Sendable, Equatable {
  /// There is a database already: restoring would overwrite it.
  case notEmpty(String)
}
