import Cryptography

/// That a later tree only adds to an earlier one, for whoever knows both roots (RFC 9162 section
/// 2.1.4).
package struct ConsistencyProof: Hashable, Sendable {
  package let first: Int64
  package let second: Int64
  package let path: [Digest]

  package init(first: Int64, second: Int64, path: [Digest]) {
    self.first = first
    self.second = second
    self.path = path
  }

  /// - Parameter node: the root of the subtree over a range of leaves.
  package init(
    first: Int64, second: Int64, node: (Range<Int64>) throws -> Digest
  ) rethrows {
    precondition(0 < first && first <= second)
    var nodes: [Range<Int64>] = []
    var range = 0..<second
    // SUBPROOF of the definition: whether the subtree at hand is one of the first tree's own.
    var isWhole = true
    while range.upperBound != first {
      let middle = range.lowerBound + largestPowerOfTwo(below: Int64(range.count))
      if first <= middle {
        nodes.append(middle..<range.upperBound)
        range = range.lowerBound..<middle
      } else {
        nodes.append(range.lowerBound..<middle)
        range = middle..<range.upperBound
        isWhole = false
      }
    }
    if !isWhole { nodes.append(range) }
    self.init(first: first, second: second, path: try nodes.reversed().map(node))
  }

  /// Section 2.1.4.2.
  package func verifies(_ firstRoot: Digest, _ secondRoot: Digest, _ suite: CipherSuite) -> Bool {
    guard 0 < first, first <= second else { return false }
    if first == second { return path.isEmpty && firstRoot == secondRoot }
    var nodes = path[...]
    if first.nonzeroBitCount == 1 { nodes = [firstRoot] + nodes }
    guard let start = nodes.popFirst() else { return false }
    let hasher = Hasher(suite)
    var (index, last) = (first - 1, second - 1)
    while index & 1 == 1 {
      index >>= 1
      last >>= 1
    }
    var (old, new) = (start, start)
    for node in nodes {
      if last == 0 { return false }
      if index & 1 == 1 || index == last {
        old = MerkleTree.nodeHash(node, old, hasher)
        new = MerkleTree.nodeHash(node, new, hasher)
        while index & 1 == 0, index != 0 {
          index >>= 1
          last >>= 1
        }
      } else {
        new = MerkleTree.nodeHash(new, node, hasher)
      }
      index >>= 1
      last >>= 1
    }
    return last == 0 && old == firstRoot && new == secondRoot
  }
}
