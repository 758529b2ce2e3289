import Domain
import Foundation
import Services
import Storage
import StoragePostgres
import StorageSQLite
import Synchronization

/// The loop through its use cases: transitions beside the engine's raw inserts, timers that come due at
/// one instant, and reading beside a million problems.
struct LoopBench {
  let name: String
  let database: any Database
  let platform: Platform
  private let clock: BenchClock

  /// A unit to charge, in a tree of two.
  private static let unit = "基准市/办理局"
  private static let handler = Account(
    id: AccountID(2), username: "handler", name: "handler", role: .office, unit: nil)
  private static let checker = Account(
    id: AccountID(3), username: "checker", name: "checker", role: .office, unit: nil)

  init(_ name: String, _ database: any Database) async throws {
    let clock = BenchClock()
    self.name = name
    self.database = database
    self.clock = clock
    let plain = try await Bench.platform(database, Bench.ring)
    platform = plain.running(by: { clock.now })
    try await database.write { connection in
      let city = Domain.Unit(
        id: UnitID(1), parent: nil, kind: .region, level: .city, name: "基准市",
        validFrom: Day("2020-01-01")!)
      let bureau = Domain.Unit(
        id: UnitID(2), parent: UnitID(1), kind: .department, level: .city, name: "办理局",
        validFrom: Day("2020-01-01")!)
      try UnitRows.create(
        [.init(city, under: nil), .init(bureau, under: "/1/")], at: clock.now, by: .system,
        in: connection)
    }
  }

  // MARK: Transitions

  /// Clients take one problem after another the whole way; a transition is one use case.
  func transitions(clients: Int, raw: Double) async throws {
    let platform = platform
    let start = Date()
    let sorted = try await withThrowingTaskGroup(of: [Double].self) { group in
      for _ in 0..<clients {
        group.addTask {
          var times: [Double] = []
          while Date().timeIntervalSince(start) < Bench.seconds * 2 {
            times += try await LoopBench.wholeWay(platform)
          }
          return times
        }
      }
      return try await group.reduce(into: []) { $0 += $1 }.sorted()
    }
    let rate = Double(sorted.count) / Date().timeIntervalSince(start)
    let plural = clients == 1 ? "" : "s"
    Bench.report("\(name): transitions, \(clients) client\(plural)", rate, "/s")
    Bench.report(
      "\(name): transition, 99th percentile, \(clients) client\(plural)",
      sorted[sorted.count * 99 / 100], "ms")
    Bench.report(
      "\(name): transitions / raw inserts, \(clients) client\(plural)", rate / raw, "ratio")
  }

  /// - Returns: milliseconds of each of the twelve.
  private static func wholeWay(_ platform: Platform) async throws -> [Double] {
    var times: [Double] = []
    func timed<T>(_ work: () async throws -> T) async rethrows -> T {
      let began = ContinuousClock.now
      defer {
        let taken = ContinuousClock.now - began
        times.append(
          Double(taken.components.attoseconds) / 1e15 + Double(taken.components.seconds) * 1000)
      }
      return try await work()
    }
    let act = ActOnProblem(platform)
    let id = try await timed {
      try await RegisterProblem(platform)(Bench.registration, by: Bench.office)
    }
    func step(_ request: ActOnProblem.Request, _ account: Account) async throws {
      _ = try await timed { try await act(request, on: id, seen: nil, by: account) }
    }
    try await step(.command(.accept), Bench.office)
    try await step(
      .command(.judge(category: "land", difficulty: .complex, tier: "", note: "已研判")),
      Bench.office)
    try await step(.assign(.init(unit: unit, note: "请按期办理")), Bench.office)
    try await step(.command(.acknowledge(leg: nil)), handler)
    try await step(.command(.feedback(leg: nil, text: "已到现场查看，制定方案。")), handler)
    let day = platform.now().day
    try await step(
      .command(.plan(leg: nil, steps: [.init(text: "协调地块", owner: "办理局", due: day + 5)])),
      handler)
    try await step(.command(.decidePlan(leg: nil, approved: true, text: "同意")), Bench.office)
    try await step(.command(.completeStep(leg: nil, step: 1, text: "已协调")), handler)
    try await step(
      .command(.claim(outcome: .solved, result: "地块已落实。", evidence: "会议纪要")), handler)
    try await step(.command(.verify(passed: true, text: "属实")), checker)
    let token = try await IssueEvaluationLink(platform)(id, by: checker)
    try await timed {
      try await EvaluateProblem(platform)(token, rating: .satisfied, text: "")
    }
    try await step(.command(.close), checker)
    return times
  }

