import Domain
import Services
import Storage
import TestSupport
import Testing

/// Receivers that fail, and what becomes of their webhooks.
@Suite struct DeliveryFaultTests {
  /// Seconds between one attempt and the next, with up to a fifth more: docs/webhooks.md.
  @Test(arguments: Engine.available)
  func waitsGrowUntilItIsGivenUp(engine: Engine) async throws {
    try await HookDesk.run(on: engine) { desk in
      let id = try await desk.hook(of: desk.office).id
      _ = try await desk.register()
      desk.receiver.answer(.status(500))
      var attempts = 0
      for wait in [5, 30, 120, 600, 3600, 10_800, 28_800, 86_400] as [Int64] {
        #expect(try await desk.deliver().failed == 1)
        attempts += 1
        let line = try await desk.deliveries(id, of: desk.office)[0]
        #expect(line.state == .waiting && line.attempts == attempts && line.status == 500)
        #expect(line.answer == "no")
        desk.test.advance(seconds: wait - 1)
        #expect(try await desk.deliver().failed == 0)
        desk.test.advance(seconds: 1 + wait / 5)
      }
      #expect(try await desk.deliver().failed == 1)
      let line = try await desk.deliveries(id, of: desk.office)[0]
      #expect(line.state == .failed && line.attempts == 9)
      #expect(try await desk.stored(id).webhook.state == .active)
      // Its owner has it delivered after all.
      desk.receiver.answer(.ok)
      #expect(try await RedeliverWebhook(desk.platform).failed(of: id, by: desk.office) == 1)
      #expect(try await desk.deliver().delivered == 1)
      #expect(try await desk.deliveries(id, of: desk.office)[0].state == .delivered)
      #expect(try await desk.stored(id).health == WebhookHealth())
    }
  }

  @Test func theReceiverSaysWhen() async throws {
    try await HookDesk.run(on: .sqlite) { desk in
      let id = try await desk.hook(of: desk.office).id
      _ = try await desk.register()
      desk.receiver.answer(WebhookAnswer(.status(429, retryAfter: "600"), milliseconds: 2))
      try await desk.deliver()
      let next = try await desk.deliveries(id, of: desk.office)[0].nextAt
      #expect(next == desk.platform.now() + 600)
    }
  }

  /// Fifty in a row over three days: off, its owner is told, and it goes on where it stopped.
  @Test(arguments: Engine.available)
  func switchedOffAfterDays(engine: Engine) async throws {
    try await HookDesk.run(on: engine) { desk in
      let id = try await desk.hook(of: desk.office, kinds: ["problem.registered"]).id
      desk.receiver.answer(WebhookAnswer(.fault("unreachable"), milliseconds: 2))
      for _ in 0..<8 { _ = try await desk.register() }
      for _ in 0..<200 {
        if try await desk.stored(id).webhook.state == .off { break }
        try await desk.deliver()
        desk.test.advance(seconds: 3 * 3600)
        if try await desk.stored(id).health.failures % 9 == 0 { _ = try await desk.register() }
      }
      let stored = try await desk.stored(id)
      #expect(stored.webhook.state == .off && stored.webhook.reason == .failing)
      #expect(stored.health.failures >= 50)
      let since = try #require(stored.health.failingSince)
      #expect(desk.platform.now() - since >= 3 * 86_400)
      let told = try await ListNotices(desk.platform)(after: nil, for: desk.office).items
      #expect(told.filter { $0.kind == .webhookOff }.map(\.subject) == [.webhook(id)])
      // Nothing is sent while it is off; what happens meanwhile stays in the ledger.
      desk.receiver.answer(.ok)
      let missed = try await desk.register()
      #expect(try await desk.deliver().delivered == 0)
      desk.receiver.forget()
      try await SwitchWebhook(desk.platform).resume(id, from: .stopped, by: desk.office)
      desk.test.advance(days: 2)
      try await desk.deliver()
      #expect(desk.receiver.got.last?.event["subject"] as? String == "problems/\(missed)")
      #expect(try await ReplayLedger(desk.platform)().differences == [])
    }
  }

