import Domain
import Ledger

/// Reading and appending ledger rows. Nothing here, and nothing elsewhere, changes or deletes one;
/// the sequencer alone fills in the leaf index.
package enum LedgerRows {
  /// Somebody else appended to the stream first.
  package struct Conflict: Error {
    package let stream: String
  }

  /// Appends an entry in the caller's transaction. `UNIQUE (stream, version)` is the optimistic
  /// lock.
  /// - Throws: `Conflict`, `StorageError`
  package static func append(_ entry: LedgerEntry, to connection: any Connection) throws {
    do {
      try connection.run(
        """
        insert into ledger (id, stream, version, at, actor, kind, payload, leaf_hash)
        values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
        """,
        [
          entry.id, entry.stream, entry.version, entry.at, entry.actor, entry.kind, entry.payload,
          entry.leafHash,
        ])
    } catch StorageError.notUnique(let what) {
      // An id that another server made in the same millisecond: the next try makes another.
      guard what.contains("version") else { throw StorageError.contention }
      throw Conflict(stream: entry.stream)
    }
  }

  /// Rides the unique index on (stream, version).
  package static func stream(
    _ name: String, in connection: any Connection
  ) throws -> [LedgerEntry] {
    try connection.rows(
      """
      select \(columns)
      from ledger
      where stream = ?1
      order by version
      """, [name]
    ) { try decode($0).entry }
  }

  /// Sequenced entries from a leaf index on; rides the unique index on leaf_index.
  package static func sequenced(
    from leafIndex: Int64, limit: Int, in connection: any Connection
  ) throws -> [StoredEntry] {
    try connection.rows(
      """
      select \(columns)
      from ledger
      where leaf_index >= ?1
      order by leaf_index
      limit ?2
      """, [leafIndex, limit], decode)
  }

  /// Entries not sequenced yet; rides the partial index ledger_pending.
  package static func pending(
    limit: Int, in connection: any Connection
  ) throws -> [StoredEntry] {
    try connection.rows(
      """
      select \(columns)
      from ledger
      where leaf_index is null
      order by id
      limit ?1
      """, [limit], decode)
  }

  package static func heads(in connection: any Connection) throws -> [TreeHead] {
    try connection.rows("select \(headColumns) from ledger_heads order by size", [], decodeHead)
  }

  static func lastHead(in connection: any Connection) throws -> TreeHead? {
    try connection.row(
      "select \(headColumns) from ledger_heads order by size desc limit 1", [], decodeHead)
  }

  private static let columns =
    "id, stream, version, at, actor, kind, payload, leaf_index, leaf_hash"
  private static let headColumns = "size, root, frontier, at"

  private static func decode(_ row: any SQLRow) throws -> StoredEntry {
    StoredEntry(
      entry: LedgerEntry(
        id: try row.int(0), stream: try row.text(1), version: Int(try row.int(2)),
        at: try row.instant(3), actor: try row.actor(4), kind: try row.text(5),
        payload: try row.text(6)),
      leafIndex: try row.optionalInt(7), leafHash: try row.bytes(8))
  }

  private static func decodeHead(_ row: any SQLRow) throws -> TreeHead {
    TreeHead(
      size: try row.int(0), root: try row.bytes(1), frontier: try row.bytes(2),
      at: try row.instant(3))
  }
}
