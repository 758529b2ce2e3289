import Domain
import Storage

/// Delivers what webhooks are to be told, at least once each, in their order as far as receivers take it.
/// Every server does: what one has leased another leaves.
package struct DeliverWebhooks: Sendable {
  let platform: Platform
  let send: Send

  /// Sends one request and says what came of it; nil where this server is stopping.
  package typealias Send = @Sendable (WebhookPost) async -> WebhookAnswer?

  package init(_ platform: Platform, send: @escaping Send) {
    (self.platform, self.send) = (platform, send)
  }

  /// Requests under way at once, to all receivers together.
  private static let places = 64
  /// A batch in which so many seconds have passed starts nothing more: its lease must not run out.
  private static let batchSeconds: Int64 = 20

  /// What was done for one webhook.
  package struct Done: Hashable, Sendable {
    package var delivered = 0
    package var failed = 0
    /// What went wrong here, for the log.
    package var fault: String?
    /// Places that are free again.
    var places = 0

    package init(delivered: Int = 0, failed: Int = 0, fault: String? = nil) {
      (self.delivered, self.failed, self.fault) = (delivered, failed, fault)
    }
  }

  /// One round: reads on, then delivers a batch to each webhook that has something due.
  /// - Throws: `StorageError`
  @discardableResult
  package func round() async throws -> Done {
    let leases = try await begin(places: Self.places)
    return await withTaskGroup(of: Done.self) { group in
      for lease in leases { group.addTask { await work(lease) } }
      var sum = Done()
      for await done in group {
        sum.delivered += done.delivered
        sum.failed += done.failed
        sum.fault = sum.fault ?? done.fault
      }
      return sum
    }
  }

  /// Works until the task is cancelled. A receiver that hangs holds its own places and no others.
  /// - Parameter report: told of faults of this server's.
  package func run(report: @escaping @Sendable (String) -> Void) async {
    await withTaskGroup(of: Done.self) { group in
      var free = Self.places
      group.addTask { await Self.tick() }
      for await done in group {
        if Task.isCancelled { break }
        free += done.places
        if let fault = done.fault { report(fault) }
        if done.places == 0 { group.addTask { await Self.tick() } }
        do {
          for lease in try await begin(places: free) {
            free -= lease.health.share
            group.addTask { await work(lease) }
          }
        } catch {
          report("\(error)")
        }
      }
      group.cancelAll()
    }
  }

  private static func tick() async -> Done {
    try? await Task.sleep(for: .seconds(1))
    return Done()
  }

  /// Reads on in the ledger and leases webhooks for as many places.
  private func begin(places: Int) async throws -> [WebhookQueue.Lease] {
    let now = platform.now()
    let hasWork = try await platform.database.read { connection in
      try WebhookQueue.hasWork(now: now, in: connection)
    }
    guard hasWork else { return [] }
    let read = ReadForWebhooks(platform)
    while try await read().hasMore {}
    // Each may take as many places as a healthy one.
    let count = places / WebhookHealth().share
    if count == 0 { return [] }
    return try await platform.database.write { connection in
      try WebhookQueue.lease(count, now: now, in: connection)
    }
  }

  // MARK: One webhook

  private struct Sent: Sendable {
    let message: WebhookBatch.Message
    let answer: WebhookAnswer?
    let at: Instant
  }

  private func work(_ lease: WebhookQueue.Lease) async -> Done {
    var done: Done
    do {
      done = try await deliver(lease)
    } catch {
      done = Done(fault: "webhook/\(lease.webhook): \(error)")
    }
    done.places = lease.health.share
    return done
  }

  private func deliver(_ lease: WebhookQueue.Lease) async throws -> Done {
    let (platform, now) = (platform, platform.now())
    let batch = try await platform.database.read { connection in
      try WebhookBatch(for: lease.webhook, at: now, platform, in: connection)
    }
    guard let batch else {
      try await platform.database.write { connection in
        guard let stored = try WebhookRows.find(lease.webhook, in: connection),
          stored.webhook.state == .active
        else { return }
        try SwitchWebhook.switchOff(
          stored, .noRight, at: now, by: .system, platform, in: connection)
      }
      return Done()
    }
    let sent = await send(batch, lease)
    // Also when this server is stopping: what was delivered is not to be delivered once more.
    let saving = Task { try await save(sent, batch.hidden, lease) }
    try await saving.value
    let delivered = sent.count { $0.answer?.isDelivered == true }
    return Done(delivered: delivered, failed: sent.count - delivered)
  }

  /// Sends as many at once as the receiver bears, until one that does not answer properly is to be given
  /// a rest.
  private func send(_ batch: WebhookBatch, _ lease: WebhookQueue.Lease) async -> [Sent] {
    let end = platform.now() + Self.batchSeconds
    return await withTaskGroup(of: Sent.self) { group in
      var (sent, health) = ([Sent](), lease.health)
      var next = 0
      while next < min(health.share, batch.messages.count) {
        let message = batch.messages[next]
        group.addTask { await send(message, of: batch) }
        next += 1
      }
      for await one in group {
        sent.append(one)
        guard let answer = one.answer else { continue }
        health.note(answer, at: one.at)
        let rests = health.isFailing || answer.isGone || platform.now() >= end
        if rests || next >= batch.messages.count || Task.isCancelled { continue }
        let message = batch.messages[next]
        group.addTask { await send(message, of: batch) }
        next += 1
      }
      return sent
    }
  }

  private func send(_ message: WebhookBatch.Message, of batch: WebhookBatch) async -> Sent {
    let post = batch.post(message, seconds: platform.now().milliseconds / 1000)
    let answer = await send(post)
    return Sent(message: message, answer: answer, at: platform.now())
  }

  /// Everything that came of a batch in one transaction, and the end of the lease.
  private func save(
    _ sent: [Sent], _ hidden: [DeliveryRows.ID], _ lease: WebhookQueue.Lease
  ) async throws {
    let (platform, now) = (platform, platform.now())
    let jitters = sent.map { _ in Double.random(in: 0..<1) }
    try await platform.database.write { connection in
      guard let stored = try WebhookRows.find(lease.webhook, in: connection) else { return }
      var (health, successAt, isGone) = (stored.health, Instant?.none, false)
      for (one, jitter) in zip(sent, jitters) {
        guard let answer = one.answer else { continue }
        health.note(answer, at: one.at)
        if answer.isDelivered { successAt = one.at }
        isGone = isGone || answer.isGone
        let attempts = one.message.attempts + 1
        let next =
          answer.isDelivered || answer.isGone
          ? nil : DeliveryRetry.next(attempts: attempts, after: answer, at: one.at, jitter: jitter)
        try DeliveryRows.record(
          answer, of: one.message.delivery, attempts: attempts, next: next, at: one.at,
          in: connection)
      }
      try DeliveryRows.drop(hidden, fault: "not_visible", at: now, in: connection)
      try WebhookQueue.setHealth(
        health, successAt: successAt, of: lease.webhook, in: connection)
      try WebhookQueue.release(lease, at: now, in: connection)
      guard stored.webhook.state == .active, isGone || health.isHopeless(at: now) else { return }
      try SwitchWebhook.switchOff(
        stored, isGone ? .gone : .failing, at: now, by: .system, platform, in: connection)
    }
  }
}
