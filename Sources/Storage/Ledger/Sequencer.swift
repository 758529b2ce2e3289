import Cryptography
import Domain
import Ledger

/// Gives entries their place in the tree and signs its root, in batches. Any server may do it; the
/// lock of `ExclusiveWork.sequencing` lets one at a time, and when that one dies the database lets
/// go of it.
package enum Sequencer {
  package static let batch = 1000

  /// The tree in the database is not the one that was signed last, or an entry is not what its hash
  /// says: nothing is built on it.
  package struct Tampered: Error {
    package let size: Int64
    /// The entry's id, where it is one.
    package let entry: Int64?

    package init(size: Int64, entry: Int64? = nil) {
      self.size = size
      self.entry = entry
    }
  }

  /// Sequences what is pending and records a signed root after each batch.
  /// - Returns: how many entries got their leaf index.
  /// - Throws: `Tampered`, `KeyRing.Fault.none` without the master key, `StorageError`
  @discardableResult
  package static func run(
    on database: any Database, _ vault: Vault, now: Instant
  ) async throws -> Int {
    _ = try vault.presentSecrets()
    // Mostly there is nothing to do, and a look costs no write transaction.
    if try await database.read({ try !hasPending(in: $0) }) { return 0 }
    var total = 0
    while true {
      let (done, head) = try await database.write(exclusively: .sequencing) {
        try sequenceBatch(vault, in: $0, now: now)
      }
      if let head { vault.lastSeen.remember(head) }
      total += done
      if done < batch { return total }
    }
  }

  private static func hasPending(in connection: any Connection) throws -> Bool {
    try connection.row("select 1 from ledger where leaf_index is null limit 1") { _ in true }
      ?? false
  }

  private static func sequenceBatch(
    _ vault: Vault, in connection: any Connection, now: Instant
  ) throws -> (count: Int, head: TreeHead?) {
    let (recorded, last) = try recordedTree(in: connection)
    if let last {
      guard vault.isCheckpoint(last) else { throw Tampered(size: last.size) }
    }
    if let seen = vault.lastSeen.value {
      guard try LedgerHeads.head(of: seen.size, in: connection)?.root == seen.root else {
        throw Tampered(size: seen.size)
      }
    }
    var tree = recorded
    let count = try connection.run(
      """
      update ledger
      set leaf_index = ?1 + pending.place
      from (
        select id, row_number() over (order by id) - 1 as place
        from ledger
        where leaf_index is null
        order by id
        limit \(batch)
      ) as pending
      where ledger.id = pending.id
      """, [tree.size])
    if count == 0 { return (0, last) }
    // What is signed is what stands there now. Nobody else places entries meanwhile.
    let hasher = Hasher(connection.suite)
    for leaf in try LedgerLeaves.sequenced(from: tree.size, limit: count, in: connection) {
      guard leaf.computed == leaf.recorded else {
        throw Tampered(size: recorded.size, entry: leaf.id)
      }
      tree.append(leaf.computed, hasher)
    }
    let head = TreeHead(
      size: tree.size, root: tree.root.bytes, note: note(of: tree, try vault.signers()))
    try connection.run(
      "insert into ledger_heads (size, root, at, note) values (?1, ?2, ?3, ?4)",
      [head.size, head.root, now, head.note])
    try connection.run(
      """
      insert into ledger_frontier (id, size, frontier)
      values (1, ?1, ?2)
      on conflict (id) do update
      set size = excluded.size, frontier = excluded.frontier
      """, [tree.size, tree.frontierBytes])
    return (count, head)
  }

  /// Signs the last root from before there was a key; called once, when the key is made.
  static func signFirstHead(_ signers: [NoteSigner], in connection: any Connection) throws {
    let (tree, head) = try recordedTree(in: connection)
    guard let head else { return }
    try connection.run(
      "update ledger_heads set note = ?2 where size = ?1", [head.size, note(of: tree, signers)])
  }

  private static func recordedTree(
    in connection: any Connection
  ) throws -> (tree: MerkleTree, head: TreeHead?) {
    let (size, frontier) = try LedgerHeads.frontier(in: connection)
    let head = try LedgerHeads.last(in: connection)
    guard let tree = MerkleTree(size: size, frontierBytes: frontier, connection.suite),
      size == head?.size ?? 0, head == nil || head?.root == tree.root.bytes
    else { throw Tampered(size: head?.size ?? size) }
    return (tree, head)
  }

  private static func note(of tree: MerkleTree, _ signers: [NoteSigner]) -> String {
    Checkpoint(origin: signers[0].verifier.name, size: tree.size, root: tree.root)
      .signed(by: signers).serialized
  }
}
