import Cryptography

/// A text with signatures under it (C2SP signed-note).
package struct SignedNote: Hashable, Sendable {
  package struct Signature: Hashable, Sendable {
    /// Of the key.
    package let name: String
    /// Four bytes that tell the name's keys apart.
    package let keyID: [UInt8]
    package let bytes: [UInt8]
  }

  /// Ends with a line break.
  package let text: String
  package private(set) var signatures: [Signature] = []

  package init(_ text: String) {
    self.text = text
  }

  /// - Returns: nil for what is no signed note.
  package init?(parsing note: String) {
    guard let gap = note.range(of: "\n\n"), note.hasSuffix("\n"),
      note.unicodeScalars.allSatisfy({ $0 == "\n" || $0.value >= 32 })
    else { return nil }
    // Signatures stand under the last blank line.
    var end = gap
    while let next = note[end.upperBound...].range(of: "\n\n") { end = next }
    self.init(note[..<end.lowerBound] + "\n")
    for line in note[end.upperBound...].split(separator: "\n") {
      let words = line.split(separator: " ", omittingEmptySubsequences: false)
      guard words.count == 3, words[0] == "—", !words[1].isEmpty,
        let bytes = Base64.decode(String(words[2])), bytes.count > 4
      else { return nil }
      signatures.append(
        Signature(
          name: String(words[1]), keyID: Array(bytes.prefix(4)), bytes: Array(bytes.dropFirst(4))))
    }
    if signatures.isEmpty { return nil }
  }

  package mutating func sign(with key: NoteSigner) {
    let verifier = key.verifier
    signatures.append(
      Signature(
        name: verifier.name, keyID: verifier.keyID, bytes: key.sign(Array(text.utf8))))
  }

  /// Whether one of the signatures is by this key, and right.
  package func isSigned(by key: VerifierKey) -> Bool {
    signatures.contains {
      $0.name == key.name && $0.keyID == key.keyID
        && key.verifies($0.bytes, of: Array(text.utf8))
    }
  }

  /// The note as it is kept and handed on.
  package var serialized: String {
    text + "\n"
      + signatures.map { "— \($0.name) \(Base64.encode($0.keyID + $0.bytes))\n" }.joined()
  }
}

extension String {
  fileprivate func range(of part: String) -> Range<Index>? { self[...].range(of: part) }
}

extension Substring {
  fileprivate func range(of part: String) -> Range<Index>? { ranges(of: part).first }
}
