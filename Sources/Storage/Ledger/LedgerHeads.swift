import Ledger

/// The roots the sequencer recorded, and what it continues from.
package enum LedgerHeads {
  /// Recorded roots of more than `size` and at most `limit` entries.
  package static func heads(
    after size: Int64, upTo limit: Int64, in connection: any Connection
  ) throws -> [TreeHead] {
    try connection.rows(
      """
      select size, root, note
      from ledger_heads
      where size > ?1 and size <= ?2
      order by size
      """, [size, limit], decode)
  }

  /// The recorded root of exactly this many entries.
  package static func head(
    of size: Int64, in connection: any Connection
  ) throws -> TreeHead? {
    try heads(after: size - 1, upTo: size, in: connection).first
  }

  package static func last(in connection: any Connection) throws -> TreeHead? {
    try connection.row(
      "select size, root, note from ledger_heads order by size desc limit 1", [], decode)
  }

  private static func decode(_ row: any SQLRow) throws -> TreeHead {
    TreeHead(size: try row.int(0), root: try row.bytes(1), note: try row.optionalText(2))
  }

  /// How many roots are recorded, and the size of the largest.
  package static func count(
    in connection: any Connection
  ) throws -> (count: Int64, largest: Int64) {
    try connection.row("select count(*), coalesce(max(size), 0) from ledger_heads") {
      (try $0.int(0), try $0.int(1))
    }!
  }

  /// How many entries have their place, and how many wait for it; rides ledger_pending.
  package static func progress(
    in connection: any Connection
  ) throws -> (size: Int64, pending: Int64) {
    let pending = try connection.row("select count(*) from ledger where leaf_index is null") {
      try $0.int(0)
    }!
    return (try frontier(in: connection).size, pending)
  }

  /// What the sequencer continues from; of the empty tree nothing.
  package static func frontier(
    in connection: any Connection
  ) throws -> (size: Int64, frontier: [UInt8]) {
    try connection.row("select size, frontier from ledger_frontier where id = 1") {
      (try $0.int(0), try $0.bytes(1))
    } ?? (0, [])
  }
}
