import Documents
import Domain
import Foundation
import Language
import Services
import Storage
import TestSupport
import Testing

/// The divisions of Xuchang from the edition of 2018 to that of 2021, as `data/README.md` describes them.
@Suite struct DivisionYearsTests {
  private struct Row: Hashable {
    let code: String
    let name: String
    let parent: String
  }

  /// A published edition without province and placeholder.
  private func edition(_ file: String) throws -> Set<Row> {
    let table = try TableFile.read(path: sharedData! + "/" + file)
    func text(_ cell: Cell) -> String { if case .text(let text) = cell { text } else { "" } }
    return Set(
      table.rows.dropFirst().compactMap { row in
        let cells = row.cells.map(text)
        guard cells[2] != "1", cells[0] != "411001000000" else { return nil }
        return Row(code: cells[0], name: cells[1], parent: cells[2] == "2" ? "" : cells[3])
      })
  }

  private func tree(_ platform: TestPlatform, asOf day: Day) async throws -> Set<Row> {
    let units = try await platform.platform.database.read {
      try UnitHistory.tree(asOf: day, in: $0)
    }
    let codes = Dictionary(
      uniqueKeysWithValues: units.map { ($0.id, $0.divisionCode?.text ?? "") })
    return Set(
      units.map {
        Row(
          code: codes[$0.id]!, name: $0.name, parent: $0.parent.flatMap { codes[$0] } ?? "")
      })
  }

  private static let (first, last) = (Day("2018-10-31")!, Day("2021-10-31")!)

  @Test(.enabled(if: sharedData != nil), arguments: Engine.available)
  func fromEditionToEdition(engine: Engine) async throws {
    try await engine.withDatabase { database in
      let platform = try await TestPlatform(database)
      let old = try await RunImport(platform.platform)(
        .divisions, file: sharedData! + "/divisions_xuchang_2018.csv",
        mode: ImportMode(on: Self.first), by: nil)
      #expect(old.isSaved)
      let answer = try await ProposeReorganisations(platform.platform)(
        file: sharedData! + "/division_changes_xuchang_2018_2021.csv", on: nil)
      #expect(!answer.report.hasErrors)
      // 57 renamed, 227 added, 186 removed: each is in one proposal, a move in two of them.
      var (renamed, added, removed) = (0, 0, 0)
      for proposal in answer.proposals {
        switch proposal.change {
        case .create: added += 1
        case .close: removed += 1
        case .same(_, _, _, _, .sameCode, _): renamed += 1
        case .same:
          added += 1
          removed += 1
        }
      }
      #expect((renamed, added, removed) == (57, 227, 186))

      let folder = FileManager.default.temporaryDirectory.path + "/" + UUID().uuidString
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
      defer { try? FileManager.default.removeItem(atPath: folder) }
      let write = WriteProposals(platform.platform.words, .zh) { $0.rawValue }
      let list = folder + "/list.xlsx"
      let open = try write(answer.proposals, to: list, confirmClear: false)
      #expect(open > 150)

      // Nothing is done as long as a question is open.
      let undecided = try await RunImport(platform.platform)(
        .reorganisations, file: list, mode: ImportMode(acceptGoodRows: true), by: nil)
      #expect(undecided.diagnostics.filter { $0.code == .undecided }.count == open)
      #expect(try await tree(platform, asOf: Self.last) == edition("divisions_xuchang_2018.csv"))

      // The operator's answers: every fifth is no, so that both ways are gone.
      var table = try TableFile.read(path: list)
      for index in table.rows.indices.dropFirst() {
        var cells = table.rows[index].cells
        while cells.count < 8 { cells.append(.empty) }
        let isAsked = cells[2] != cells[4] && cells[2] != .empty && cells[4] != .empty
        if isAsked { cells[7] = .text(index % 5 == 0 ? "否" : "是") }
        table.rows[index].cells = cells
      }
      let report = try await RunImport(platform.platform)(
        .reorganisations, table, mode: ImportMode(), by: nil)
      #expect(report.diagnostics.filter { $0.severity == .error } == [])
      #expect(report.isSaved && report.changed == answer.proposals.count)
      #expect(try await tree(platform, asOf: Self.first) == edition("divisions_xuchang_2018.csv"))
      #expect(try await tree(platform, asOf: Self.last) == edition("divisions_xuchang_2021.csv"))

      // The same list again, and the edition itself, change nothing.
      let again = try await RunImport(platform.platform)(
        .reorganisations, table, mode: ImportMode(), by: nil)
      #expect((again.changed, again.unchanged) == (0, answer.proposals.count))
      let new = try await RunImport(platform.platform)(
        .divisions, file: sharedData! + "/divisions_xuchang_2021.csv", mode: ImportMode(), by: nil)
      #expect((new.added, new.changed, new.unchanged) == (0, 0, 2605))
      #expect(try await ReplayLedger(platform.platform)().differences.isEmpty)
    }
  }

