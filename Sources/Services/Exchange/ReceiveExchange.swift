import Cryptography
import Domain
import Ledger
import Storage

/// Takes in a batch of another instance's messages: all of it in one transaction, each once.
package struct ReceiveExchange: Sendable {
  let platform: Platform

  package init(_ platform: Platform) { self.platform = platform }

  /// What we have of the other side.
  package struct Receipt: Hashable, Sendable {
    /// The number of its last message.
    package let received: Int
    /// The size of its last checkpoint.
    package let size: Int64
    /// Whether the batch does not follow on what is here: it is to be sent again from there.
    package let isBehind: Bool
  }

  /// - Throws: `ExchangeRefusal`, `StorageError`
  package func callAsFunction(_ token: SecretToken, _ body: [UInt8]) async throws -> Receipt {
    let (platform, now) = (platform, platform.now())
    let known = try await platform.database.read { try LinkRows.find(token: token, in: $0) }
    let peer = try ReceiveExchange.peer(of: known)
    let batch = try CloudEvents(reading: body, from: peer.origin)
    let proven = try ReceiveExchange.prove(batch, peer)
    let decision = try await platform.database.write { connection in
      // Again, for it may have been closed meanwhile.
      guard let link = try LinkRows.find(token: token, in: connection) else {
        throw ExchangeRefusal.unauthorised
      }
      _ = try ReceiveExchange.peer(of: link)
      let decision = try ReceiveExchange.decide(proven, link, in: connection)
      switch decision {
      case .stop(let fault): try CloseLink.stop(link.link.id, fault, at: now, in: connection)
      case .answer: break
      case .take(let fresh, let checkpoint, let isNew):
        if isNew { try ReceivedRows.add(checkpoint, of: link.link.id, in: connection) }
        let apply = ApplyMessage(platform, link.link, at: now, in: connection)
        for message in fresh { try apply(message.proven, message.entry, at: checkpoint) }
      }
      return try decision.answer(link, in: connection)
    }
    guard let decision else { throw ExchangeRefusal.stopped }
    return decision
  }

  private static func peer(of stored: LinkRows.Stored?) throws(ExchangeRefusal)
    -> ExchangeLink.Peer
  {
    guard let link = stored?.link, let peer = link.peer else { throw .unauthorised }
    switch link.state {
    case .open: return peer
    case .stopped: throw .stopped
    case .offered, .closed: throw .closed
    }
  }

  // MARK: What needs no database

  fileprivate struct Message: Sendable {
    let proven: ReceivedRows.Proven
    let entry: ReadEntry
  }

  private struct Proven: Sendable {
    let suite: CipherSuite
    let checkpoint: ReceivedRows.Checkpoint
    let consistency: ConsistencyProof?
    let messages: [Message]
  }

  /// The checkpoint is signed by the keys that were pinned, and has each entry.
  private static func prove(
    _ batch: CloudEvents, _ peer: ExchangeLink.Peer
  ) throws(ExchangeRefusal) -> Proven {
    let keys = peer.keys.compactMap { VerifierKey($0) }
    guard let suite = CipherSuite(rawValue: peer.suite), keys.count == peer.keys.count,
      let checkpoint = SignedNote(parsing: batch.note)?.checkpoint(signedBy: keys),
      checkpoint.origin == peer.origin
    else { throw .foreignCheckpoint }
    var messages: [Message] = []
    for message in batch.messages {
      let leaf = MerkleTree.leafHash(message.entry.bytes, suite)
      guard message.proof.root(of: leaf, suite) == checkpoint.root else { throw .notProven }
      messages.append(
        Message(
          proven: .init(
            sequence: message.sequence, kind: message.entry.kind, entry: message.entry.bytes,
            leafHash: leaf, leafIndex: message.leafIndex, proof: message.proof.path.joined),
          entry: message.entry))
    }
    return Proven(
      suite: suite,
      checkpoint: .init(
        size: checkpoint.size, root: checkpoint.root.bytes, note: batch.note),
      consistency: batch.consistency, messages: messages)
  }

  // MARK: What it means here

  private enum Decision {
    case stop(LinkFault)
    case answer(isBehind: Bool)
    case take([Message], ReceivedRows.Checkpoint, isNew: Bool)

    /// - Returns: nil where the link was stopped.
    func answer(_ link: LinkRows.Stored, in connection: any Connection) throws -> Receipt? {
      let size = try ReceivedRows.checkpoint(of: link.link.id, in: connection)?.size ?? 0
      return switch self {
      case .stop: nil
      case .answer(let isBehind):
        Receipt(received: link.received, size: size, isBehind: isBehind)
      case .take(let fresh, _, _):
        Receipt(received: link.received + fresh.count, size: size, isBehind: false)
      }
    }
  }

  private static func decide(
    _ batch: Proven, _ link: LinkRows.Stored, in connection: any Connection
  ) throws -> Decision {
    let id = link.link.id
    for message in batch.messages where message.proven.sequence <= link.received {
      let known = try ReceivedRows.leafHash(of: message.proven.sequence, id, in: connection)
      if known != message.proven.leafHash { return .stop(.forked) }
    }
    let fresh = batch.messages.filter { $0.proven.sequence > link.received }
    guard let first = fresh.first else { return .answer(isBehind: false) }
    if first.proven.sequence != link.received + 1 { return .answer(isBehind: true) }
    guard let known = try ReceivedRows.checkpoint(of: id, in: connection) else {
      return .take(fresh, batch.checkpoint, isNew: true)
    }
    // A batch that came late has nothing new (see `SendExchange`).
    if batch.checkpoint.size < known.size { return .stop(.rolledBack) }
    if batch.checkpoint.size == known.size {
      return batch.checkpoint.root == known.root
        ? .take(fresh, known, isNew: false) : .stop(.forked)
    }
    guard let proof = batch.consistency, proof.first == known.size else {
      return .answer(isBehind: true)
    }
    guard let (old, new) = roots(known, batch.checkpoint), proof.verifies(old, new, batch.suite)
    else { return .stop(.forked) }
    return .take(fresh, batch.checkpoint, isNew: true)
  }

  private static func roots(
    _ old: ReceivedRows.Checkpoint, _ new: ReceivedRows.Checkpoint
  ) -> (Digest, Digest)? {
    guard let old = Digest(bytes: old.root), let new = Digest(bytes: new.root) else { return nil }
    return (old, new)
  }
}
