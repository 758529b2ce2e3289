import Cryptography
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
    try connection.forEach(
      """
      select id, actor, kind, payload, stream, version, at, leaf_index, leaf_hash
      from ledger
      where \(condition)
      """, arguments
    ) { row in
      let id = try row.int(0)
      try writer.write(id: id, version: row.int(5), at: row.int(6)) { text, body in
        row.withBytes(column(of: text), body)
      }
      leaves.append(
        Leaf(
          id: id, leafIndex: try row.optionalInt(7),
          recorded: row.withBytes(8) { Digest(bytes: $0) },
          computed: writer.bytes.withUnsafeBytes { hasher.hash(prefix: 0, $0) }))
    }
    return leaves
  }

  private static func column(of text: EntryBytes.Text) -> Int {
    switch text {
    case .actor: 1
    case .kind: 2
    case .payload: 3
    case .stream: 4
    }
  }

  /// The stream of an entry, for a report; whatever is stored there.
  package static func stream(of id: Int64, in connection: any Connection) throws -> String {
    try connection.row("select stream from ledger where id = ?1", [id]) {
      $0.withBytes(0) { String(decoding: $0, as: UTF8.self) }
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
    ) { row in try body(row.present(row.withBytes(1) { Digest(bytes: $0) }, 1)) }
  }
}