  /// The nine county-level units of the campaign (DOMAIN.md 3), two of which the bureau does not know as
  /// such; the editions before them stay as published.
  @Test(.enabled(if: sharedData != nil), arguments: Engine.available)
  func theCampaignsCounties(engine: Engine) async throws {
    try await engine.withDatabase { database in
      let platform = try await TestPlatform(database)
      _ = try await RunImport(platform.platform)(
        .divisions, file: sharedData! + "/divisions_xuchang_2021.csv",
        mode: ImportMode(on: Self.last), by: nil)
      let find = FindUnit(platform.platform)
      let reorganise = ReorganiseUnits(platform.platform)
      let start = Self.last + 1
      try await reorganise(
        .change(name: "国家许昌经济技术开发区"), of: find("411071"), on: start, by: nil)
      let report = try await RunImport(platform.platform)(
        .units, file: TestPlatform.root + "/Resources/xuchang/units.csv",
        mode: ImportMode(on: start), by: nil)
      #expect(report.codes == [] && report.isSaved)
      try await reorganise(
        .change(parent: try await find("许昌市/东城区")), of: find("411002570"), on: start, by: nil)
      let city = try await BrowseUnits(platform.platform)(find("许昌市"))
      #expect(
        Set(city.children.filter { $0.kind == .region }.map(\.name)) == [
          "禹州市", "长葛市", "鄢陵县", "襄城县", "魏都区", "建安区", "城乡一体化示范区", "国家许昌经济技术开发区", "东城区",
        ])
      let offices = try await ShowTree(platform.platform)(asOf: nil, under: nil)
        .filter { $0.unit.kind == .office }
      #expect(offices.count == 10)
      let township = try await ShowTree(platform.platform)(asOf: nil, under: nil)
        .first { $0.unit.divisionCode?.text == "411002570000" }
      #expect(township?.path == "许昌市/东城区/东城区管委会")
      #expect(try await tree(platform, asOf: Self.last) == edition("divisions_xuchang_2021.csv"))
      #expect(try await ReplayLedger(platform.platform)().differences.isEmpty)
    }
  }

  /// A whole edition at once, each answer yes: the end is the same.
  @Test(.enabled(if: sharedData != nil))
  func anEditionAtOnce() async throws {
    try await Engine.sqlite.withDatabase { database in
      let platform = try await TestPlatform(database)
      _ = try await RunImport(platform.platform)(
        .divisions, file: sharedData! + "/divisions_xuchang_2018.csv",
        mode: ImportMode(on: Self.first), by: nil)
      let answer = try await ProposeReorganisations(platform.platform)(
        file: sharedData! + "/divisions_xuchang_2021.csv", on: Self.last)
      var rows = "生效日期,变更,原代码,新代码,新名称,确认\n"
      for proposal in answer.proposals {
        switch proposal.change {
        case .create(let code, let name):
          rows += "\(proposal.on),新增,,\(code.text),\(name),\n"
        case .close(let code, _): rows += "\(proposal.on),撤销,\(code.text),,,\n"
        case .same(let from, _, let to, let name, _, _):
          rows += "\(proposal.on),变更,\(from.text),\(to.text),\(name),是\n"
        }
      }
      let report = try await platform.importRows(.reorganisations, rows)
      #expect(report.diagnostics.filter { $0.severity == .error } == [])
      #expect(try await tree(platform, asOf: Self.last) == edition("divisions_xuchang_2021.csv"))
      #expect(try await tree(platform, asOf: Self.first) == edition("divisions_xuchang_2018.csv"))
      // 小吕乡 became 小吕镇 under another code: one unit, its villages below it all the time.
      let town = try await FindUnit(platform.platform)("小吕镇")
      let states = try await platform.platform.database.read { connection in
        try UnitHistory.states(of: UnitRows.find(town, in: connection)!, in: connection)
      }
      #expect(states.map(\.name) == ["小吕乡", "小吕镇"])
    }
  }

  /// What fits and what does not, and why.
  @Test(arguments: [
    (["411081101200": "李树村委会"], ["411081101018": "李树社区居民委员会"], "same_name"),
    (["411081101200": "王庄村委会"], ["411081102201": "王庄村委会"], "same_name_elsewhere"),
    (["411081101200": "大王庄村委会"], ["411081101201": "王庄村委会"], "like_name"),
    (["411081101200": "第一社区"], ["411081101201": "第二社区"], "–"),
    (["411081101200": "王庄村委会"], ["411082101200": "王庄村委会"], "–"),
    (["411081206000": "小吕乡"], ["411081119000": "小吕镇"], "same_name"),
  ])
  func grounds(old: [String: String], new: [String: String], expected: String) {
    func coded(_ names: [String: String]) -> [DivisionCode: String] {
      Dictionary(uniqueKeysWithValues: names.map { (DivisionCode($0)!, $1) })
        .merging([DivisionCode("411000000000")!: "许昌市"]) { $1 }
    }
    let changes = DivisionChanges(from: coded(old), to: coded(new)).changes
    let grounds = changes.compactMap { change -> String? in
      if case .same(_, _, _, _, let ground, _) = change { ground.rawValue } else { nil }
    }
    #expect(grounds == (expected == "–" ? [] : [expected]))
  }
}
