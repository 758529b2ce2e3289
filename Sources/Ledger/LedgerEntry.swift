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
  package var bytes: [UInt8] { withBytes { Array($0) } }

  package func leafHash(_ suite: CipherSuite) -> Digest {
    withBytes { Hasher(suite).hash(prefix: 0, $0) }
  }

  private func withBytes<T>(_ body: (UnsafeRawBufferPointer) -> T) -> T {
    var writer = EntryBytes()
    let texts = [actor.description, kind, payload, stream].map { Array($0.utf8) }
    texts[0].withUnsafeBytes { actor in
      texts[1].withUnsafeBytes { kind in
        texts[2].withUnsafeBytes { payload in
          texts[3].withUnsafeBytes { stream in
            writer.write(
              id: id, version: Int64(version), at: at.milliseconds, actor: actor, kind: kind,
              payload: payload, stream: stream)
          }
        }
      }
    }
    return body(writer.bytes)
  }
}
