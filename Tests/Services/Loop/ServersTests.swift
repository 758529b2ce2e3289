import Domain
import Foundation
import Services
import Storage
import TestSupport
import Testing

/// Several servers work off the same timers.
@Suite struct ServersTests {
  private static let problems = 30

  @Test(arguments: Engine.available)
  func twoServersFireEachOnce(engine: Engine) async throws {
    try await engine.withAddress { address in
      let (first, second) = (try engine.open(address), try engine.open(address))
      try await Migrations.apply(to: first, now: .reference)
      let test = try await TestPlatform(first)
      try await test.loadSample()
      let desk = try await LoopDesk(test)
      test.set("2026-03-04 10:00")
      for _ in 0..<Self.problems { _ = try await desk.assigned() }
      test.set("2026-03-16 10:00")
      let other = Platform(
        database: second, vault: test.platform.vault, data: TestPlatform.data,
        now: test.platform.now)
      let fired = try await withThrowingTaskGroup(of: Int.self) { group in
        for platform in [test.platform, other, test.platform, other] {
          group.addTask {
            var fired = 0
            for _ in 0..<5 { fired += try await FireTimers(platform)().fired }
            return fired
          }
        }
        return try await group.reduce(0, +)
      }
      // Three reminders and three orders each; what was postponed waits for its lease to end.
      test.advance(seconds: TimerRows.leaseSeconds + 1)
      #expect(fired + (try await desk.fire()) == Self.problems * 6)
      try await LoopInvariants.check(test.platform)
      let replay = try await ReplayLedger(test.platform)()
      #expect(replay.differences.isEmpty)
      await second.close()
      await first.close()
    }
  }

  /// What cannot be worked off is put off and told; the others' timers fire.
  @Test(arguments: Engine.available)
  func oneBadProblemHoldsUpNobody(engine: Engine) async throws {
    let folder = ScratchFolder()
    let resources = folder("Resources")
    try FileManager.default.copyItem(
      atPath: TestPlatform.root + "/Resources", toPath: resources)
    // Its procedure was taken away.
    try FileManager.default.removeItem(atPath: resources + "/procedures/enterprise.json")
    let data = try CampaignData(resources: resources)
    try await LoopDesk.run(on: engine) { desk in
      desk.test.set("2026-03-04 10:00")
      let (bad, good) = (try await desk.assigned().id, try await desk.assigned(.village).id)
      desk.test.set("2026-03-16 10:00")
      let base = desk.platform
      let fire = FireTimers(
        Platform(database: base.database, vault: base.vault, data: data, now: base.now))
      let first = try await fire()
      #expect(first.faults.count == 1 && first.postponed > 0 && first.fired > 0)
      #expect(try await desk.climbs(bad).isEmpty)
      #expect(try await !desk.climbs(good).isEmpty)
      // A minute after the first try, more after the next.
      #expect(try await fire().isEmpty)
      desk.test.advance(seconds: 61)
      #expect(try await fire().postponed == first.postponed)
      desk.test.advance(seconds: 61)
      #expect(try await fire().isEmpty)
    }
  }

  /// The check after the random sequences would see a task or timer too many, or one that is missing.
  @Test(arguments: Engine.available)
  func replayFindsWhatTheStateDoesNotAskFor(engine: Engine) async throws {
    try await LoopDesk.run(on: engine) { desk in
      let id = try await desk.assigned().id
      #expect(try await ReplayLedger(desk.platform)().differences.isEmpty)
      try await desk.platform.database.write { connection in
        try connection.run(
          """
          update problem_timers
          set rung = 'orphan'
          where problem_id = ?1 and milestone = 'acknowledge' and rung = 'urging'
          """, [id])
        try connection.run("delete from problem_tasks where problem_id = ?1", [id])
      }
      let tables = try await ReplayLedger(desk.platform)().differences.map(\.table)
      #expect(tables.sorted() == ["problem_tasks", "problem_timers", "problem_timers"])
    }
  }

  @Test(arguments: Engine.available)
  func anAbandonedLeaseIsTakenOver(engine: Engine) async throws {
    try await LoopDesk.run(on: engine) { desk in
      desk.test.set("2026-03-04 10:00")
      let id = try await desk.assigned().id
      desk.test.set("2026-03-06 10:00")
      let now = desk.platform.now()
      let leased = try await desk.platform.database.write {
        try TimerRows.lease(100, now: now, in: $0)
      }
      #expect(leased.count == 2)
      #expect(try await FireTimers(desk.platform)().isEmpty)
      desk.test.advance(seconds: TimerRows.leaseSeconds - 1)
      #expect(try await FireTimers(desk.platform)().isEmpty)
      desk.test.advance(seconds: 1)
      #expect(try await FireTimers(desk.platform)().fired == 2)
      #expect(try await desk.kinds(id).suffix(2) == ["reminded", "urged"])
    }
  }
}
