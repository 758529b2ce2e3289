import Cryptography
import Domain

/// One thing that happened, as the ledger keeps it. See docs/ledger.md for the hashed bytes.
package struct LedgerEntry: Hashable, Sendable {
  package let id: Int64
  /// Whose history it belongs to: `problem/1234`.
  package let stream: String
  /// Its place in the stream, from 1.
  package let version: Int
  package let at: Instant
  package let actor: Actor
  /// What happened: `problem.judged`.
  package let kind: String
  /// A JSON object in canonical form.
  package let payload: String

  package init(
    id: Int64, stream: String, version: Int, at: Instant, actor: Actor, kind: String,
    payload: String
  ) {
    self.id = id
    self.stream = stream
    self.version = version
    self.at = at
    self.actor = actor
    self.kind = kind
    self.payload = payload
  }

  /// Exactly the bytes that are hashed: a JSON object with sorted keys and no white space.
  package var bytes: [UInt8] {
    var text = #"{"actor":"#
    text += quoted(actor.description)
    text += #","at":"# + String(at.milliseconds)
    text += #","id":""# + String(id)
    text += #"","kind":"# + quoted(kind)
    text += #","payload":"# + payload
    text += #","stream":"# + quoted(stream)
    text += #","version":"# + String(version) + "}"
    return Array(text.utf8)
  }

  package var leafHash: Digest { MerkleTree.leafHash(bytes) }
}

/// A JSON string: quotation mark, backslash and control characters escaped, the rest as it is.
func quoted(_ text: String) -> String {
  var result = "\""
  for scalar in text.unicodeScalars {
    switch scalar {
    case "\"": result += "\\\""
    case "\\": result += "\\\\"
    case "\n": result += "\\n"
    case "\r": result += "\\r"
    case "\t": result += "\\t"
    case "\u{8}": result += "\\b"
    case "\u{c}": result += "\\f"
    case "\0"..<" ":
      let hex = String(scalar.value, radix: 16)
      result += "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
    default: result.unicodeScalars.append(scalar)
    }
  }
  return result + "\""
}
