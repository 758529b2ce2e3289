import Domain
import Services
import Storage
import TestSupport

/// Two counties in the weeks from 2026-11-23 (Monday) on, played through the use cases.
///
/// In the first week six problems are found: one is closed, one shelved, one is major, two are due in the
/// second week and stay undone. The sample's own six were found before, and nobody was given one.
struct ReportWorld {
  let test: TestPlatform
  let register: RegisterWorld
  let office: Account
  let director: Account
  let county: Account
  let otherCounty: Account
  /// Of 清河县水利局 and 白塔县水务局.
  let water: Account
  let otherWater: Account
  let village: Account
  /// 李四 of the village track, who has a line in what is closed.
  let official: Account
  let officialID: OfficialID
  let city: UnitID

  var platform: Platform { test.platform }

  static let week = ReportPeriod("2026-11-23")!
  static let next = ReportPeriod("2026-11-30")!
  static let month = ReportPeriod("2026-11")!

  static func run<T>(
    on engine: Engine, _ body: (ReportWorld) async throws -> T
  ) async throws -> T {
    try await engine.withSample { test in
      let world = try await ReportWorld(test)
      try await world.play()
      return try await body(world)
    }
  }

  init(_ test: TestPlatform) async throws {
    self.test = test
    register = try await RegisterWorld(test)
    try await test.importRows(.units, "名称,类型,上级\n白塔县水务局,部门,示例市/白塔县")
    office = try await test.account(.office)
    director = try await test.account(.director)
    county = try await test.account(.countyOffice, unit: "示例市/清河县")
    otherCounty = try await test.account(.countyOffice, unit: "示例市/白塔县")
    water = try await test.account(.handler, unit: "清河县水利局")
    otherWater = try await test.account(.handler, unit: "白塔县水务局")
    village = try await test.account(.handler, unit: "柳林镇/河湾村")
    officialID = try await register.official("李四")
    official = try await test.account(.official, official: officialID)
    city = try await FindUnit(test.platform)("示例市")
  }

  func unit(_ account: Account) -> ReportSubject { .unit(account.unit!) }

  // MARK: The story

  func play() async throws {
    // In the very first millisecond of Monday, by the official.
    test.set("2026-11-23 00:00")
    let closed = try await found("2026-11-23", here, by: official)
    test.set("2026-11-23 09:00")
    try await assign(closed, to: "清河县水利局", official: officialID)
    test.set("2026-11-24 09:00")
    try await assign(found("2026-11-24", here), to: "清河县水利局")
    test.set("2026-11-25 09:00")
    try await assign(
      found("2026-11-25", here), to: "清河县水利局", difficulty: .major)
    test.set("2026-11-25 15:00")
    try await close(closed)
    test.set("2026-11-26 09:00")
    try await assign(found("2026-11-26", there), to: "白塔县水务局")
    test.set("2026-11-27 09:00")
    let shelved = try await found("2026-11-27", there)
    try await judge(shelved, .general)
    try await act(
      .command(.shelve(.funds, text: "资金未到位", reviewOn: Day("2026-12-20")!)), shelved, director)
    // In its last minute.
    test.set("2026-11-29 23:59")
    _ = try await found("2026-11-29", there)
    // The first of the second week.
    test.set("2026-11-30 00:00")
    _ = try await found("2026-11-30", here)
    test.set("2026-11-30 09:00")
  }

  let here = "示例市/清河县/柳林镇/河湾村"
  let there = "示例市/白塔县/青龙镇/上河村"

  func found(
    _ day: String, _ place: String, by account: Account? = nil
  ) async throws -> ProblemID {
    try await RegisterProblem(platform)(
      Registration(
        track: "village", title: "机井损坏", detail: "", concerns: place, foundOn: day),
      by: account ?? office)
  }

  func act(
    _ request: ActOnProblem.Request, _ id: ProblemID, _ account: Account
  ) async throws {
    _ = try await ActOnProblem(platform)(request, on: id, seen: nil, by: account)
  }

  func judge(_ id: ProblemID, _ difficulty: Difficulty) async throws {
    try await act(
      .command(
        .judge(category: "infrastructure", difficulty: difficulty, tier: "", note: "")), id, office)
  }

  func assign(
    _ id: ProblemID, to unit: String, difficulty: Difficulty = .general,
    official: OfficialID? = nil
  ) async throws {
    try await judge(id, difficulty)
    try await act(.assign(.init(unit: unit, official: official)), id, office)
  }

  func close(_ id: ProblemID) async throws {
    try await act(.command(.acknowledge(leg: nil)), id, water)
    try await act(.command(.feedback(leg: nil, text: "已派人")), id, water)
    try await act(.command(.answer(leg: 2, text: "看过了，能浇地")), id, official)
    try await act(.command(.claim(outcome: .solved, result: "换了水泵", evidence: "照片")), id, water)
    try await act(.command(.verify(passed: true, text: "属实")), id, office)
    let link = try await IssueEvaluationLink(platform)(id, by: office)
    try await EvaluateProblem(platform)(link, rating: .satisfied, text: "")
    try await act(.command(.close), id, office)
  }

  // MARK: Asking

  func address(
    _ kind: ReportKind, _ subject: ReportSubject? = nil, _ period: ReportPeriod = week
  ) -> ReportAddress {
    ReportAddress(kind, of: subject ?? .unit(city), in: period)
  }

  func report(
    _ kind: ReportKind, _ subject: ReportSubject? = nil, _ period: ReportPeriod = week,
    for account: Account? = nil
  ) async throws -> ReportContent {
    try await ShowReport(platform)(
      address(kind, subject, period), for: account ?? office
    ).content
  }
}

extension ReportContent {
  /// `found_count` → 6
  func count(_ figure: String) -> Int? {
    sections.lazy.compactMap { $0.figures?.first { $0.code == figure } }.first?.now.denominator
  }

  func list(_ section: String) -> List? { sections.first { $0.code == section }?.list }

  /// `by_county`, `found_count` → `["清河县": 3]`
  func column(_ section: String, _ figure: String) -> [String: Int] {
    guard let table = sections.first(where: { $0.code == section })?.table,
      let index = table.columns.firstIndex(where: { $0.code == figure })
    else { return [:] }
    return Dictionary(
      uniqueKeysWithValues: table.rows.map { ($0.name?.zh ?? "", $0.cells[index].denominator) })
  }
}
