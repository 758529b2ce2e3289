import Domain
import Foundation
import Services
import Storage
import TestSupport
import Testing

/// Monthly comments played through the use cases.
@Suite struct SheetTests {
  /// The count of one figure of the first line.
  private func count(_ figure: String, _ sheet: CommentSheet) throws -> SheetContent.Count {
    let index = try #require(
      sheet.content.components.firstIndex { $0.figure == figure })
    return sheet.content.lines[0].counts[index]
  }

  /// With the sample's four, sixteen were found and ten closed: 62.5 %, which lies 22.5 ÷ 55 of the way, 40.91
  /// points. Of ten that were rated ten are satisfied: 100. None of the twelve claimed came back: 100. Twelve
  /// were due and ten closed in time. Nothing was looked back, and nobody's origin is known.
  @Test(arguments: Engine.available)
  func whatASheetSays(engine: Engine) async throws {
    try await SheetWorld.run(on: engine) { world in
      let sheet = try await world.sheet(world.draft())
      #expect(sheet.content.lines.map(\.name) == ["清河县"])
      let resolution = try count("resolution_rate", sheet)
      #expect(resolution.numerator == 10 && resolution.denominator == 16)
      #expect(resolution.points == Points(hundredths: 4091))
      let satisfaction = try count("satisfaction", sheet)
      #expect(satisfaction.numerator == 10 && satisfaction.denominator == 10)
      #expect(satisfaction.points == Points(whole: 100))
      let redo = try count("redo_rate", sheet)
      #expect(redo.numerator == 0 && redo.denominator == 12)
      let onTime = try count("on_time_rate", sheet)
      #expect(onTime.numerator == 10 && onTime.denominator == 12)
      // (83.33 − 50) ÷ 48
      #expect(onTime.points == Points(hundredths: 6944))
      #expect(try count("look_back_failure_rate", sheet).points == nil)
      // (20 · 40.91 + 25 · 69.44 + 25 · 100 + 10 · 100) ÷ 80 = 6054.20 ÷ 80 = 75.6775
      let line = sheet.content.lines[0]
      #expect(line.weight == 80 && line.points == Points(hundredths: 7568))
      #expect(line.grade == "C" && line.rank == nil)
    }
  }

  /// Counted by another program from the bytes that the digest is of.
  @Test(arguments: Engine.available)
  func pythonScoresTheSame(engine: Engine) async throws {
    try await SheetWorld.run(on: engine) { world in
      let id = try await world.draft()
      try await world.publish(id)
      let sheet = try await world.sheet(id)
      let bytes = try SheetJSON.encode(sheet.content)
      let digest = try #require(sheet.digest)
      #expect(try python(bytes, digest).hasSuffix(digest))
      let forged = bytes.replacing("\"points\":4091", with: "\"points\":4092")
      #expect(forged != bytes)
      #expect(try python(forged, digest).contains("4092 is printed, 4091 comes out"))
    }
  }

  private func python(_ content: String, _ digest: String) throws -> String {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    let folder = ScratchFolder()
    process.arguments = [
      "python3", TestPlatform.root + "/scripts/check-sheet.py",
      folder.file(Array(content.utf8)), "--digest", digest,
    ]
    let out = Pipe()
    process.standardOutput = out
    try process.run()
    let told = out.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return String(decoding: told, as: UTF8.self).trimmed
  }

  /// A year goes on: problems are closed, come back, are looked back at, registered late. What was
  /// published comes out again to the last number, though the same month now has other numbers.
  @Test(arguments: Engine.available)
  func aPublishedSheetComesOutAfterAYear(engine: Engine) async throws {
    try await SheetWorld.run(on: engine) { world in
      let id = try await world.draft()
      try await world.publish(id)
      let before = try await world.sheet(id)
      let (desk, test) = (world.desk, world.desk.test)
      for month in 0..<12 {
        test.advance(days: 30)
        // What was open in November goes on, one a month to the end.
        if month < 2 {
          let problem = try await desk.verify(desk.load(world.ids[10 + month]))
          _ = try await desk.rate(problem, month == 0 ? .satisfied : .dissatisfied)
        }
        if month < 10 {
          try await desk.act(
            .lookBack(passed: month % 3 != 0, text: "复查"), on: world.ids[month], by: .office)
        }
        try await SheetWorld.problem(closed: month % 2 == 0, desk)
        _ = try await RegisterProblem(world.platform)(
          Registration(
            track: "village", title: "补登", detail: "", concerns: "柳林镇/河湾村",
            foundOn: "2026-11-1\(month % 9)"), by: world.account(.office))
      }
      let report = try await world.verify(id)
      #expect(report.findings == [] && report.tables == [] && report.ledger == [])
      #expect(report.compared > 40)
      #expect(try await world.sheet(id) == before)
      // The later edition knows of the twelve that were registered late.
      test.advance(seconds: 60)
      let later = try await world.sheet(world.draft(reason: "补登十二件"))
      #expect(later.content.edition == 2 && later.content.supersedes == id)
      #expect(try count("resolution_rate", later).denominator == 28)
      #expect(try count("resolution_rate", before).denominator == 16)
      #expect(try await ReplayLedger(world.platform)().differences == [])
      #expect(try await VerifyLedger(world.platform)().fault == nil)
    }
  }

  @Test(arguments: Engine.available)
  func objectionsAreRuledAndPrinted(engine: Engine) async throws {
    try await SheetWorld.run(on: engine) { world in
      let id = try await world.draft()
      // A draft is the office's alone.
      await #expect(throws: UseCaseError.self) {
        try await ShowSheet(world.platform)(id, for: world.county)
      }
      try await world.act.preview(id, by: world.account(.office))
      // Who may object is told; a department has no line on a county's sheet.
      let told = try await ListNotices(world.platform)(after: nil, for: world.county).items
      #expect(told.first?.kind == .sheetPreview)
      let water = try await ListNotices(world.platform)(after: nil, for: world.account(.water))
      #expect(!water.items.contains { $0.kind == .sheetPreview })
      // 2026-12-02 is a Wednesday: three working days end with Monday.
      #expect(
        try await world.sheet(id).objectionsUntil == Instant(startOf: Day("2026-12-08")!))
      #expect(
        try await ShowSheet(world.platform)(id, for: world.county).unit
          == world.sheet(id).content.lines[0].unit)
      await #expect(throws: UseCaseError.self) {
        try await world.act.object("不对", to: id, by: world.account(.water))
      }
      try await world.act.object("有一件没有登记", to: id, by: world.county)
      await #expect(throws: CommentSheet.Refused([.objectedAlready])) {
        try await world.act.object("再提", to: id, by: world.county)
      }
      await #expect(throws: CommentSheet.Refused([.directorOnly])) {
        try await world.act.rule(
          1, of: id, upheld: true, reason: "属实", by: world.account(.office))
      }
      try await world.act.rule(
        1, of: id, upheld: true, reason: "属实，补登", by: world.account(.director))
      // The problem is registered with the day it was found.
      _ = try await RegisterProblem(world.platform)(
        Registration(
          track: "village", title: "漏登", detail: "", concerns: "柳林镇/河湾村",
          foundOn: "2026-11-18"), by: world.account(.office))
      world.desk.test.advance(seconds: 60)
      try await world.act.recompute(id, by: world.account(.office))
      #expect(try await count("resolution_rate", world.sheet(id)).denominator == 17)
      try await world.publish(id)
      let sheet = try await world.sheet(id)
      #expect(sheet.content.notes.map(\.ruling) == ["属实，补登"])
      #expect(sheet.content.ledger.map { $0.size > 0 } == true)
      #expect(try await world.verify(id).findings == [])
      #expect(try await ReplayLedger(world.platform)().differences == [])
    }
  }

  /// One of a month and kind at a time; a month that is not over has none.
  @Test(arguments: Engine.available)
  func oneAtATime(engine: Engine) async throws {
    try await SheetWorld.run(on: engine) { world in
      let office = world.account(.office)
      _ = try await world.draft()
      await #expect(throws: CommentSheet.Refused([.underWay])) { try await world.draft() }
      await #expect(throws: CommentSheet.Refused([.monthOpen])) {
        try await DraftSheet(world.platform)(.county, SheetMonth("2026-12")!, by: office)
      }
      // The sample city has no departments of its own.
      await #expect(throws: CommentSheet.Refused([.nobody])) { try await world.draft(.department) }
      await #expect(throws: UseCaseError.self) {
        try await DraftSheet(world.platform)(.county, SheetWorld.november, by: world.county)
      }
      #expect(try await ShowSheet(world.platform).list(for: office).count == 1)
      #expect(try await ShowSheet(world.platform).list(for: world.county).isEmpty)
    }
  }

  /// A department of the city sees the sheet it is on, and no other.
  @Test(arguments: Engine.available)
  func departments(engine: Engine) async throws {
    try await SheetWorld.run(on: engine) { world in
      let test = world.desk.test
      _ = try await test.importRows(.units, "名称,类型,上级\n市水务局,部门,示例市\n市金融专班,专班,示例市")
      // As if they had been there all along.
      try await world.write("update units set valid_from = 0, since = 0 where name like '市%'")
      let handler = try await test.account(.handler, unit: "示例市/市水务局")
      let id = try await world.draft(.department)
      let county = try await world.draft(.county)
      for sheet in [id, county] {
        try await world.act.preview(sheet, by: world.account(.office))
      }
      #expect(try await world.sheet(id).content.lines.map(\.name) == ["市水务局", "市金融专班"])
      let seen = try await ShowSheet(world.platform).list(for: handler).map(\.id)
      #expect(seen == [id])
      #expect(try await ShowSheet(world.platform).list(for: world.county).map(\.id) == [county])
      try await world.act.object("我局没有承办", to: id, by: handler)
      await #expect(throws: UseCaseError.self) {
        try await world.act.object("不对", to: county, by: handler)
      }
    }
  }
}
