import Domain
import Foundation
import Storage

/// Fills an empty database with a demo city: its registers by the imports, its pairings by the planner, and
/// years of problems by the use cases that people use, on a clock that the story moves.
package struct FillDemo: Sendable {
  let platform: Platform

  package init(_ platform: Platform) { self.platform = platform }

  package enum Refusal: Error, Hashable, Sendable {
    /// There is something in the database.
    case notEmpty
    /// A demo city was begun here and broken off.
    case unfinished
    /// Before the campaign begins, or after today.
    case until(Day)
  }

  package struct Wish: Sendable {
    package var size = DemoPlan.Size.small
    package var seed: UInt64 = 1
    /// Nothing happens from this day on.
    package var until: Day
    /// A scale set of so many problems in place of the story.
    package var problems: Int?

    package init(
      size: DemoPlan.Size = .small, seed: UInt64 = 1, until: Day, problems: Int? = nil
    ) {
      (self.size, self.seed, self.until) = (size, seed, until)
      self.problems = problems
    }
  }

  /// - Parameter resources: the product's `Resources`.
  /// - Throws: `Refusal`; then nothing has changed.
  package func callAsFunction(
    _ wish: Wish, resources: String,
    progress: @escaping @Sendable (Day) -> Void = { _ in }
  ) async throws {
    let begins = DemoPlan.begins
    guard wish.until > begins, wish.until <= platform.now().day else {
      throw Refusal.until(wish.until)
    }
    let clock = DemoClock(Instant(startOf: begins) + 9 * 3600)
    let about =
      "{\"seed\":\(wish.seed),\"size\":\"\(wish.size.rawValue)\",\"until\":\"\(wish.until)\"}"
    try await platform.database.write(exclusively: .firstStart) { connection in
      if try DemoMark.isUnfinished(in: connection) { throw Refusal.unfinished }
      guard try UnitRows.count(in: connection) == 0 else { throw Refusal.notEmpty }
      try DemoMark.begin(about, at: clock.now, in: connection)
    }
    let calendar = try await platform.database.read { [platform] in try platform.calendar(in: $0) }
    let telling = try Telling(wish, resources, OfficeTime(calendar))
    let stage = Box(telling.stage)
    let registers = DemoRegisters(city: telling.stage.city, resources: resources)
    let end = Instant(startOf: wish.until)
    while let next = stage.value.agenda.next, next < end {
      let chapter = min(end, Instant(startOf: next.day.monthsEnd))
      progress(next.day)
      try await OneTransaction.run(on: platform.database) { [platform] database in
        let platform = platform.running(by: { clock.now }).working(on: database)
        while let next = stage.value.agenda.next, next < chapter {
          guard let scene = stage.value.agenda.take() else { return }
          clock.move(to: scene.at)
          try await stage.value.play(scene.item, platform, registers)
        }
      }
    }
    clock.move(to: end)
    if let count = wish.problems {
      let scale = ScaleSet(
        platform: platform.running(by: { clock.now }), city: stage.value.city,
        script: telling.scale(count, wish), until: wish.until)
      try await scale.fill(count)
    }
    try await finish(clock)
  }

  private func finish(_ clock: DemoClock) async throws {
    let (database, vault) = (platform.database, platform.vault)
    try await OneTransaction.run(on: database) { database in
      try await Sequencer.run(on: database, vault, now: clock.now)
    }
    try await database.write { connection in
      try DemoMark.finish(at: clock.now, in: connection)
      let tables = [
        "units", "officials", "enterprises", "villages", "accounts", "ledger", "problems",
        "problem_rounds", "problem_legs", "problem_dues", "problem_tasks", "problem_terms",
        "orders", "pairings", "search_entries",
      ]
      if let analysis = connection.dialect.analysis(of: tables) { try connection.run(analysis) }
    }
    try await Sequencer.run(on: database, vault, now: clock.now)
  }

  /// The story, before it is played.
  private struct Telling {
    let stage: DemoStage
    private let words: DemoProblemWords
    private let time: OfficeTime

    /// Two years of problems up to the end.
    func scale(_ count: Int, _ wish: Wish) -> ScaleScript {
      ScaleScript(
        stage.city, words, time, seed: wish.seed, count: count,
        from: max(DemoPlan.begins + 7, wish.until + -730), until: wish.until)
    }

    init(_ wish: Wish, _ resources: String, _ time: OfficeTime) throws {
      func decode<T: Decodable>(_ type: T.Type, _ name: String) throws -> T {
        let path = "\(resources)/demo/\(name).json"
        guard let data = FileManager.default.contents(atPath: path) else {
          throw CampaignData.Fault(description: "cannot read \(path)")
        }
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        return try decoder.decode(type, from: data)
      }
      var dice = Dice(seed: wish.seed)
      let words = try decode(DemoProblemWords.self, "problems")
      let cityWords = try decode(DemoCityWords.self, "city")
      let city = DemoCity(DemoPlan.of(wish.size), cityWords, &dice)
      let script =
        wish.problems == nil
        ? DemoScript(city, words, time, until: wish.until, &dice)
        : DemoScript(registersOf: city, words, time)
      (self.words, self.time) = (words, time)
      stage = DemoStage(
        city, script, words, names: DemoNames(cityWords, &dice), dice.fork())
      stage.prepare(time, until: wish.until, isStory: wish.problems == nil)
    }
  }

  /// The stage belongs to one transaction after the other, never to two at once.
  private final class Box: @unchecked Sendable {
    let value: DemoStage
    init(_ value: DemoStage) { self.value = value }
  }
}

extension Day {
  /// The first day of the next month.
  fileprivate var monthsEnd: Day {
    let (year, month, _) = components
    return Day(year: year, month: month, day: 1)!.adding(months: 1)
  }
}
