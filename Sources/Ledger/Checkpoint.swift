import Cryptography

/// What a ledger was at some size (C2SP tlog-checkpoint): signed and kept elsewhere, it lets nobody
/// change what came before.
package struct Checkpoint: Hashable, Sendable {
  /// Which ledger: `lianbang/` and the database's own id.
  package let origin: String
  package let size: Int64
  package let root: Digest

  package init(origin: String, size: Int64, root: Digest) {
    self.origin = origin
    self.size = size
    self.root = root
  }

  /// - Returns: nil for a text that is no checkpoint.
  package init?(_ text: String) {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    guard lines.count >= 4, !lines[0].isEmpty, let size = Int64(lines[1]), size >= 0,
      String(size) == lines[1],
      let root = Base64.decode(String(lines[2])).flatMap({ Digest(bytes: $0) })
    else { return nil }
    self.init(origin: String(lines[0]), size: size, root: root)
  }

  package var text: String { "\(origin)\n\(size)\n\(Base64.encode(root.bytes))\n" }

  package func signed(by keys: [NoteSigner]) -> SignedNote {
    var note = SignedNote(text)
    for key in keys { note.sign(with: key) }
    return note
  }
}

extension SignedNote {
  /// The checkpoint in the note; nil where it is none, is of another ledger or lacks the signature of
  /// one of the keys.
  package func checkpoint(signedBy keys: [VerifierKey]) -> Checkpoint? {
    guard let checkpoint = Checkpoint(text), !keys.isEmpty,
      keys.allSatisfy({ $0.name == checkpoint.origin && isSigned(by: $0) })
    else { return nil }
    return checkpoint
  }
}