  // MARK: Timers

  /// So many orders are missed at one instant; pages are read meanwhile.
  func timers(_ count: Int) async throws {
    // A Friday morning: the acknowledgement is missed when Saturday ends, and urged on Monday.
    clock.set(Instant(startOf: Day("2026-03-06")!) + 10 * 3600)
    let ids = try await assigned(count)
    let idle = try await reading(ids) { false }
    Bench.report("\(name): reading a problem, idle, 95th percentile", idle, "ms")
    clock.set(Instant(startOf: Day("2026-03-10")!) + 9 * 3600)
    let platform = platform
    let due = try await database.read { connection in
      try TimerRows.backlog(now: platform.now(), in: connection)
    }
    let isDone = Atomic(false)
    let start = Date()
    async let busy = reading(ids) { !isDone.load(ordering: .relaxed) }
    var fired = 0
    while true {
      let done = try await FireTimers(platform)()
      fired += done.fired
      if done.isEmpty { break }
    }
    let seconds = Date().timeIntervalSince(start)
    isDone.store(true, ordering: .relaxed)
    let read = try await busy
    Bench.report("\(name): timers due at one instant", Double(due), "")
    Bench.report("\(name): timers fired", Double(fired), "")
    Bench.report("\(name): until all had fired", seconds, "s")
    Bench.report("\(name): timers fired a second", Double(fired) / seconds, "/s")
    Bench.report("\(name): reading a problem meanwhile, 95th percentile", read, "ms")
    Bench.report("\(name): reading meanwhile / idle", read / idle, "ratio")
  }

  private func assigned(_ count: Int) async throws -> [ProblemID] {
    let platform = platform
    var ids: [ProblemID] = []
    for start in stride(from: 0, to: count, by: 500) {
      let some = min(500, count - start)
      ids += try await database.write(exclusively: .issuing) { connection in
        try BenchProblems.assign(some, to: UnitID(2), by: Bench.office, platform, in: connection)
      }
    }
    return ids
  }

  /// The 95th percentile of opening problems with their allowed actions, in ms: a thousand, or for as
  /// long as is asked for.
  private func reading(
    _ ids: [ProblemID], while goesOn: @Sendable () -> Bool
  ) async throws -> Double {
    var times: [Double] = []
    let show = ShowProblem(platform)
    while times.count < 1000 || goesOn() {
      let id = ids.randomElement()!
      times.append(
        try await Bench.milliseconds { _ = try await show(id, for: Bench.office) })
      // As readers come: not one that asks again at once.
      try await Task.sleep(for: .milliseconds(1))
    }
    times.sort()
    return times[times.count * 95 / 100]
  }

  // MARK: A million