  @Test(arguments: Engine.available)
  func goingOnFromNow(engine: Engine) async throws {
    try await HookDesk.run(on: engine) { desk in
      let id = try await desk.hook(of: desk.office).id
      desk.receiver.answer(.status(500))
      _ = try await desk.register()
      try await desk.deliver()
      try await SwitchWebhook(desk.platform).pause(id, by: desk.office)
      _ = try await desk.register()
      try await desk.test.sequence()
      desk.receiver.forget()
      desk.receiver.answer(.ok)
      try await SwitchWebhook(desk.platform).resume(id, from: .now, by: desk.office)
      desk.test.advance(days: 2)
      let after = try await desk.register()
      try await desk.deliver()
      #expect(
        desk.receiver.got.map { $0.event["subject"] as? String } == ["problems/\(after)"])
    }
  }

  /// 410 Gone means what it says.
  @Test func goneIsOffAtOnce() async throws {
    try await HookDesk.run(on: .sqlite) { desk in
      let id = try await desk.hook(of: desk.office).id
      _ = try await desk.register()
      desk.receiver.answer(.status(410))
      try await desk.deliver()
      let stored = try await desk.stored(id)
      #expect(stored.webhook.state == .off && stored.webhook.reason == .gone)
      #expect(try await desk.deliveries(id, of: desk.office)[0].state == .failed)
    }
  }

  /// Killed after sending and before it was written down: another server sends the same event once more
  /// when the lease has run out, under the same id.
  @Test(arguments: Engine.available)
  func killedBetweenSendingAndWriting(engine: Engine) async throws {
    try await HookDesk.run(on: engine) { desk in
      _ = try await desk.hook(of: desk.office)
      _ = try await desk.register()
      try await desk.test.sequence()
      while try await ReadForWebhooks(desk.platform)().hasMore {}
      // What is left of a server that died: a lease.
      let now = desk.platform.now()
      let leases = try await desk.platform.database.write { connection in
        try WebhookQueue.lease(8, now: now, in: connection)
      }
      #expect(leases.count == 1)
      #expect(try await desk.deliver().delivered == 0)
      desk.test.advance(seconds: 59)
      #expect(try await desk.deliver().delivered == 0)
      desk.test.advance(seconds: 1)
      #expect(try await desk.deliver().delivered == 1)
      #expect(try await desk.deliver().delivered == 0)
      #expect(desk.receiver.got.count == 1)
    }
  }

  /// A server that stops counts nothing against the receiver.
  @Test func stoppingIsNoFailure() async throws {
    try await HookDesk.run(on: .sqlite) { desk in
      let id = try await desk.hook(of: desk.office).id
      _ = try await desk.register()
      try await desk.test.sequence()
      desk.receiver.answer { _ in nil }
      _ = try await DeliverWebhooks(desk.platform, send: desk.receiver.send).round()
      let line = try await desk.deliveries(id, of: desk.office)[0]
      #expect(line.attempts == 0 && line.state == .waiting)
      #expect(try await desk.stored(id).health == WebhookHealth())
    }
  }

  /// What its owner may not see any more is not told any more, though it was noted before.
  @Test func sightIsJudgedAgainWhenItIsSent() async throws {
    try await HookDesk.run(on: .sqlite) { desk in
      let id = try await desk.hook(of: desk.handler).id
      let problem = try await desk.register()
      try await desk.assign(problem)
      desk.receiver.answer(.status(500))
      try await desk.deliver()
      desk.receiver.forget()
      // 退单: the objection is upheld, it has nothing to do with the unit any more.
      try await desk.act(.acknowledge(leg: 1), on: problem, by: desk.handler)
      try await desk.act(.object(leg: 1, text: "不归我"), on: problem, by: desk.handler)
      try await desk.act(
        .ruleObjection(leg: 1, upheld: true, text: "好"), on: problem, by: desk.office)
      desk.receiver.answer(.ok)
      desk.test.advance(days: 2)
      try await desk.deliver()
      #expect(desk.receiver.got.filter { $0.type.hasPrefix("lianbang.problem.") }.isEmpty)
      let faults = try await desk.deliveries(id, of: desk.handler).map(\.fault)
      #expect(faults.contains("not_visible"))
    }
  }

  /// An account that is closed leaves nothing running.
  @Test(arguments: Engine.available)
  func whoeverLeavesIsToldNothing(engine: Engine) async throws {
    try await HookDesk.run(on: engine) { desk in
      let id = try await desk.hook(of: desk.county).id
      _ = try await desk.register()
      let (now, account) = (desk.platform.now(), desk.county.id)
      try await desk.platform.database.write { connection in
        try AccountRows.close(account, at: now, by: .system, in: connection)
      }
      try await desk.deliver()
      #expect(desk.receiver.got.isEmpty)
      let stored = try await desk.stored(id)
      #expect(stored.webhook.state == .off && stored.webhook.reason == .noRight)
    }
  }

  /// Kept for 90 days after they ended; what waits stays.
  @Test(arguments: Engine.available)
  func oldDeliveriesGo(engine: Engine) async throws {
    try await HookDesk.run(on: engine) { desk in
      let id = try await desk.hook(of: desk.office).id
      _ = try await desk.register()
      try await desk.deliver()
      desk.test.advance(days: 89)
      _ = try await desk.register()
      try await desk.deliver()
      #expect(try await RemoveOld(desk.platform)(.deliveries) == 0)
      desk.test.advance(days: 1, seconds: 1)
      #expect(try await RemoveOld(desk.platform)(.deliveries) == 1)
      #expect(try await desk.deliveries(id, of: desk.office).count == 1)
    }
  }

  /// As many wait as are bounded; the rest stays in the ledger until there is room.
  @Test func theBacklogIsBounded() async throws {
    try await HookDesk.run(on: .sqlite) { desk in
      let id = try await desk.hook(of: desk.office, kinds: ["problem.registered"]).id
      let now = desk.platform.now()
      try await desk.platform.database.write { connection in
        _ = try DeliveryRows.add(
          Array(repeating: (webhook: id, entry: nil), count: WebhookQueue.backlog), at: now + 3600,
          in: connection)
      }
      let problem = try await desk.register()
      try await desk.deliver()
      #expect(desk.receiver.got.isEmpty)
      desk.test.advance(seconds: 3600)
      try await desk.deliver()
      #expect(desk.receiver.got.last?.event["subject"] as? String == "problems/\(problem)")
      #expect(desk.receiver.got.count == WebhookQueue.backlog + 1)
    }
  }
}
