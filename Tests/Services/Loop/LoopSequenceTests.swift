import Domain
import Services
import Storage
import TestSupport
import Testing

/// Random people do random things at random times; the engine does what the model of DOMAIN.md 4 and 5
/// says, and the ledger, the rows and the timers agree about it afterwards.
@Suite struct LoopSequenceTests {
  /// More than 20,000 actions over both engines.
  private static let sequences: [Engine: Int] = [.sqlite: 240, .postgres: 180]
  private static let actions = 50

  @Test(arguments: Engine.available)
  func theEngineDoesWhatTheModelSays(engine: Engine) async throws {
    try await LoopDesk.run(on: engine) { desk in
      let batch = try await OpenBatch(desk.platform)(
        track: .village, title: "机井", cause: "老化", by: desk.account(.office))
      let calendar = try await desk.platform.database.read { try desk.platform.calendar(in: $0) }
      var (accepted, faults) = (0, 0)
      for seed in 1...UInt64(Self.sequences[engine]!) {
        var world = LoopWorld(
          desk: desk, seed: seed, batch: batch, calendar: calendar,
          generator: SplitMix(state: seed))
        do {
          try await Self.run(&world)
        } catch let fault as LoopWorld.Fault {
          Issue.record("\(fault)")
          faults += 1
          if faults == 3 { break }
        }
        accepted += world.accepted
        if seed % 80 == 0 { try await Self.check(desk) }
      }
      // Neither all refused nor all allowed: both ways are walked.
      #expect(accepted > Self.sequences[engine]! * Self.actions / 4)
      try await Self.check(desk)
      try await FigureAgreement.check(desk.platform, seed: 7)
      try await desk.test.sequence()
      let report = try await VerifyLedger(desk.platform)()
      #expect(report.fault == nil && report.pending == 0)
    }
  }

  private static func run(_ world: inout LoopWorld) async throws {
    let start = Day("2026-01-05")! + Int.random(in: 0..<300, using: &world.generator)
    world.desk.test.set("\(start) 09:30")
    let track: Track = Bool.random(using: &world.generator) ? .village : .enterprise
    for source in 0..<2 {
      world.add(
        try await world.desk.register(track, source: source == 0 ? "\(world.seed)" : ""))
    }
    for _ in 0..<actions { try await world.step() }
    // What is due by now fires now, before the next sequence sets the clock back.
    let calendar = world.calendar
    let opening = WorkingHours(opens: 9 * 3600, closes: 18 * 3600).next(from: world.now, calendar)
    world.desk.test.advance(seconds: opening - world.now + 1)
    try await world.fire()
  }

  private static func check(_ desk: LoopDesk) async throws {
    let replay = try await ReplayLedger(desk.platform)()
    #expect(replay.differences.isEmpty, "\(replay.differences.prefix(3))")
    try await LoopInvariants.check(desk.platform)
  }
}
