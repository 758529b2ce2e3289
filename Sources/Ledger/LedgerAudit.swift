import Cryptography
import Domain

/// A row of the ledger as it is stored, with what the sequencer wrote beside it.
package struct StoredEntry: Sendable {
  package let entry: LedgerEntry
  package let leafIndex: Int64?
  package let leafHash: [UInt8]

  package init(entry: LedgerEntry, leafIndex: Int64?, leafHash: [UInt8]) {
    self.entry = entry
    self.leafIndex = leafIndex
    self.leafHash = leafHash
  }
}

/// A root the sequencer recorded: of the first `size` entries.
package struct TreeHead: Hashable, Sendable {
  package let size: Int64
  package let root: [UInt8]
  package let frontier: [UInt8]
  package let at: Instant

  package init(size: Int64, root: [UInt8], frontier: [UInt8], at: Instant) {
    self.size = size
    self.root = root
    self.frontier = frontier
    self.at = at
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
  }

  private var tree = MerkleTree()
  private var heads: ArraySlice<TreeHead>
  private let recorded: Int64
  package private(set) var headsChecked = 0
  package private(set) var pending = 0

  package var size: Int64 { tree.size }
  package var root: Digest { tree.root }

  /// - Parameter heads: all recorded roots, in the order of size.
  package init(heads: [TreeHead]) {
    self.heads = heads[...]
    recorded = heads.last?.size ?? 0
  }

  /// Takes the sequenced entries in the order of their leaf index.
  package mutating func check(_ stored: StoredEntry) -> Fault? {
    if let index = stored.leafIndex, index != tree.size {
      return .entryMissing(leafIndex: tree.size)
    }
    let hash = stored.entry.leafHash
    guard hash.bytes == stored.leafHash else {
      return .entryChanged(
        leafIndex: stored.leafIndex, id: stored.entry.id, stream: stored.entry.stream)
    }
    guard stored.leafIndex != nil else {
      pending += 1
      return nil
    }
    tree.append(hash)
    if let head = heads.first, head.size == tree.size {
      heads.removeFirst()
      headsChecked += 1
      if head.root != tree.root.bytes { return .rootDiffers(size: head.size) }
    }
    return nil
  }

  /// Call after the last sequenced entry.
  package func finish() -> Fault? {
    tree.size < recorded ? .tailMissing(found: tree.size, recorded: recorded) : nil
  }
}
