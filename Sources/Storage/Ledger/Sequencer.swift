import Cryptography
import Domain
import Ledger

/// Gives entries their place in the tree and signs its root, in batches. Any server may do it; the
/// lock of `ExclusiveWork.sequencing` lets one at a time, and when that one dies the database lets
/// go of it.
package enum Sequencer {
  package static let batch = 1000

  /// The tree in the database is not the one that was signed last: nothing is built on it.
  package struct Tampered: Error {
    package let size: Int64
  }

  /// Sequences what is pending and records a signed root after each batch.
  /// - Returns: how many entries got their leaf index.
  /// - Throws: `Tampered`, `KeyRing.Fault.none` without the master key, `StorageError`
  @discardableResult
  package static func run(
    on database: any Database, _ vault: Vault, now: Instant
  ) async throws -> Int {
    let signers = try vault.signers()
    // Mostly there is nothing to do, and a look costs no write transaction.
    let isIdle = try await database.read { connection in
      let isSigned = try LedgerHeads.last(in: connection).map { $0.note != nil } ?? true
      return try isSigned && !hasPending(in: connection)
    }
    if isIdle { return 0 }
    var total = 0
    while true {
      let done = try await database.write(exclusively: .sequencing) {
        try sequenceBatch(signers, in: $0, now: now)
      }
      total += done
      if done < batch { return total }
    }
  }

  private static func hasPending(in connection: any Connection) throws -> Bool {
    try connection.row("select 1 from ledger where leaf_index is null limit 1") { _ in true }
      ?? false
  }

  private static func sequenceBatch(
    _ signers: [NoteSigner], in connection: any Connection, now: Instant
  ) throws -> Int {
    var tree = try signedTree(signers, in: connection)
    // One statement places the entries and tells which they were: another would see what was
    // committed in between.
    let placed = try connection.rows(
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
      returning leaf_index, leaf_hash
      """, [tree.size]
    ) { row in
      (index: try row.int(0), hash: try row.present(Digest(row.unsafeBytes(1)), 1))
    }
    if placed.isEmpty { return 0 }
    let hasher = Hasher(connection.suite)
    for leaf in placed.sorted(by: { $0.index < $1.index }) { tree.append(leaf.hash, hasher) }
    try connection.run(
      "insert into ledger_heads (size, root, at, note) values (?1, ?2, ?3, ?4)",
      [tree.size, tree.root, now, note(of: tree, signers)])
    try connection.run(
      """
      insert into ledger_frontier (id, size, frontier)
      values (1, ?1, ?2)
      on conflict (id) do update
      set size = excluded.size, frontier = excluded.frontier
      """, [tree.size, tree.frontierBytes])
    return placed.count
  }

  /// The tree to continue from: the one whose root was signed last. A last root from before there
  /// was a key gets its signature here.
  private static func signedTree(
    _ signers: [NoteSigner], in connection: any Connection
  ) throws -> MerkleTree {
    let (size, frontier) = try LedgerHeads.frontier(in: connection)
    let head = try LedgerHeads.last(in: connection)
    guard let tree = MerkleTree(size: size, frontierBytes: frontier, connection.suite),
      size == head?.size ?? 0, head == nil || head?.root == tree.root.bytes
    else { throw Tampered(size: head?.size ?? size) }
    guard let head else { return tree }
    if let note = head.note {
      let keys = signers.map(\.verifier)
      guard SignedNote(parsing: note)?.checkpoint(signedBy: keys)?.root == tree.root else {
        throw Tampered(size: size)
      }
    } else {
      let isFirst =
        try connection.row("select 1 from ledger_heads where note is not null limit 1", []) { _ in
          true
        } == nil
      guard isFirst else { throw Tampered(size: size) }
      try connection.run(
        "update ledger_heads set note = ?2 where size = ?1", [size, note(of: tree, signers)])
    }
    return tree
  }

  private static func note(of tree: MerkleTree, _ signers: [NoteSigner]) -> String {
    Checkpoint(origin: signers[0].verifier.name, size: tree.size, root: tree.root)
      .signed(by: signers).serialized
  }
}
