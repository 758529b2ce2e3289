import Cryptography
import Domain
import Foundation
import Services
import Storage
import TestSupport
import Testing

/// Samples of closed problems that nobody picks and everybody can repeat.
@Suite struct LookBackTests {
  /// Registers a problem and closes it at once.
  private func close(
    _ platform: TestPlatform, _ office: Account, _ handler: Account, track: String = "village"
  ) async throws -> Problem {
    let id = try await RegisterProblem(platform.platform)(
      Registration(
        track: track, title: "机井损坏", detail: "",
        concerns: track == "village" ? "柳林镇/河湾村" : "某厂", foundOn: "2026-11-19"), by: office)
    let act = ActOnProblem(platform.platform)
    var steps: [(ActOnProblem.Request, Account)] = [
      (.command(.judge(category: "other", difficulty: .general, tier: "", note: "")), office),
      (.assign(.init(unit: "清河县水利局")), office), (.command(.acknowledge(leg: nil)), handler),
      (.command(.feedback(leg: nil, text: "已派人")), handler),
      (.command(.claim(outcome: .solved, result: "换了水泵", evidence: "照片")), handler),
      (.command(.verify(passed: true, text: "属实")), office),
    ]
    if track == "village" {
      let village = try await platform.account(.handler, unit: "柳林镇/河湾村")
      steps.insert((.command(.answer(leg: 2, text: "村里看过")), village), at: 5)
    }
    for (request, account) in steps {
      _ = try await act(request, on: id, seen: nil, by: account)
      platform.advance(seconds: 1)
    }
    let link = try await IssueEvaluationLink(platform.platform)(id, by: office)
    try await EvaluateProblem(platform.platform)(link, rating: .satisfied, text: "")
    let problem = try await act(.command(.close), on: id, seen: nil, by: office)
    platform.advance(seconds: 1)
    return problem
  }

  private struct People {
    let office: Account
    let handler: Account
  }

  private func people(_ platform: TestPlatform) async throws -> People {
    People(
      office: try await platform.account(.office),
      handler: try await platform.account(.handler, unit: "清河县水利局"))
  }

  private let november = LookBack.Scope(from: Day("2026-11-01")!, to: Day("2026-11-30")!)

  /// What Python draws from the same numbers, or from the ledger's export.
  private func python(_ arguments: [String], _ input: String) throws -> (
    numbers: [Int64], population: String
  ) {
    let folder = ScratchFolder()
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments =
      ["python3", TestPlatform.root + "/scripts/draw-look-back.py"] + arguments
    process.standardInput = FileHandle(forReadingAtPath: folder.file(Array(input.utf8)))
    let (out, err) = (Pipe(), Pipe())
    process.standardOutput = out
    process.standardError = err
    try process.run()
    let drawn = out.fileHandleForReading.readDataToEndOfFile()
    let told = err.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return (
      String(decoding: drawn, as: UTF8.self).split(separator: "\n").compactMap { Int64($0) },
      String(decoding: told, as: UTF8.self).trimmed
    )
  }

  @Test(arguments: CipherSuite.allCases)
  func pythonDrawsTheSame(suite: CipherSuite) throws {
    for size in [1, 2, 57, 1000] {
      let numbers = (0..<Int64(size)).map { $0 * 7 + 3 }
      let root = suite.hash([[UInt8(size & 255)]]).bytes
      let drawn = LookBackDraw.draw(25, of: numbers, root: root) { suite.hash([$0]).bytes }
      let population = LookBackDraw.bytes(of: numbers)
      let theirs = try python(
        ["--root", Hexadecimal.encode(root), "--count", "25", "--hash", suite.rawValue],
        String(decoding: population, as: UTF8.self))
      #expect(theirs.numbers == drawn)
      #expect(theirs.population == "\(size) \(suite.hash([population]).hex)")
    }
  }

