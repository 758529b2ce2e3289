import Cryptography
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
        """, arguments(entry, connection.suite))
    } catch StorageError.notUnique(let what) {
      // An id that another server made in the same millisecond: the next try makes another.
      guard what.contains("version") else { throw StorageError.contention }
      throw Conflict(stream: entry.stream)
    }
  }

  /// Appends many entries of new streams, as imports do.
  /// - Throws: `StorageError`
  package static func append(_ entries: [LedgerEntry], to connection: any Connection) throws {
    try connection.insert(
      into: "ledger", columns, entries.map { arguments($0, connection.suite) })
  }

  static let columns = ["id", "stream", "version", "at", "actor", "kind", "payload", "leaf_hash"]

  /// What a row has in these columns.
  static func values(_ entry: LedgerEntry, _ suite: CipherSuite) -> [SQLValue] {
    arguments(entry, suite).map(\.sql)
  }

  /// Makes the ids of entries to come greater than those of all that are there, also where another
  /// server's clock is ahead. For work whose entries are replayed in their order, in its own lock.
  package static func keepOrder(in connection: any Connection) throws {
    let last = try connection.row("select max(id) from ledger") { try $0.optionalInt(0) } ?? nil
    if let last { Identifiers.shared.pass(last) }
  }

  private static func arguments(
    _ entry: LedgerEntry, _ suite: CipherSuite
  ) -> [any SQLConvertible] {
    [
      entry.id, entry.stream, entry.version, entry.at, entry.actor, entry.kind, entry.payload,
      entry.leafHash(suite),
    ]
  }

  /// Rides the unique index on (stream, version).
  /// - Parameter version: the first one that is wanted.
  package static func stream(
    _ name: String, from version: Int = 1, in connection: any Connection
  ) throws -> [LedgerEntry] {
    try connection.rows(
      """
      select id, stream, version, at, actor, kind, payload
      from ledger
      where stream = ?1 and version >= ?2
      order by version
      """, [name, version], decode)
  }

  /// The version of a stream's last entry, 0 where it has none.
  package static func lastVersion(
    of stream: String, in connection: any Connection
  ) throws -> Int {
    Int(
      try connection.row("select coalesce(max(version), 0) from ledger where stream = ?1", [stream])
      { try $0.int(0) }!)
  }

  /// All entries of streams of a sort, such as `problem/`, stream by stream; rides the unique index
  /// on (stream, version).
  package static func streams(
    of sort: String, in connection: any Connection, _ body: (LedgerEntry) throws -> Void
  ) throws {
    // "0" comes after "/".
    try connection.stream(
      """
      select id, stream, version, at, actor, kind, payload
      from ledger
      where stream > ?1 and stream < ?2
      order by stream, version
      """, [sort + "/", sort + "0"]
    ) { try body(decode($0)) }
  }

  /// The id of the newest entry, 0 where there is none: it changes with everything that happens.
  package static func lastID(in connection: any Connection) throws -> Int64 {
    try connection.row("select coalesce(max(id), 0) from ledger") { try $0.int(0) }!
  }

  /// The ids of things of a sort to which something happened since an entry; rides the primary key.
  package static func streams(
    of sort: String, since entry: Int64, in connection: any Connection
  ) throws -> [Int64] {
    try connection.rows(
      "select distinct stream from ledger where id > ?1 and stream > ?2 and stream < ?3",
      [entry, sort + "/", sort + "0"]
    ) { try $0.text(0).dropFirst(sort.count + 1) }.compactMap { Int64($0) }.sorted()
  }

  /// The same, each stream with all its entries at once.
  /// - Parameter part: only the ledger's first entries, and of these those from before an instant.
  package static func wholeStreams(
    of sort: String, within part: (end: Instant, size: Int64)? = nil,
    in connection: any Connection, _ body: ([LedgerEntry]) throws -> Void
  ) throws {
    let narrowing = part == nil ? "" : " and leaf_index < ?3 and at < ?4"
    let bounds: [any SQLConvertible] = part.map { [$0.size, $0.end] } ?? []
    var stream: [LedgerEntry] = []
    try connection.stream(
      """
      select id, stream, version, at, actor, kind, payload
      from ledger
      where stream > ?1 and stream < ?2\(narrowing)
      order by stream, version
      """, [sort + "/", sort + "0"] + bounds
    ) { row in
      let entry = try decode(row)
      if let last = stream.last, last.stream != entry.stream {
        try body(stream)
        stream.removeAll(keepingCapacity: true)
      }
      stream.append(entry)
    }
    if !stream.isEmpty { try body(stream) }
  }

  /// An entry with its place in the tree.
  package struct Sequenced: Sendable {
    package let leafIndex: Int64
    package let entry: LedgerEntry
  }

  /// The first entries from a leaf on that are about problems and orders, in the tree's order; rides the
  /// unique index on leaf_index.
  /// - Parameter end: the leaf to stop before.
  package static func ofBusiness(
    from start: Int64, before end: Int64, limit: Int, in connection: any Connection
  ) throws -> [Sequenced] {
    try connection.rows(
      """
      select id, stream, version, at, actor, kind, payload, leaf_index
      from ledger
      where leaf_index >= ?1 and leaf_index < ?2
        and (stream > 'order/' and stream < 'order0' or stream > 'problem/' and stream < 'problem0')
      order by leaf_index
      limit ?3
      """, [start, end, limit]
    ) { Sequenced(leafIndex: try $0.int(7), entry: try decode($0)) }
  }

  /// Sequenced entries by their ids; rides the primary key.
  package static func sequenced(
    _ ids: [Int64], in connection: any Connection
  ) throws -> [Int64: Sequenced] {
    if ids.isEmpty { return [:] }
    let found = try connection.rows(
      """
      select id, stream, version, at, actor, kind, payload, leaf_index
      from ledger
      where \(connection.dialect.among("id", "?1")) and leaf_index is not null
      """, [connection.dialect.list(ids)]
    ) { Sequenced(leafIndex: try $0.int(7), entry: try decode($0)) }
    return Dictionary(uniqueKeysWithValues: found.map { ($0.entry.id, $0) })
  }

  private static func decode(_ row: any SQLRow) throws -> LedgerEntry {
    LedgerEntry(
      id: try row.int(0), stream: try row.text(1), version: Int(try row.int(2)),
      at: try row.instant(3), actor: try row.actor(4), kind: try row.text(5),
      payload: try row.text(6))
  }
}
