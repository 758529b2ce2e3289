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

  /// Exactly the bytes that are hashed.
  package var bytes: [UInt8] {
    var writer = EntryBytes()
    writer.write(id: id, version: Int64(version), at: at.milliseconds) { text, body in
      let value =
        switch text {
        case .actor: actor.description
        case .kind: kind
        case .payload: payload
        case .stream: stream
        }
      Array(value.utf8).withUnsafeBytes(body)
    }
    return writer.bytes
  }

  package func leafHash(_ suite: CipherSuite) -> Digest { MerkleTree.leafHash(bytes, suite) }
}
