import Cryptography

/// The Merkle tree of RFC 9162 section 2.1, built leaf by leaf from its frontier: the roots of the
/// perfect subtrees that the leaves so far make up, largest first.
package struct MerkleTree: Sendable {
  package let suite: CipherSuite
  package private(set) var size: Int64
  private var frontier: [Digest]

  package init(_ suite: CipherSuite) {
    self.suite = suite
    size = 0
    frontier = []
  }

  /// HASH(0x00 || entry)
  package static func leafHash(_ bytes: [UInt8], _ suite: CipherSuite) -> Digest {
    bytes.withUnsafeBytes { Hasher(suite).hash(prefix: 0, $0) }
  }

  /// HASH(0x01 || left || right)
  package static func nodeHash(_ left: Digest, _ right: Digest, _ hasher: Hasher) -> Digest {
    left.withUnsafeBytes { left in
      right.withUnsafeBytes { right in hasher.hash(prefix: 1, left, right) }
    }
  }

  package mutating func append(_ leaf: Digest) { append(leaf, Hasher(suite)) }

  /// - Parameter hasher: of the tree's suite, shared by many calls.
  package mutating func append(_ leaf: Digest, _ hasher: Hasher) {
    var node = leaf
    var rest = size
    // Every set low bit is a full subtree of that height waiting for its right-hand twin.
    while rest & 1 == 1 {
      node = MerkleTree.nodeHash(frontier.removeLast(), node, hasher)
      rest >>= 1
    }
    frontier.append(node)
    size += 1
  }

  /// The tree head; of the empty tree the hash of nothing.
  package var root: Digest {
    guard var root = frontier.last else { return suite.hash([]) }
    let hasher = Hasher(suite)
    for left in frontier.dropLast().reversed() { root = MerkleTree.nodeHash(left, root, hasher) }
    return root
  }

  /// The frontier as bytes, to be continued later: 32 for each set bit of the size.
  package var frontierBytes: [UInt8] { frontier.flatMap(\.bytes) }

  /// - Returns: nil where the bytes cannot be the frontier of a tree of that size.
  package init?(size: Int64, frontierBytes: [UInt8], _ suite: CipherSuite) {
    guard size >= 0, frontierBytes.count == size.nonzeroBitCount * 32 else { return nil }
    self.suite = suite
    self.size = size
    frontier = stride(from: 0, to: frontierBytes.count, by: 32).map {
      Digest(bytes: frontierBytes[$0..<$0 + 32])!
    }
  }
}
