import Cryptography

/// That an entry is in a tree, for whoever knows the tree's root (RFC 9162 section 2.1.3).
package struct InclusionProof: Hashable, Sendable {
  package let leafIndex: Int64
  package let treeSize: Int64
  /// From the leaf's sibling to the root's children.
  package let path: [Digest]

  package init(leafIndex: Int64, treeSize: Int64, path: [Digest]) {
    self.leafIndex = leafIndex
    self.treeSize = treeSize
    self.path = path
  }

  /// - Parameter node: the root of the subtree over a range of leaves.
  package init(
    leafIndex: Int64, treeSize: Int64, node: (Range<Int64>) throws -> Digest
  ) rethrows {
    precondition((0..<treeSize).contains(leafIndex))
    var siblings: [Range<Int64>] = []
    var range = 0..<treeSize
    while range.count > 1 {
      let middle = range.lowerBound + largestPowerOfTwo(below: Int64(range.count))
      if leafIndex < middle {
        siblings.append(middle..<range.upperBound)
        range = range.lowerBound..<middle
      } else {
        siblings.append(range.lowerBound..<middle)
        range = middle..<range.upperBound
      }
    }
    self.init(
      leafIndex: leafIndex, treeSize: treeSize, path: try siblings.reversed().map(node))
  }

  /// The root that the leaf and the path lead to (section 2.1.3.2); nil where the path has the wrong
  /// length.
  package func root(of leaf: Digest, _ suite: CipherSuite) -> Digest? {
    guard (0..<treeSize).contains(leafIndex) else { return nil }
    let hasher = Hasher(suite)
    var (index, last) = (leafIndex, treeSize - 1)
    var root = leaf
    for node in path {
      if last == 0 { return nil }
      if index & 1 == 1 || index == last {
        root = MerkleTree.nodeHash(node, root, hasher)
        while index & 1 == 0, index != 0 {
          index >>= 1
          last >>= 1
        }
      } else {
        root = MerkleTree.nodeHash(root, node, hasher)
      }
      index >>= 1
      last >>= 1
    }
    return last == 0 ? root : nil
  }
}

/// The k of RFC 9162: the largest power of two smaller than a number greater than 1.
package func largestPowerOfTwo(below number: Int64) -> Int64 {
  1 << (63 - (number - 1).leadingZeroBitCount)
}

extension InclusionProof {
  /// - Parameter joined: the path's digests one after the other, as they are kept and sent.
  /// - Returns: nil where that is no path.
  package init?(leafIndex: Int64, treeSize: Int64, joined: [UInt8]) {
    guard 0 <= leafIndex, leafIndex < treeSize, let path = [Digest](joined: joined) else {
      return nil
    }
    self.init(leafIndex: leafIndex, treeSize: treeSize, path: path)
  }
}

extension [Digest] {
  package init?(joined bytes: [UInt8]) {
    guard bytes.count.isMultiple(of: Digest.count), bytes.count <= 64 * Digest.count else {
      return nil
    }
    self = stride(from: 0, to: bytes.count, by: Digest.count).compactMap {
      Digest(bytes: bytes[$0..<$0 + Digest.count])
    }
  }

  package var joined: [UInt8] { flatMap(\.bytes) }
}
