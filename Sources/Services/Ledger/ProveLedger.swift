import Cryptography
import Domain
import Ledger
import Storage

/// Proofs that a stranger can check without our program: that an entry is in the ledger, and that a
/// later ledger only adds to an earlier one.
package struct ProveLedger: Sendable {
  let platform: Platform

  package init(_ platform: Platform) { self.platform = platform }

  package enum Fault: Error, Sendable, Equatable {
    /// The ledger has only so many sequenced entries.
    case beyond(size: Int64)
    /// The entry is not where it should be, or does not hash to the signed root: run `verify`.
    case damaged
  }

  /// An entry with its path to a signed root.
  package struct Inclusion: Sendable {
    package let entry: LedgerLeaves.Stored
    package let proof: InclusionProof
    package let root: Digest
    /// The checkpoint whose root it is; nil where no checkpoint was signed at this size.
    package let note: String?
  }

  /// - Parameter size: of the tree; nil takes the last recorded one.
  /// - Throws: `Fault`, `StorageError`
  package func inclusion(of leafIndex: Int64, size: Int64? = nil) async throws -> Inclusion {
    try await platform.database.read { connection in
      let head = try ProveLedger.head(size, in: connection)
      guard (0..<head.size).contains(leafIndex) else { throw Fault.beyond(size: head.size) }
      let proof = try InclusionProof(leafIndex: leafIndex, treeSize: head.size) {
        try ProveLedger.node($0, in: connection)
      }
      guard
        let found = try LedgerLeaves.stored(from: leafIndex, limit: 1, in: connection).first,
        let root = proof.root(
          of: MerkleTree.leafHash(found.bytes, connection.suite), connection.suite),
        found.leafIndex == leafIndex, head.root.isEmpty || root.bytes == head.root
      else { throw Fault.damaged }
      return Inclusion(entry: found, proof: proof, root: root, note: head.note)
    }
  }

  /// A later tree's proof that it contains an earlier one.
  package struct Consistency: Sendable {
    package let proof: ConsistencyProof
    package let firstRoot: Digest
    package let secondRoot: Digest
    package let note: String?
  }

  /// - Throws: `Fault`, `StorageError`
  package func consistency(from first: Int64, to second: Int64?) async throws -> Consistency {
    try await platform.database.read { connection in
      let head = try ProveLedger.head(second, in: connection)
      guard 0 < first, first <= head.size else { throw Fault.beyond(size: head.size) }
      let proof = try ConsistencyProof(first: first, second: head.size) {
        try ProveLedger.node($0, in: connection)
      }
      let (old, new) = (
        try ProveLedger.node(0..<first, in: connection),
        try ProveLedger.node(0..<head.size, in: connection)
      )
      guard proof.verifies(old, new, connection.suite),
        head.root.isEmpty || new.bytes == head.root
      else { throw Fault.damaged }
      return Consistency(proof: proof, firstRoot: old, secondRoot: new, note: head.note)
    }
  }

  /// The recorded root of a size, or the last; one without root where none was recorded there.
  private static func head(_ size: Int64?, in connection: any Connection) throws -> TreeHead {
    let last = try LedgerHeads.last(in: connection) ?? TreeHead(size: 0, root: [], note: nil)
    guard let size, size != last.size else { return last }
    guard 0 < size, size <= last.size else { throw Fault.beyond(size: last.size) }
    return try LedgerHeads.head(of: size, in: connection)
      ?? TreeHead(size: size, root: [], note: nil)
  }

  /// The root of the subtree over a range, from the recorded leaf hashes: memory for its height,
  /// time for its size.
  private static func node(
    _ range: Range<Int64>, in connection: any Connection
  ) throws -> Digest {
    var tree = MerkleTree(connection.suite)
    let hasher = Hasher(connection.suite)
    try LedgerLeaves.hashes(range, in: connection) { tree.append($0, hasher) }
    guard tree.size == Int64(range.count) else { throw Fault.damaged }
    return tree.root
  }
}
