import Cryptography
import Domain
import Ledger

/// What came by a link, each message with its proof; and the other side's checkpoints.
package enum ReceivedRows {
  static let sort = "exchange_received"

  static func streamName(_ link: LinkID) -> String { "\(sort)/\(link.value)" }

  package struct Checkpoint: Hashable, Sendable {
    package let size: Int64
    package let root: [UInt8]
    package let note: String

    package init(size: Int64, root: [UInt8], note: String) {
      (self.size, self.root, self.note) = (size, root, note)
    }
  }

  /// A message with what proves that the sender's ledger has it.
  package struct Proven: Sendable {
    package let sequence: Int
    package let kind: String
    package let entry: [UInt8]
    package let leafHash: Digest
    package let leafIndex: Int64
    package let proof: [UInt8]

    package init(
      sequence: Int, kind: String, entry: [UInt8], leafHash: Digest, leafIndex: Int64,
      proof: [UInt8]
    ) {
      (self.sequence, self.kind, self.entry) = (sequence, kind, entry)
      (self.leafHash, self.leafIndex, self.proof) = (leafHash, leafIndex, proof)
    }
  }

  /// What our own ledger says of a message that was received.
  struct Receipt: Codable {
    var kind: String
    var leafHash: String
    var leafIndex: Int64
    var treeSize: Int64
    var root: String
    var effect: ExchangeEffect
    var problem: ProblemID?
  }

  /// The last checkpoint that the link's other side was believed by.
  package static func checkpoint(
    of link: LinkID, in connection: any Connection
  ) throws -> Checkpoint? {
    try connection.row(
      """
      select size, root, note
      from exchange_checkpoints
      where link_id = ?1
      order by size desc
      limit 1
      """, [link]
    ) { Checkpoint(size: try $0.int(0), root: try $0.bytes(1), note: try $0.text(2)) }
  }

  package static func leafHash(
    of sequence: Int, _ link: LinkID, in connection: any Connection
  ) throws -> Digest? {
    try connection.row(
      "select leaf_hash from exchange_received where link_id = ?1 and sequence = ?2",
      [link, sequence]
    ) { Digest(bytes: try $0.bytes(0)) } ?? nil
  }

  package static func add(
    _ checkpoint: Checkpoint, of link: LinkID, in connection: any Connection
  ) throws {
    try connection.run(
      "insert into exchange_checkpoints (link_id, size, root, note) values (?1, ?2, ?3, ?4)",
      [link, checkpoint.size, checkpoint.root, checkpoint.note])
  }

  /// Enters a message that came, with what became of it, in our ledger and in its table.
  /// - Throws: `StorageError.contention` where another server took it in meanwhile.
  package static func add(
    _ message: Proven, at checkpoint: Checkpoint, _ effect: ExchangeEffect, problem: ProblemID?,
    of link: LinkID, at now: Instant, in connection: any Connection
  ) throws {
    let receipt = Receipt(
      kind: message.kind, leafHash: message.leafHash.hex, leafIndex: message.leafIndex,
      treeSize: checkpoint.size, root: Hexadecimal.encode(checkpoint.root), effect: effect,
      problem: problem)
    do {
      try LedgerRows.append(
        LedgerEntry(
          id: Identifiers.shared.next(now), stream: streamName(link), version: message.sequence,
          at: now, actor: .system, kind: "exchange.received",
          payload: try Payload.encode(receipt)), to: connection)
    } catch is LedgerRows.Conflict {
      throw StorageError.contention
    }
    try connection.run(
      insertion(into: "exchange_received", ["link_id", "sequence", "entry", "proof"] + derived),
      [link, message.sequence, message.entry, message.proof]
        + values(of: receipt, message.leafHash, at: now))
    try LinkRows.setReceived(message.sequence, on: link, at: now, in: connection)
  }

  /// Columns that follow from our own ledger.
  static let derived = [
    "kind", "leaf_hash", "leaf_index", "tree_size", "effect", "problem_id", "at",
  ]

  static func values(
    of receipt: Receipt, _ leafHash: Digest?, at: Instant
  ) -> [any SQLConvertible] {
    [
      receipt.kind, leafHash, receipt.leafIndex, receipt.treeSize, receipt.effect,
      receipt.problem, at,
    ]
  }

  /// A message as it is shown.
  package struct Shown: Sendable {
    package let link: LinkID
    package let sequence: Int
    package let kind: String
    package let effect: ExchangeEffect
    package let problem: ProblemID?
    package let at: Instant
    /// Exactly what the sender's ledger hashed.
    package let entry: [UInt8]
  }

  /// What came about a problem, in order; rides exchange_received_problem.
  package static func about(
    _ problem: ProblemID, in connection: any Connection
  ) throws -> [Shown] {
    try shown("problem_id = ?1 order by at, sequence", [problem], in: connection)
  }

  /// The last that came by a link; rides the primary key.
  package static func last(
    _ count: Int, of link: LinkID, in connection: any Connection
  ) throws -> [Shown] {
    try shown("link_id = ?1 order by sequence desc limit ?2", [link, count], in: connection)
  }

  /// What came by a link and was not applied, the newest first; rides the primary key.
  package static func notApplied(
    _ count: Int, of link: LinkID, in connection: any Connection
  ) throws -> [Shown] {
    try shown(
      """
      link_id = ?1 and effect in ('late', 'refused', 'unknown')
      order by sequence desc
      limit ?2
      """, [link, count], in: connection)
  }

  /// How many messages of a link had an effect; few are looked for.
  package static func count(
    _ effect: ExchangeEffect, of link: LinkID, in connection: any Connection
  ) throws -> Int {
    Int(
      try connection.row(
        "select count(*) from exchange_received where link_id = ?1 and effect = ?2",
        [link, effect]
      ) { try $0.int(0) } ?? 0)
  }

  /// The problem that a message was registered as; nil where it became none.
  package static func problem(
    of sequence: Int, _ link: LinkID, in connection: any Connection
  ) throws -> ProblemID? {
    try connection.row(
      "select problem_id from exchange_received where link_id = ?1 and sequence = ?2",
      [link, sequence]
    ) { try $0.optionalInt(0).map { ProblemID($0) } } ?? nil
  }

  private static func shown(
    _ condition: String, _ arguments: [any SQLConvertible], in connection: any Connection
  ) throws -> [Shown] {
    try connection.rows(
      """
      select link_id, sequence, kind, effect, problem_id, at, entry
      from exchange_received
      where \(condition)
      """, arguments
    ) {
      Shown(
        link: LinkID(try $0.int(0)), sequence: Int(try $0.int(1)), kind: try $0.text(2),
        effect: try $0.value(3, ExchangeEffect.self),
        problem: try $0.optionalInt(4).map { ProblemID($0) }, at: try $0.instant(5),
        entry: try $0.bytes(6))
    }
  }
}
