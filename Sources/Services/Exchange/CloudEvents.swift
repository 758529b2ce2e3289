import Cryptography
import Domain
import Foundation
import Ledger
import Storage

/// A batch as it goes over the line: CloudEvents 1.0 in the batched JSON form, the checkpoint first. See
/// docs/exchange.md.
struct CloudEvents {
  static let contentType = "application/cloudevents-batch+json"
  static let checkpointType = "lianbang.exchange.checkpoint"

  /// An event with the attributes and extensions that are used here.
  struct Event: Codable {
    var specversion = "1.0"
    var id: String
    var source: String
    var type: String
    var time: String
    var datacontenttype: String? = "application/json"
    var sequence: String?
    var sequencetype: String?
    /// The entry's place in the sender's ledger.
    var leafindex: String?
    /// Base64 of exactly what the sender's ledger hashed.
    var entry: String?
    /// Base64 of the inclusion path, 32 bytes each, from the leaf's sibling up.
    var proof: String?
    var data: JSONValue?
  }

  struct CheckpointData: Codable {
    /// A C2SP signed note.
    var note: String
    /// The size of the checkpoint that the proof begins at; nil where none is needed.
    var first: String?
    /// Base64 of the consistency path.
    var path: String?
  }

  struct Message {
    let sequence: Int
    let leafIndex: Int64
    let proof: InclusionProof
    let entry: ReadEntry
  }

  let note: String
  let consistency: ConsistencyProof?
  let messages: [Message]

  // MARK: Writing

  static func source(of origin: String) -> String { "urn:\(origin.replacing("/", with: ":"))" }

  static func encode(
    origin: String, note: String, consistency: ConsistencyProof?, at now: Instant,
    _ entries: [(entry: LedgerLeaves.Stored, proof: InclusionProof)]
  ) throws -> [UInt8] {
    let source = source(of: origin)
    let data = CheckpointData(
      note: note, first: consistency.map { String($0.first) },
      path: consistency.map { Base64.encode($0.path.joined) })
    var events = [
      Event(
        id: "checkpoint/\(entries.first?.proof.treeSize ?? 0)", source: source,
        type: checkpointType, time: now.preciseDescription,
        data: try JSONDecoder().decode(JSONValue.self, from: JSONEncoder().encode(data)))
    ]
    for (stored, proof) in entries {
      guard let entry = ReadEntry(stored.bytes) else { throw LedgerNodes.Fault.damaged }
      events.append(
        Event(
          id: String(entry.id), source: source, type: "lianbang." + stored.kind,
          time: stored.at.preciseDescription, sequence: String(stored.version),
          sequencetype: "Integer", leafindex: String(stored.leafIndex),
          entry: Base64.encode(stored.bytes), proof: Base64.encode(proof.path.joined),
          data: entry.data))
    }
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return Array(try encoder.encode(events))
  }

  // MARK: Reading

  /// Reads a batch and checks that it says the same everywhere; signatures and proofs are the receiver's.
  /// - Throws: `ExchangeRefusal.malformed`, `.tooLarge`
  init(reading body: [UInt8], from origin: String) throws(ExchangeRefusal) {
    if body.count > ExchangeLimits.bytes { throw .tooLarge }
    // Only UTF-8: a decoder that guesses would take other encodings as well.
    guard !body.contains(0), String(validating: body, as: UTF8.self) != nil,
      let events = try? JSONDecoder().decode([Event].self, from: Data(body))
    else { throw .malformed }
    if events.count > ExchangeLimits.messages + 1 { throw .tooLarge }
    guard let head = events.first, head.type == Self.checkpointType,
      events.allSatisfy({ $0.specversion == "1.0" && $0.source == Self.source(of: origin) }),
      let data = head.data, let checkpoint = Self.checkpoint(data),
      let size = Checkpoint(SignedNote(parsing: checkpoint.note)?.text ?? "")?.size
    else { throw .malformed }
    note = checkpoint.note
    switch (checkpoint.first, checkpoint.path) {
    case (nil, nil): consistency = nil
    case (let first?, let path?):
      guard let first = Int64(first), 0 < first, first < size,
        let path = Base64.decode(path).flatMap({ [Digest](joined: $0) })
      else { throw .malformed }
      consistency = ConsistencyProof(first: first, second: size, path: path)
    default: throw .malformed
    }
    var read: [Message] = []
    for event in events.dropFirst() {
      guard let message = Self.message(event, size: size),
        read.last.map({ $0.sequence + 1 == message.sequence }) ?? true
      else { throw .malformed }
      read.append(message)
    }
    messages = read
  }

  private static func checkpoint(_ data: JSONValue) -> CheckpointData? {
    guard let bytes = try? JSONEncoder().encode(data) else { return nil }
    return try? JSONDecoder().decode(CheckpointData.self, from: bytes)
  }

  private static func message(_ event: Event, size: Int64) -> Message? {
    guard let sequence = event.sequence.flatMap({ Int($0) }), sequence > 0,
      let index = event.leafindex.flatMap({ Int64($0) }),
      let path = event.proof.flatMap({ Base64.decode($0) }),
      let proof = InclusionProof(leafIndex: index, treeSize: size, joined: path),
      let entry = event.entry.flatMap({ Base64.decode($0) }).flatMap({ ReadEntry($0) }),
      entry.version == sequence, String(entry.id) == event.id,
      event.type == "lianbang." + entry.kind, entry.data == event.data
    else { return nil }
    return Message(sequence: sequence, leafIndex: index, proof: proof, entry: entry)
  }
}
