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
    ) { row in try row.present(decode(row).entry, 1) }
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

  /// Recorded roots of more than `size` and at most `limit` entries.
  package static func heads(
    after size: Int64, upTo limit: Int64, in connection: any Connection
  ) throws -> [TreeHead] {
    try connection.rows(
      """
      select size, root
      from ledger_heads
      where size > ?1 and size <= ?2
      order by size
      """, [size, limit]
    ) { TreeHead(size: try $0.int(0), root: try $0.bytes(1)) }
  }

  /// How many roots are recorded, and the size of the largest.
  package static func headCount(
    in connection: any Connection
  ) throws -> (count: Int64, largest: Int64) {
    try connection.row("select count(*), coalesce(max(size), 0) from ledger_heads") {
      (try $0.int(0), try $0.int(1))
    }!
  }

  /// What the sequencer continues from; of the empty tree nothing.
  package static func frontier(
    in connection: any Connection
  ) throws -> (size: Int64, frontier: [UInt8]) {
    try connection.row("select size, frontier from ledger_frontier where id = 1") {
      (try $0.int(0), try $0.bytes(1))
    } ?? (0, [])
  }

  private static let columns =
    "id, stream, version, at, actor, kind, payload, leaf_index, leaf_hash"

  private static func decode(_ row: any SQLRow) throws -> StoredEntry {
    let id = try row.int(0)
    let entry: LedgerEntry?
    do {
      entry = LedgerEntry(
        id: id, stream: try row.text(1), version: Int(try row.int(2)), at: try row.instant(3),
        actor: try row.actor(4), kind: try row.text(5), payload: try row.text(6))
    } catch StorageError.unreadable {
      entry = nil
    }
    return StoredEntry(
      id: id, stream: entry?.stream ?? "?", entry: entry, leafIndex: try row.optionalInt(7),
      leafHash: try row.bytes(8))
  }
}
