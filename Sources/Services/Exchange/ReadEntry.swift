import Domain
import Foundation
import Ledger
import Storage

/// A ledger entry read from exactly the bytes that were hashed of it.
package struct ReadEntry: Sendable {
  package let bytes: [UInt8]
  package let id: Int64
  package let stream: String
  package let version: Int
  package let at: Instant
  package let kind: String
  /// A JSON object in canonical form.
  package let payload: String
  let data: JSONValue

  private struct Form: Decodable {
    let actor: String
    let at: Int64
    let id: String
    let kind: String
    let payload: JSONValue
    let stream: String
    let version: Int
  }

  /// - Returns: nil for what is not in the one form that a ledger hashes.
  package init?(_ bytes: [UInt8]) {
    guard let form = try? JSONDecoder().decode(Form.self, from: Data(bytes)),
      let actor = Actor(form.actor), let id = Int64(form.id), form.version > 0,
      (form.stream + form.kind).utf8.allSatisfy({ $0 > 32 && $0 < 127 && $0 != 34 && $0 != 92 })
    else { return nil }
    func entry(_ payload: String) -> LedgerEntry {
      LedgerEntry(
        id: id, stream: form.stream, version: form.version, at: Instant(milliseconds: form.at),
        actor: actor, kind: form.kind, payload: payload)
    }
    // The payload is what stands between the fields before it and those behind it.
    let tail = ",\"stream\":\"\(form.stream)\",\"version\":\(form.version)}".utf8.count
    let head = entry("").bytes.count - tail
    guard bytes.count >= head + tail else { return nil }
    payload = String(decoding: bytes[head..<bytes.count - tail], as: UTF8.self)
    guard entry(payload).bytes == bytes else { return nil }
    (self.bytes, self.id, stream) = (bytes, id, form.stream)
    (version, at, kind) = (form.version, Instant(milliseconds: form.at), form.kind)
    data = form.payload
  }

  /// What it tells; nil where this program does not know the kind.
  package var message: ExchangeMessage? {
    // No column of a database takes this character, and no form of ours lets it in.
    if payload.contains("\\u0000") { return nil }
    return ExchangeMessageCodec.decode(kind: kind, payload: payload)
  }
}
