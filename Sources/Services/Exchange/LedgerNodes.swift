import Cryptography
import Ledger
import Storage
import Synchronization

/// Roots of subtrees of the ledger, for the proofs of a batch: those of whole blocks are computed once
/// for as long as the process lives, for what is sequenced never changes. A batch reads the blocks its
/// entries lie in and the last one, and hashes once over the roots of the rest.
final class LedgerNodes: Sendable {
  /// Leaves of a block: a power of two.
  private static let block: Int64 = 1024

  /// 32 bytes for each thousand entries.
  private let blocks = Mutex<[Int64: Digest]>([:])

  enum Fault: Error {
    /// Leaves are missing.
    case damaged
  }

  /// The nodes of one batch: what several proofs share is computed once.
  struct Walk {
    fileprivate let nodes: LedgerNodes
    private let connection: any Connection
    private let hasher: Hasher
    private var known: [Range<Int64>: Digest] = [:]

    init(_ nodes: LedgerNodes, in connection: any Connection) {
      (self.nodes, self.connection) = (nodes, connection)
      hasher = Hasher(connection.suite)
    }

    /// - Parameter range: of a subtree as RFC 9162 divides the tree.
    mutating func node(_ range: Range<Int64>) throws -> Digest {
      if let digest = known[range] { return digest }
      let digest: Digest
      if Int64(range.count) > LedgerNodes.block {
        let middle = range.lowerBound + largestPowerOfTwo(below: Int64(range.count))
        let (left, right) = (
          try node(range.lowerBound..<middle), try node(middle..<range.upperBound)
        )
        digest = MerkleTree.nodeHash(left, right, hasher)
      } else if Int64(range.count) == LedgerNodes.block {
        digest = try block(range)
      } else {
        digest = try read(range)
      }
      known[range] = digest
      return digest
    }

    private func block(_ range: Range<Int64>) throws -> Digest {
      if let digest = nodes.blocks.withLock({ $0[range.lowerBound] }) { return digest }
      let digest = try read(range)
      nodes.blocks.withLock { $0[range.lowerBound] = digest }
      return digest
    }

    private func read(_ range: Range<Int64>) throws -> Digest {
      var tree = MerkleTree(connection.suite)
      try LedgerLeaves.hashes(range, in: connection) { tree.append($0, hasher) }
      guard tree.size == Int64(range.count) else { throw Fault.damaged }
      return tree.root
    }
  }

  func walk(in connection: any Connection) -> Walk { Walk(self, in: connection) }
}
