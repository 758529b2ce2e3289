import Domain

/// A view of the problem list that somebody keeps under a name.
package struct SavedView: Hashable, Sendable {
  package let id: Int64
  package let account: AccountID
  package let name: String
  /// Filters and columns as they stand in the address: `state=judged&cols=unit,left`.
  package let query: String
  /// Whether the whole office has it.
  package let isShared: Bool
  /// Whether the list opens with it.
  package let isDefault: Bool
}

/// Saved views in the database.
package enum SavedViewRows {
  /// An account's own by name, then what others of the office share; rides saved_views_name and
  /// saved_views_shared.
  package static func list(
    of account: AccountID, withShared: Bool, in connection: any Connection
  ) throws -> [SavedView] {
    let own = try connection.rows(
      "\(select) where account_id = ?1 order by name, id", [account], decode)
    guard withShared else { return own }
    let shared = try connection.rows(
      "\(select) where shared = 1 and account_id <> ?1 order by name, id limit 100", [account],
      decode)
    return own + shared
  }

  package static func find(_ id: Int64, in connection: any Connection) throws -> SavedView? {
    try connection.row("\(select) where id = ?1", [id], decode)
  }

  package static func count(of account: AccountID, in connection: any Connection) throws -> Int {
    try connection.row(
      "select count(*) from saved_views where account_id = ?1", [account]
    ) { Int(try $0.int(0)) } ?? 0
  }

  /// Keeps a view; one of the same name is overwritten.
  /// - Returns: its id.
  package static func save(
    _ name: String, query: String, isShared: Bool, of account: AccountID, at now: Instant,
    in connection: any Connection
  ) throws -> Int64 {
    try connection.row(
      """
      insert into saved_views (id, account_id, name, query, shared, is_default, created_at)
      values (?1, ?2, ?3, ?4, ?5, 0, ?6)
      on conflict (account_id, name) do update
      set query = excluded.query, shared = excluded.shared
      returning id
      """, [Identifiers.shared.next(now), account, name, query, isShared, now]
    ) { try $0.int(0) }!
  }

  package static func remove(_ id: Int64, in connection: any Connection) throws {
    try connection.run("delete from saved_views where id = ?1", [id])
  }

  /// Takes what an account shared back to itself.
  package static func unshare(of account: AccountID, in connection: any Connection) throws {
    try connection.run(
      "update saved_views set shared = 0 where account_id = ?1 and shared = 1", [account])
  }

  /// - Parameter id: nil for none.
  package static func setDefault(
    _ id: Int64?, of account: AccountID, in connection: any Connection
  ) throws {
    try connection.run(
      "update saved_views set is_default = 0 where account_id = ?1 and is_default = 1", [account])
    guard let id else { return }
    try connection.run(
      "update saved_views set is_default = 1 where account_id = ?1 and id = ?2", [account, id])
  }

  private static let select = """
    select id, account_id, name, query, shared, is_default
    from saved_views
    """

  private static func decode(_ row: any SQLRow) throws -> SavedView {
    SavedView(
      id: try row.int(0), account: AccountID(try row.int(1)), name: try row.text(2),
      query: try row.text(3), isShared: try row.int(4) == 1, isDefault: try row.int(5) == 1)
  }
}