  /// Fills the database with problems, most of them closed, and reads what people read.
  func reading(beside count: Int) async throws {
    let platform = platform
    clock.set(Instant(startOf: Day("2026-03-06")!) + 10 * 3600)
    let start = Date()
    for first in stride(from: 0, to: count, by: 5000) {
      try await database.write { connection in
        try BenchProblems.takeOver(
          min(5000, count - first), by: Bench.office, platform, in: connection)
      }
    }
    let open = try await assigned(count / 100)
    try await BenchProblems.analysis(database)
    Bench.report("\(name): problems", Double(count + open.count), "")
    Bench.report("\(name): filled in", Date().timeIntervalSince(start), "s")
    let all = try await database.read { connection in
      try BenchProblems.sample(2000, in: connection)
    }
    let show = ShowProblem(platform)
    try await p95("opening one with its allowed actions") { index in
      let some = index % 2 == 0 ? all : open
      _ = try await show(some[index % some.count], for: Bench.office)
    }
    let unit = Account(
      id: AccountID(4), username: "u", name: "u", role: .handler, unit: UnitID(2))
    let tasks = ShowTasks(platform)
    try await p95("the to-do list of a handler") { _ in _ = try await tasks(for: unit) }
    try await p95("the to-do list of the office") { _ in _ = try await tasks(for: Bench.office) }
    let official = Account(
      id: AccountID(5), username: "o", name: "o", role: .official, unit: nil,
      official: OfficialID(1))
    try await p95("the to-do list of an official") { _ in _ = try await tasks(for: official) }
    let list = ListProblems(platform)
    try await p95("the list, newest first") { _ in
      _ = try await list(ProblemFilter(), before: nil, for: Bench.office)
    }
  }

  private func p95(_ what: String, _ work: (Int) async throws -> Void) async throws {
    var times: [Double] = []
    for index in 0..<500 { times.append(try await Bench.milliseconds { try await work(index) }) }
    times.sort()
    Bench.report("\(name): \(what), 95th percentile", times[times.count * 95 / 100], "ms")
  }
}

/// A clock that passes from where it was set.
final class BenchClock: Sendable {
  private let offset = Mutex<Int64>(0)

  var now: Instant {
    Instant(milliseconds: Bench.now.milliseconds + offset.withLock { $0 })
  }

  func set(_ instant: Instant) {
    offset.withLock { $0 = instant.milliseconds - Bench.now.milliseconds }
  }
}

extension Bench {
  static func milliseconds(_ work: () async throws -> Void) async rethrows -> Double {
    let began = ContinuousClock.now
    try await work()
    let taken = ContinuousClock.now - began
    return Double(taken.components.attoseconds) / 1e15 + Double(taken.components.seconds) * 1000
  }

  /// `bench loop [PROBLEMS WITH TIMERS [PROBLEMS TO READ AMONG]]`; 0 leaves a part out.
  static func loop(_ arguments: [String]) async throws {
    let timers = arguments.first.flatMap { Int($0) } ?? 100_000
    let problems = arguments.dropFirst().first.flatMap { Int($0) } ?? 1_000_000
    let folder = FileManager.default.currentDirectoryPath + "/.build/bench-\(getpid())"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let raw = try RawEngines.sqlite(path: folder + "/raw.sqlite", seconds: seconds)
    report("sqlite: raw durable inserts, 1 client", raw, "/s")
    let sqlite = try SQLiteDatabase(path: folder + "/loop.sqlite")
    let bench = try await LoopBench("sqlite", sqlite)
    for clients in [1, 8] { try await bench.transitions(clients: clients, raw: raw) }
    if timers > 0 { try await bench.timers(timers) }
    if problems > 0 { try await bench.reading(beside: problems) }
    await sqlite.close()
    guard let url = ProcessInfo.processInfo.environment["LIANBANG_TEST_POSTGRES"] else { return }
    let server = try PostgresDatabase(url: url, connections: 1)
    try await server.write { try $0.runScript("create schema loop_bench") }
    let own = url + "&options=-csearch_path%3Dloop_bench"
    let postgres = try PostgresDatabase(url: own)
    let other = try await LoopBench("postgres", postgres)
    let rawPostgres = try RawEngines.pgbench(url: own, clients: 8, useCase: false)
    report("postgres: the insert by pgbench, 8 clients", rawPostgres, "/s")
    try await other.transitions(clients: 8, raw: rawPostgres)
    if timers > 0 { try await other.timers(timers) }
    if problems > 0 { try await other.reading(beside: problems) }
    await postgres.close()
    try await server.write { try $0.runScript("drop schema loop_bench cascade") }
  }
}
