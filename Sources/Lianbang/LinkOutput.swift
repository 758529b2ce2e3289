import Cryptography
import Domain
import HTTP
import Services
import Storage
import Web

/// A link as JSON: snake case, ids as text, times with their offset.
struct LinkOutput: Encodable {
  struct Peer: Encodable {
    let origin: String
    let suite: String
    let url: String
    let keys: [String]
    /// Of its last checkpoint; absent before its first message.
    let size: Int64?
    let root: String?
    let checkpoint: String?
  }

  struct Waiting: Encodable {
    let sequence: Int
    let kind: String
    let at: String
  }

  struct Received: Encodable {
    let sequence: Int
    let kind: String
    let effect: String
    let at: String
    let problem: String?
  }

  let id: String
  let name: String
  let role: String
  let state: String
  let alarming: Bool
  let fault: String?
  let fault_at: String?
  let peer: Peer?
  let sent: Int
  let confirmed: Int
  let confirmed_size: Int64
  let confirmed_at: String?
  let unconfirmed: Int
  let waiting_since: String?
  let failures: Int
  let last_error: String?
  let next_at: String?
  let received: Int
  let received_at: String?
  let late: Int
  let refused: Int
  let unknown: Int
  let proofs_hold: Bool
  /// The first of what is not confirmed, and the last of what was not applied.
  let waiting: [Waiting]
  let not_applied: [Received]

  init(_ detail: ShowLinks.Detail, now: Instant) {
    let (status, stored, link) = (detail.status, detail.status.stored, detail.status.link)
    (id, name) = (link.id.description, link.name)
    (role, state) = (link.role.rawValue, link.state.rawValue)
    alarming = detail.isAlarming(at: now)
    (fault, fault_at) = (link.fault?.rawValue, link.faultAt?.description)
    let checkpoint = status.checkpoint
    peer = link.peer.map {
      Peer(
        origin: $0.origin, suite: $0.suite, url: $0.url, keys: $0.keys, size: checkpoint?.size,
        root: checkpoint.map { LinkOutput.hex($0.root) }, checkpoint: checkpoint?.note)
    }
    (sent, confirmed, unconfirmed) = (status.sent, stored.confirmed, status.unconfirmed)
    (confirmed_size, confirmed_at) = (stored.confirmedSize, stored.confirmedAt?.description)
    waiting_since = status.waitingSince?.description
    (failures, last_error) = (stored.failures, stored.lastError)
    next_at = stored.failures > 0 ? stored.nextAt.description : nil
    (received, received_at) = (stored.received, stored.receivedAt?.description)
    (late, refused, unknown) = (status.late, status.refused, status.unknown)
    proofs_hold = detail.proofsHold
    waiting = detail.waiting.map {
      Waiting(sequence: $0.sequence, kind: $0.kind, at: $0.at.description)
    }
    not_applied = detail.notApplied.map {
      Received(
        sequence: $0.sequence, kind: $0.kind, effect: $0.effect.rawValue, at: $0.at.description,
        problem: $0.problem?.description)
    }
  }

  static func hex(_ bytes: [UInt8]) -> String { Hexadecimal.encode(bytes) }
}

/// A link in words, a few lines each.
struct LinkLines {
  let catalogue: Catalogue

  var none: [String] { [catalogue.text("exchange.none")] }

  func lines(_ detail: ShowLinks.Detail) -> [String] {
    let (status, stored, link) = (detail.status, detail.status.stored, detail.status.link)
    var lines = [
      [
        link.name, text("exchange.role.\(link.role.rawValue)"),
        text("exchange.state.\(link.state.rawValue)"), link.peer?.url ?? "",
      ].filter { !$0.isEmpty }.joined(separator: "  ")
    ]
    func add(_ key: String, _ arguments: [String: String] = [:]) {
      lines.append("  " + text(key, arguments))
    }
    if let fault = link.fault { add("exchange.stopped_by.\(fault.rawValue)") }
    guard link.peer != nil else { return lines }
    add(
      "exchange.line.sent",
      [
        "n": "\(status.sent)", "confirmed": "\(stored.confirmed)",
        "waiting": "\(status.unconfirmed)",
      ])
    if let since = status.waitingSince, status.unconfirmed > 0 {
      add("exchange.line.since", ["time": since.description])
    }
    if stored.failures > 0 {
      add(
        "exchange.line.failing",
        [
          "n": "\(stored.failures)", "error": stored.lastError ?? "–",
          "time": stored.nextAt.description,
        ])
    }
    add(
      "exchange.line.received",
      [
        "n": "\(stored.received)", "refused": "\(status.refused)", "late": "\(status.late)",
        "unknown": "\(status.unknown)",
      ])
    if let checkpoint = status.checkpoint {
      add(
        "exchange.line.checkpoint",
        ["size": "\(checkpoint.size)", "root": LinkOutput.hex(checkpoint.root)])
    }
    add(detail.proofsHold ? "exchange.proofs.hold" : "exchange.proofs.broken")
    return lines
  }

  private func text(_ key: String, _ arguments: [String: String] = [:]) -> String {
    catalogue.text(key, arguments)
  }
}
