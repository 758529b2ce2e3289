import Cryptography
import Domain
import Foundation
import Ledger
import Outgoing
import Storage

/// Sends a link's other side what it has not confirmed, a batch at a time. Sending twice does no harm:
/// what comes again is left.
package struct SendExchange: Sendable {
  let platform: Platform
  private let line: ExchangeLine

  package init(_ platform: Platform, line: @escaping ExchangeLine) {
    (self.platform, self.line) = (platform, line)
  }

  package enum Result: Hashable, Sendable {
    /// Nothing waits, or another server sees to it.
    case nothing
    /// The other side has this many more.
    case sent(Int)
    /// The line is down, or the other side cannot take it: tried again later.
    case failed(String)
    case stopped(LinkFault)
  }

  /// Seconds another server leaves a batch that is under way; longer than one may take.
  private static let turn: Int64 = 30

  /// A batch on its way, and what was known when it was made.
  private struct Batch: Sendable {
    let link: LinkRows.Stored
    let request: ExchangeRequest
    let count: Int
  }

  /// The links that have something to send and whose wait is over.
  package func due() async throws -> [LinkID] {
    let now = platform.now()
    return try await platform.database.read { connection in
      try LinkRows.all(in: connection).filter {
        try $0.link.state == .open && $0.nextAt <= now
          && ExchangeOutbox.last($0.link.id, in: connection) > $0.confirmed
      }.map(\.link.id)
    }
  }

  /// Sends one batch.
  /// - Parameter isPatient: whether a wait after a failure, or another server's turn, is respected.
  /// - Throws: `StorageError`, `KeyRing.Fault.none` without the master key
  package func callAsFunction(_ id: LinkID, isPatient: Bool = true) async throws -> Result {
    let batch: Batch?
    do {
      batch = try await prepare(id)
    } catch let fault as Fault {
      return try await stop(id, fault.link)
    } catch is LedgerNodes.Fault {
      return try await stop(id, .damaged)
    }
    guard let batch else { return .nothing }
    if isPatient, try await !take(id) { return .nothing }
    let reply: ExchangeReply
    do {
      reply = try await line(batch.request)
    } catch {
      return try await fail(batch, (error as? OutgoingFault)?.code ?? "\(error)")
    }
    return try await judge(reply, batch)
  }

  private func take(_ id: LinkID) async throws -> Bool {
    let now = platform.now()
    return try await platform.database.write {
      try LinkRows.take(id, now: now, until: now + SendExchange.turn, in: $0)
    }
  }

  // MARK: Making a batch

  private struct Fault: Error { let link: LinkFault }

  private func prepare(_ id: LinkID) async throws -> Batch? {
    let (vault, nodes, now) = (platform.vault, platform.nodes, platform.now())
    return try await platform.database.read { connection in
      guard let link = try LinkRows.find(id, in: connection), link.link.state == .open,
        let peer = link.link.peer, let token = try vault.linkToken(of: link),
        let head = try LedgerHeads.last(in: connection), let note = head.note
      else { return nil }
      let entries = try SendExchange.entries(of: link, in: connection)
      if entries.isEmpty { return nil }
      guard vault.isCheckpoint(head) else { throw Fault(link: .damaged) }
      guard link.confirmedSize <= head.size else { throw Fault(link: .weForgot) }
      var walk = nodes.walk(in: connection)
      let proven = try entries.map { stored in
        let proof = try InclusionProof(leafIndex: stored.leafIndex, treeSize: head.size) {
          try walk.node($0)
        }
        let leaf = MerkleTree.leafHash(stored.bytes, connection.suite)
        guard proof.root(of: leaf, connection.suite)?.bytes == head.root else {
          throw Fault(link: .damaged)
        }
        return (entry: stored, proof: proof)
      }
      let first = link.confirmedSize
      let consistency =
        0 < first && first < head.size
        ? try ConsistencyProof(first: first, second: head.size) { try walk.node($0) } : nil
      let body = try CloudEvents.encode(
        origin: vault.origin, note: note, consistency: consistency, at: now, proven)
      return Batch(
        link: link,
        request: ExchangeRequest(
          url: peer.url + ExchangePaths.messages, token: token,
          contentType: CloudEvents.contentType, body: body),
        count: entries.count)
    }
  }

  /// The next messages without a gap. Where they end depends on them alone, not on what they are proven
  /// with: of two batches made one after the other the later one goes as far at least, so that a receiver
  /// can tell a batch that came late from a ledger that went back.
  private static func entries(
    of link: LinkRows.Stored, in connection: any Connection
  ) throws -> [LedgerLeaves.Stored] {
    let waiting = try LedgerLeaves.stored(
      of: ExchangeOutbox.streamName(link.link.id), after: link.confirmed,
      limit: ExchangeLimits.messages, in: connection)
    var (entries, size) = ([LedgerLeaves.Stored](), 0)
    for entry in waiting {
      size += entry.bytes.count
      guard entry.version == Int64(link.confirmed + entries.count + 1),
        entries.isEmpty || size <= ExchangeLimits.entryBytes
      else { break }
      entries.append(entry)
    }
    return entries
  }

  // MARK: Taking the answer

  /// What the other side answers, and refusals that stop the link.
  struct Receipt: Codable, Hashable {
    var received: Int
    var size: String
  }

  private struct Problem: Decodable {
    var code: String?
  }

  private func judge(_ reply: ExchangeReply, _ batch: Batch) async throws -> Result {
    let decoder = JSONDecoder()
    if reply.status == 200 || reply.status == 409,
      let receipt = try? decoder.decode(Receipt.self, from: Data(reply.body)),
      let size = Int64(receipt.size)
    {
      return try await confirm(receipt.received, size, batch)
    }
    let code = (try? decoder.decode(Problem.self, from: Data(reply.body)))?.code
    switch code.flatMap(ExchangeRefusal.init) {
    case .stopped: return try await stop(batch.link.link.id, .peerStopped)
    case .closed: return try await stop(batch.link.link.id, .peerClosed)
    default:
      return try await fail(batch, [String(reply.status), code ?? ""].joined(separator: " "))
    }
  }

  /// Answers come when they may, but what was confirmed before a request is in every answer to it.
  private func confirm(_ received: Int, _ size: Int64, _ batch: Batch) async throws -> Result {
    let (id, now) = (batch.link.link.id, platform.now())
    guard received >= batch.link.confirmed, size >= batch.link.confirmedSize else {
      return try await stop(id, .peerForgot)
    }
    if received == batch.link.confirmed, size == batch.link.confirmedSize {
      return try await fail(batch, "nothing taken")
    }
    let isOurs = try await platform.database.write { connection in
      let last = try ExchangeOutbox.last(id, in: connection)
      let head = try LedgerHeads.last(in: connection)?.size ?? 0
      guard received <= last, size <= head else { return false }
      try LinkRows.confirm(received, size: size, on: id, at: now, in: connection)
      return true
    }
    return isOurs ? .sent(received - batch.link.confirmed) : try await stop(id, .weForgot)
  }

  private func fail(_ batch: Batch, _ error: String) async throws -> Result {
    let (now, failures) = (platform.now(), batch.link.failures + 1)
    let error = String(error.singleLine.prefix(200))
    try await platform.database.write { connection in
      try LinkRows.fail(
        batch.link, failures: failures, error: error,
        next: now + ExchangeLimits.wait(afterFailures: failures), in: connection)
    }
    return .failed(error)
  }

  private func stop(_ id: LinkID, _ fault: LinkFault) async throws -> Result {
    let platform = platform
    try await platform.database.write { connection in
      try CloseLink.stop(id, fault, at: platform.now(), in: connection)
    }
    return .stopped(fault)
  }
}
