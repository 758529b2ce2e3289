import Cryptography
import Domain
import Ledger

/// The exchange's tables against our ledger, and against the other sides' proofs.
package enum ExchangeReplay {
  /// - Throws: `StorageError.unreadable` for an event this program does not know.
  package static func check(into replay: inout Replay, in connection: any Connection) throws {
    var links: [ExchangeLink] = []
    try LedgerRows.wholeStreams(of: LinkHistory.sort, in: connection) { entries in
      links.append(try LinkHistory.link(entries))
      replay.streams += 1
      replay.entries += entries.count
    }
    replay.differences += try RowCheck(
      table: "exchange_links", key: ["id"], columns: LinkRows.derived
    ).differences(
      links.map { [$0.id] + LinkRows.values(of: $0) }, where: "id > 0", [], in: connection)
    for link in links { try check(link, into: &replay, in: connection) }
  }

  private static func check(
    _ link: ExchangeLink, into replay: inout Replay, in connection: any Connection
  ) throws {
    let entries = try LedgerRows.stream(ReceivedRows.streamName(link.id), in: connection)
    if !entries.isEmpty { replay.streams += 1 }
    replay.entries += entries.count
    var rows: [[any SQLConvertible]] = []
    var roots: [Int64: [UInt8]] = [:]
    for entry in entries {
      let receipt = try Payload.decode(ReceivedRows.Receipt.self, entry.payload)
      guard let hash = Hexadecimal.decode(receipt.leafHash).flatMap({ Digest(bytes: $0) }),
        let root = Hexadecimal.decode(receipt.root)
      else { throw StorageError.unreadable("\(entry.stream) \(entry.version)") }
      roots[receipt.treeSize] = root
      rows.append(
        [link.id, entry.version] + ReceivedRows.values(of: receipt, hash, at: entry.at))
    }
    replay.differences += try RowCheck(
      table: "exchange_received", key: ["link_id", "sequence"], columns: ReceivedRows.derived
    ).differences(rows, where: "link_id = ?1", [link.id], in: connection)
    replay.differences += try RowCheck(
      table: "exchange_checkpoints", key: ["link_id", "size"], columns: ["root"]
    ).differences(
      roots.map { [link.id, $0.key, $0.value] }, where: "link_id = ?1", [link.id], in: connection)
    replay.differences += try proofDifferences(of: link, in: connection)
    try checkPlaces(of: link, received: entries.count, into: &replay, in: connection)
  }

  /// What of a link no longer leads to a root that the other side signed: none where all proofs hold.
  package static func proofDifferences(
    of link: ExchangeLink, in connection: any Connection
  ) throws -> [Difference] {
    guard let peer = link.peer, let suite = CipherSuite(rawValue: peer.suite) else { return [] }
    let keys = peer.keys.compactMap { VerifierKey($0) }
    var roots: [Int64: Digest] = [:]
    var differences: [Difference] = []
    func differs(_ table: String, _ row: String, _ column: String) {
      differences.append(
        Difference(table: table, row: row, column: column, expected: "proven", found: nil))
    }
    try connection.forEach(
      "select size, note from exchange_checkpoints where link_id = ?1", [link.id]
    ) { row in
      let size = try row.int(0)
      let checkpoint = SignedNote(parsing: try row.text(1))?.checkpoint(signedBy: keys)
      guard let checkpoint, checkpoint.size == size, checkpoint.origin == peer.origin else {
        return differs("exchange_checkpoints", "\(link.id)/\(size)", "note")
      }
      roots[size] = checkpoint.root
    }
    try connection.stream(
      """
      select sequence, entry, leaf_index, tree_size, proof
      from exchange_received
      where link_id = ?1
      order by sequence
      """, [link.id]
    ) { row in
      let (index, size, path) = (try row.int(2), try row.int(3), try row.bytes(4))
      let leaf = MerkleTree.leafHash(try row.bytes(1), suite)
      let root = InclusionProof(leafIndex: index, treeSize: size, joined: path)?.root(
        of: leaf, suite)
      if root == nil || root != roots[size] {
        differs("exchange_received", "\(link.id)/\(try row.int(0))", "entry")
      }
    }
    return differences
  }

  /// How far each side is: nobody has more than there is.
  private static func checkPlaces(
    of link: ExchangeLink, received: Int, into replay: inout Replay, in connection: any Connection
  ) throws {
    guard let stored = try LinkRows.find(link.id, in: connection) else { return }
    let sent = try ExchangeOutbox.last(link.id, in: connection)
    func differs(_ column: String, _ expected: Int, _ found: Int) {
      replay.differences.append(
        Difference(
          table: "exchange_links", row: "\(link.id)", column: column, expected: "\(expected)",
          found: "\(found)"))
    }
    if stored.received != received { differs("received", received, stored.received) }
    if stored.confirmed > sent { differs("confirmed", sent, stored.confirmed) }
  }
}
