import Cryptography
import Domain

/// A row of the ledger as it is stored, with what the sequencer wrote beside it.
package struct StoredEntry: Sendable {
  package let id: Int64
  package let stream: String
  /// Nil where the row holds something no program of ours ever wrote.
  package let entry: LedgerEntry?
  package let leafIndex: Int64?
  package let leafHash: [UInt8]

  package init(
    id: Int64, stream: String, entry: LedgerEntry?, leafIndex: Int64?, leafHash: [UInt8]
  ) {
    self.id = id
    self.stream = stream
    self.entry = entry
    self.leafIndex = leafIndex
    self.leafHash = leafHash
  }
}

/// A root the sequencer recorded: of the first `size` entries.
package struct TreeHead: Hashable, Sendable {
  package let size: Int64
  package let root: [UInt8]

  package init(size: Int64, root: [UInt8]) {
    self.size = size
    self.root = root
  }
}

/// Recomputes a ledger entry by entry and names the first thing that is not as recorded.
package struct LedgerAudit: Sendable {
  package enum Fault: Hashable, Sendable {
    /// The entry's bytes do not hash to the recorded leaf hash.
    case entryChanged(leafIndex: Int64?, id: Int64, stream: String)
    /// No entry has this leaf index.
    case entryMissing(leafIndex: Int64)
    /// The entries hash to another root than the one recorded at this size.
    case rootDiffers(size: Int64)
    /// Fewer entries than the last recorded root covers.
    case tailMissing(found: Int64, recorded: Int64)
    /// Entries have their place, but the root that must have been recorded with them is gone.
    case rootMissing(size: Int64)
    /// What the sequencer continues from is not the tree of the entries.
    case frontierDiffers
  }

  private var tree = MerkleTree()
  private var lastHead: Int64 = 0
  package private(set) var headsChecked: Int64 = 0
  package private(set) var pending = 0

  package var size: Int64 { tree.size }
  package var root: Digest { tree.root }

  package init() {}

  /// Takes the sequenced entries in the order of their leaf index, then the pending ones.
  package mutating func check(_ stored: StoredEntry) -> Fault? {
    if let index = stored.leafIndex, index != tree.size {
      return .entryMissing(leafIndex: tree.size)
    }
    guard let hash = stored.entry?.leafHash, hash.bytes == stored.leafHash else {
      return .entryChanged(leafIndex: stored.leafIndex, id: stored.id, stream: stored.stream)
    }
    if stored.leafIndex == nil {
      pending += 1
    } else {
      tree.append(hash)
    }
    return nil
  }

  /// Takes a recorded root once exactly its entries have been checked.
  package mutating func check(_ head: TreeHead) -> Fault? {
    guard head.size == tree.size, head.root == tree.root.bytes else {
      return .rootDiffers(size: head.size)
    }
    headsChecked += 1
    lastHead = head.size
    return nil
  }

  /// Call after the last sequenced entry.
  /// - Parameters:
  ///   - headCount: how many roots are recorded in all.
  ///   - lastRecorded: the size of the largest.
  ///   - frontierSize, frontier: what the sequencer continues from.
  package func finish(
    headCount: Int64, lastRecorded: Int64, frontierSize: Int64, frontier: [UInt8]
  ) -> Fault? {
    if tree.size < lastRecorded { return .tailMissing(found: tree.size, recorded: lastRecorded) }
    // A root of no entries, or of a size that was never reached, stands for one that is gone.
    if lastHead != tree.size || headCount != headsChecked { return .rootMissing(size: tree.size) }
    let isSame = frontierSize == tree.size && frontier == tree.frontierBytes
    return isSame ? nil : .frontierDiffers
  }
}
