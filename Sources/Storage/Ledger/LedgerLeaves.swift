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
    try leaves("leaf_index >= ?1 order by leaf_index limit ?2", [leafIndex, limit], in: connection)
  }

  /// Entries not sequenced yet; rides the partial index ledger_pending.
  package static func pending(
    limit: Int = .max, in connection: any Connection
  ) throws -> [Leaf] {
    try leaves("leaf_index is null order by id limit ?1", [limit], in: connection)
  }

  private static func leaves(
    _ condition: String, _ arguments: [any SQLConvertible], in connection: any Connection
  ) throws -> [Leaf] {
    let hasher = Hasher(connection.suite)
    var writer = EntryBytes()
    var leaves: [Leaf] = []
    leaves.reserveCapacity(2000)
    try connection.forEach(
      """
      select id, actor, kind, payload, stream, version, at, leaf_index, leaf_hash
      from ledger
      where \(condition)
      """, arguments
    ) { row in
      let id = try row.int(0)
      writer.write(
        id: id, version: try row.int(5), at: try row.int(6), actor: row.unsafeBytes(1),
        kind: row.unsafeBytes(2), payload: row.unsafeBytes(3), stream: row.unsafeBytes(4))
      leaves.append(
        Leaf(
          id: id, leafIndex: try row.optionalInt(7), recorded: Digest(row.unsafeBytes(8)),
          computed: hasher.hash(prefix: 0, writer.bytes)))
    }
    return leaves
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
    var writer = EntryBytes()
    var entries: [Stored] = []
    try connection.forEach(
      """
      select id, actor, kind, payload, stream, version, at, leaf_index, leaf_hash
      from ledger
      where leaf_index >= ?1
      order by leaf_index
      limit ?2
      """, [leafIndex, limit]
    ) { row in
      func text(_ column: Int) -> String {
        String(decoding: row.unsafeBytes(column), as: UTF8.self)
      }
      writer.write(
        id: try row.int(0), version: try row.int(5), at: try row.int(6),
        actor: row.unsafeBytes(1), kind: row.unsafeBytes(2), payload: row.unsafeBytes(3),
        stream: row.unsafeBytes(4))
      entries.append(
        Stored(
          leafIndex: try row.int(7), leafHash: try row.bytes(8), stream: text(4),
          version: try row.int(5), at: try row.instant(6), actor: text(1), kind: text(2),
          bytes: Array(writer.bytes)))
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
      select leaf_index, leaf_hash
      from ledger
      where leaf_index >= ?1 and leaf_index < ?2
      order by leaf_index
      """, [range.lowerBound, range.upperBound]
    ) { row in try body(row.present(Digest(row.unsafeBytes(1)), 1)) }
  }
}
