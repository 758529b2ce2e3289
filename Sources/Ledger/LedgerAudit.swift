import Cryptography

/// What is checked of a row of the ledger.
package struct Leaf: Sendable {
  package let id: Int64
  package let leafIndex: Int64?
  /// The hash stored beside the entry; nil where it is none.
  package let recorded: Digest?
  /// The hash of the entry's bytes as they are now.
  package let computed: Digest

  package init(id: Int64, leafIndex: Int64?, recorded: Digest?, computed: Digest) {
    self.id = id
    self.leafIndex = leafIndex
    self.recorded = recorded
    self.computed = computed
  }
}

/// A root the sequencer recorded: of the first `size` entries.
package struct TreeHead: Hashable, Sendable {
  package let size: Int64
  package let root: [UInt8]
  /// The signed checkpoint; nil in heads from before there was a key.
  package let note: String?

  package init(size: Int64, root: [UInt8], note: String?) {
    self.size = size
    self.root = root
    self.note = note
  }
}

/// Recomputes a ledger entry by entry and names the first thing that is not as recorded.
package struct LedgerAudit: Sendable {
  package enum Fault: Hashable, Sendable {
    /// The entry's bytes do not hash to the recorded leaf hash.
    case entryChanged(leafIndex: Int64?, id: Int64)
    /// No entry has this leaf index.
    case entryMissing(leafIndex: Int64)
    /// The entries hash to another root than the one recorded at this size.
    case rootDiffers(size: Int64)
    /// The root recorded at this size is not signed by the ledger's key.
    case signatureWrong(size: Int64)
    /// Fewer entries than the last recorded root covers.
    case tailMissing(found: Int64, recorded: Int64)
    /// Entries have their place, but the root that must have been recorded with them is gone.
    case rootMissing(size: Int64)
    /// What the sequencer continues from is not the tree of the entries.
    case frontierDiffers
    /// The database has a view, trigger or rule that no migration makes: what is read here need not be
    /// what others read.
    case stranger(String)
    /// The checkpoint was signed by somebody else, or is of another ledger.
    case checkpointForeign
    /// The entries hash to another root than the checkpoint's.
    case checkpointDiffers(size: Int64)
    /// Fewer entries than the checkpoint covers.
    case checkpointBeyond(found: Int64, size: Int64)
  }

  private var tree: MerkleTree
  /// Whose signatures every root must carry; none where nobody knows the keys.
  private let keys: [VerifierKey]
  /// Roots to be found on the way, smallest first.
  private var expected: [Checkpoint]
  private var lastHead: Int64 = 0
  private var hasSignedHead = false
  package private(set) var headsChecked: Int64 = 0
  package private(set) var pending = 0

  package var size: Int64 { tree.size }
  package var root: Digest { tree.root }

  /// - Parameter checkpoints: kept elsewhere, their signatures checked.
  package init(_ suite: CipherSuite, keys: [VerifierKey], checkpoints: [Checkpoint] = []) {
    tree = MerkleTree(suite)
    self.keys = keys
    expected = checkpoints.sorted { $0.size > $1.size }
  }

  /// Takes the sequenced entries in the order of their leaf index, then the pending ones.
  package mutating func check(_ leaf: Leaf, _ hasher: Hasher) -> Fault? {
    if let index = leaf.leafIndex, index != tree.size {
      return .entryMissing(leafIndex: tree.size)
    }
    guard leaf.computed == leaf.recorded else {
      return .entryChanged(leafIndex: leaf.leafIndex, id: leaf.id)
    }
    if leaf.leafIndex == nil {
      pending += 1
      return nil
    }
    tree.append(leaf.computed, hasher)
    return checkExpected()
  }

  private mutating func checkExpected() -> Fault? {
    while let checkpoint = expected.last, checkpoint.size <= tree.size {
      expected.removeLast()
      if checkpoint.root != tree.root { return .checkpointDiffers(size: checkpoint.size) }
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
    return checkSignature(of: head)
  }

  /// Once roots are signed, all later ones are.
  private mutating func checkSignature(of head: TreeHead) -> Fault? {
    if keys.isEmpty { return nil }
    guard let note = head.note else {
      return hasSignedHead ? .signatureWrong(size: head.size) : nil
    }
    hasSignedHead = true
    guard let checkpoint = SignedNote(parsing: note)?.checkpoint(signedBy: keys),
      checkpoint.size == head.size, checkpoint.root.bytes == head.root
    else { return .signatureWrong(size: head.size) }
    return nil
  }

  /// Call after the last sequenced entry.
  /// - Parameters:
  ///   - headCount: how many roots are recorded in all.
  ///   - lastRecorded: the size of the largest.
  ///   - frontierSize, frontier: what the sequencer continues from.
  package mutating func finish(
    headCount: Int64, lastRecorded: Int64, frontierSize: Int64, frontier: [UInt8]
  ) -> Fault? {
    if tree.size < lastRecorded { return .tailMissing(found: tree.size, recorded: lastRecorded) }
    // A root of no entries, or of a size that was never reached, stands for one that is gone.
    if lastHead != tree.size || headCount != headsChecked { return .rootMissing(size: tree.size) }
    if frontierSize != tree.size || frontier != tree.frontierBytes { return .frontierDiffers }
    // The last root is signed, whatever else was taken away.
    if !keys.isEmpty, headsChecked > 0, !hasSignedHead { return .signatureWrong(size: tree.size) }
    if let beyond = expected.first {
      return beyond.size == 0
        ? checkExpected() : .checkpointBeyond(found: tree.size, size: beyond.size)
    }
    return nil
  }
}
