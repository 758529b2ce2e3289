import Cryptography
import Domain
import Ledger

/// The ledger as an audit reads it: hashes computed from the bytes as they are stored, whatever they
/// are.
package enum LedgerLeaves {
  /// Sequenced entries from a leaf index on; rides the unique index on leaf_index.
  package static func sequenced(
    from leafIndex: Int64, limit: Int, in connection: any Connection
  ) throws -> [Leaf] {
    try leaves(sequencedFrom, [leafIndex, limit], in: connection)
  }

  private static let sequencedFrom = "leaf_index >= ?1 order by leaf_index limit ?2"

  /// Entries not sequenced yet; rides the partial index ledger_pending.
  package static func pending(in connection: any Connection) throws -> [Leaf] {
    try leaves("leaf_index is null order by id", [], in: connection)
  }

  private static func leaves(
    _ condition: String, _ arguments: [any SQLConvertible], in connection: any Connection
  ) throws -> [Leaf] {
    let hasher = Hasher(connection.suite)
    var leaves: [Leaf] = []
    leaves.reserveCapacity(2000)
    try forEach(condition, arguments, in: connection) { row, bytes in
      leaves.append(
        Leaf(
          id: try row.int(0), leafIndex: try row.optionalInt(7),
          recorded: Digest(row.unsafeBytes(8)), computed: hasher.hash(prefix: 0, bytes)))
    }
    return leaves
  }

  /// Hands over each row, with the columns below, and the bytes that are hashed of it.
  private static func forEach(
    _ condition: String, _ arguments: [any SQLConvertible], in connection: any Connection,
    _ body: (any SQLRow, UnsafeRawBufferPointer) throws -> Void
  ) throws {
    var writer = EntryBytes()
    try connection.forEach(
      """
      select id, actor, kind, payload, stream, version, at, leaf_index, leaf_hash
      from ledger
      where \(condition)
      """, arguments
    ) { row in
      writer.write(
        id: try row.int(0), version: try row.int(5), at: try row.int(6),
        actor: row.unsafeBytes(1), kind: row.unsafeBytes(2), payload: row.unsafeBytes(3),
        stream: row.unsafeBytes(4))
      try body(row, writer.bytes)
    }
  }

  /// An entry as it is stored, whatever it is.
  package struct Stored: Sendable {
    package let leafIndex: Int64
    package let leafHash: [UInt8]
    package let stream: String
    package let version: Int64
    package let at: Instant
    package let actor: String
    package let kind: String
    /// Exactly what is hashed.
    package let bytes: [UInt8]
  }

  /// Sequenced entries from a leaf index on, to be read by people; rides the unique index on
  /// leaf_index.
  package static func stored(
    from leafIndex: Int64, limit: Int, in connection: any Connection
  ) throws -> [Stored] {
    try stored(sequencedFrom, [leafIndex, limit], in: connection)
  }

  /// Sequenced entries of one stream, after a version; rides the unique index on (stream, version).
  package static func stored(
    of stream: String, after version: Int, limit: Int, in connection: any Connection
  ) throws -> [Stored] {
    try stored(
      "stream = ?1 and version > ?2 and leaf_index is not null order by version limit ?3",
      [stream, version, limit], in: connection)
  }

  private static func stored(
    _ condition: String, _ arguments: [any SQLConvertible], in connection: any Connection
  ) throws -> [Stored] {
    var entries: [Stored] = []
    try forEach(condition, arguments, in: connection) { row, bytes in
      func text(_ column: Int) -> String {
        String(decoding: row.unsafeBytes(column), as: UTF8.self)
      }
      entries.append(
        Stored(
          leafIndex: try row.int(7), leafHash: try row.bytes(8), stream: text(4),
          version: try row.int(5), at: try row.instant(6), actor: text(1), kind: text(2),
          bytes: Array(bytes)))
    }
    return entries
  }

  /// The stream of an entry, for a report; whatever is stored there.
  package static func stream(of id: Int64, in connection: any Connection) throws -> String {
    try connection.row("select stream from ledger where id = ?1", [id]) {
      String(decoding: $0.unsafeBytes(0), as: UTF8.self)
    } ?? "?"
  }

  /// The recorded leaf hashes of a range, in order; rides the unique index on leaf_index.
  package static func hashes(
    _ range: Range<Int64>, in connection: any Connection, _ body: (Digest) throws -> Void
  ) throws {
    try connection.stream(
      """
      select leaf_hash
      from ledger
      where leaf_index >= ?1 and leaf_index < ?2
      order by leaf_index
      """, [range.lowerBound, range.upperBound]
    ) { row in try body(row.present(Digest(row.unsafeBytes(0)), 0)) }
  }
}