  @Test(arguments: Engine.available)
  func aDrawFromTheLedgerAlone(engine: Engine) async throws {
    try await engine.withSample { platform in
      let people = try await people(platform)
      var closed: [Int64] = []
      for _ in 0..<5 {
        closed.append(
          try await close(platform, people.office, people.handler).registration.number)
      }
      _ = try await close(platform, people.office, people.handler, track: "enterprise")
      let scope = LookBack.Scope(from: november.from, to: november.to, track: .village)
      platform.advance(days: 15)
      // Closed after the period, and what the root is made with.
      _ = try await close(platform, people.office, people.handler)
      let id = try await DrawLookBack(platform.platform)(scope, .percent(41), by: people.office)
      let detail = try await ShowLookBack(platform.platform)(id, for: people.office)
      #expect(detail.population == closed && detail.lookBack.population == 5)
      // Of five 41 % are 2.05.
      #expect(detail.items.count == 3 && detail.items.map(\.rank) == [1, 2, 3])
      var export = ""
      try await ExportLedger(platform.platform)() { lines in
        export += lines.map { $0 + "\n" }.joined()
      }
      let theirs = try python(
        [
          "--export", "--size", "\(detail.lookBack.size)", "--from", "2026-11-01", "--to",
          "2026-11-30", "--track", "village", "--root",
          Hexadecimal.encode(detail.lookBack.root), "--percent", "41",
        ], export)
      #expect(theirs.numbers == detail.items.map(\.number))
      #expect(
        theirs.population == "5 " + Hexadecimal.encode(detail.lookBack.populationDigest))
      #expect(try await VerifyLookBack(platform.platform)(id, for: people.office).isEmpty)
      #expect(try await ReplayLedger(platform.platform)().differences.isEmpty)
    }
  }

  /// The first root after the end, with all that came before it.
  @Test(arguments: Engine.available)
  func theRootIsSettledBeforeAnybodyKnows(engine: Engine) async throws {
    try await engine.withSample { platform in
      let people = try await people(platform)
      _ = try await close(platform, people.office, people.handler)
      try await platform.sequence()
      let draw = DrawLookBack(platform.platform)
      await #expect(throws: LookBackRefusal.open) {
        try await draw(november, .count(1), by: people.office)
      }
      platform.advance(days: 15)
      // Nothing was recorded since.
      await #expect(throws: LookBackRefusal.root) {
        try await draw(november, .count(1), by: people.office)
      }
      var sizes: [Int64] = []
      for _ in 0..<3 {
        _ = try await platform.account(.office)
        try await platform.sequence()
        sizes.append(
          try await platform.platform.database.read { try LedgerHeads.frontier(in: $0).size })
        platform.advance(seconds: 60)
      }
      let id = try await draw(november, .count(1), by: people.office)
      let drawn = try await ShowLookBack(platform.platform)(id, for: people.office).lookBack
      #expect(drawn.size == sizes[0])
    }
  }

  @Test(arguments: Engine.available)
  func oneDrawOfAPeriod(engine: Engine) async throws {
    try await engine.withSample { platform in
      let people = try await people(platform)
      _ = try await close(platform, people.office, people.handler)
      platform.advance(days: 15)
      _ = try await platform.account(.office)
      let draw = DrawLookBack(platform.platform)
      _ = try await draw(november, .count(1), by: people.office)
      for share in [LookBackShare.count(1), .percent(50)] {
        await #expect(throws: LookBackRefusal.drawn) {
          try await draw(november, share, by: people.office)
        }
      }
      let village = LookBack.Scope(from: november.from, to: november.to, track: .village)
      _ = try await draw(village, .count(1), by: people.office)
      let enterprise = LookBack.Scope(from: november.from, to: november.to, track: .enterprise)
      await #expect(throws: LookBackRefusal.nobody) {
        try await draw(enterprise, .count(1), by: people.office)
      }
      await #expect(throws: LookBackRefusal.period) {
        try await draw(
          .init(from: november.to, to: november.from), .count(1), by: people.office)
      }
      await #expect(throws: UseCaseError.self) {
        try await draw(november, .count(1), by: people.handler)
      }
      for (unit, count) in [("清河县水利局", 1), ("清河县", 1), ("清河县交通运输局", 0)] {
        let scope = LookBack.Scope(
          from: november.from, to: november.to,
          unit: try await FindUnit(platform.platform)(unit))
        let found = try await platform.platform.database.read {
          try LookBackPopulation.members(scope, in: $0)
        }
        #expect(found.count == count)
      }
      #expect(try await ShowLookBack(platform.platform).all(for: people.office).count == 2)
    }
  }

  /// A result is noted once, in every sample in which the problem waits.
  @Test(arguments: Engine.available)
  func results(engine: Engine) async throws {
    try await engine.withSample { platform in
      let people = try await people(platform)
      let problem = try await close(platform, people.office, people.handler).id
      platform.advance(days: 15)
      _ = try await platform.account(.office)
      let id = try await DrawLookBack(platform.platform)(
        november, .count(1), by: people.office)
      let isOpen = {
        try await platform.platform.database.read { try LookBackRows.isOpen(problem, in: $0) }
      }
      #expect(try await isOpen())
      // Whether somebody had looked already does not matter: the sample finds out for itself.
      _ = try await ActOnProblem(platform.platform)(
        .command(.lookBack(passed: false, text: "又坏了")), on: problem, seen: nil,
        by: people.office)
      #expect(try await !isOpen())
      let item = try await ShowLookBack(platform.platform)(id, for: people.office).items[0]
      #expect(item.passed == false && item.checkedAt == platform.platform.now())
      #expect(try await ReplayLedger(platform.platform)().differences.isEmpty)
    }
  }

  /// Who changes the tables is found by the replay, the repeated draw, or both.
  @Test(
    arguments: Engine.available,
    [
      ("update look_back_items set number = 1", ["sample"], ["look_back_items"]),
      ("update look_backs set size = size - 1", ["root", "choice"], ["look_backs"]),
      ("update look_backs set population = 7", ["population"], ["look_backs"]),
      ("delete from look_back_items", ["sample"], ["look_back_items"]),
    ])
  func whatDiffersIsFound(
    engine: Engine, change: (sql: String, findings: [String], tables: [String])
  ) async throws {
    try await engine.withSample { platform in
      let people = try await people(platform)
      _ = try await close(platform, people.office, people.handler)
      platform.advance(days: 15)
      _ = try await platform.account(.office)
      let id = try await DrawLookBack(platform.platform)(
        november, .count(1), by: people.office)
      try await platform.platform.database.write { try $0.run(change.sql) }
      let findings = try await VerifyLookBack(platform.platform)(id, for: people.office)
      #expect(findings.map(\.rawValue) == change.findings)
      let found = try await ReplayLedger(platform.platform)().differences
      #expect(Set(found.map(\.table)) == Set(change.tables))
    }
  }
}
