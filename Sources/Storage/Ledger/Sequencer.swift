import Cryptography
import Domain
import Ledger

/// Gives entries their place in the tree, in batches, one writer at a time.
package enum Sequencer {
  private static let batch = 1000

  /// Sequences what is pending and records the root after each batch.
  /// - Returns: how many entries got their leaf index.
  @discardableResult
  package static func run(on database: any Database, now: Instant) async throws -> Int {
    // Mostly there is nothing to do, and a look costs no write transaction.
    let isIdle = try await database.read { try LedgerRows.pending(limit: 1, in: $0).isEmpty }
    if isIdle { return 0 }
    var total = 0
    while true {
      let done = try await database.write(exclusively: .sequencing) {
        try sequenceBatch(in: $0, now: now)
      }
      total += done
      if done < batch { return total }
    }
  }

  private static func sequenceBatch(in connection: any Connection, now: Instant) throws -> Int {
    let pending = try connection.rows(
      """
      select id, leaf_hash
      from ledger
      where leaf_index is null
      order by id
      limit \(batch)
      """
    ) { (id: try $0.int(0), hash: try $0.bytes(1)) }
    guard !pending.isEmpty else { return 0 }
    let (size, frontier) = try LedgerRows.frontier(in: connection)
    guard var tree = MerkleTree(size: size, frontierBytes: frontier) else {
      throw StorageError.unreadable("frontier of the ledger's tree")
    }
    for entry in pending {
      guard let hash = Digest(bytes: entry.hash) else {
        throw StorageError.unreadable("leaf hash of ledger entry \(entry.id)")
      }
      try connection.run(
        "update ledger set leaf_index = ?2 where id = ?1", [entry.id, tree.size])
      tree.append(hash)
    }
    try connection.run(
      "insert into ledger_heads (size, root, at) values (?1, ?2, ?3)", [tree.size, tree.root, now])
    try connection.run(
      """
      insert into ledger_frontier (id, size, frontier)
      values (1, ?1, ?2)
      on conflict (id) do update
      set size = excluded.size, frontier = excluded.frontier
      """, [tree.size, tree.frontierBytes])
    return pending.count
  }
}
