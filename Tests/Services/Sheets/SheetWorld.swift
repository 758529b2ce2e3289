import Domain
import Services
import Storage
import TestSupport

/// The sample county with problems of November 2026 in it, and who deals with sheets.
struct SheetWorld {
  static let november = SheetMonth("2026-11")!

  let desk: LoopDesk
  let county: Account
  let ids: [ProblemID]

  var platform: Platform { desk.platform }
  var act: ActOnSheet { ActOnSheet(platform) }
  func account(_ person: Person) -> Account { desk.account(person) }

  /// Of twelve problems ten are rated and closed, two claimed.
  init(_ desk: LoopDesk) async throws {
    self.desk = desk
    county = try await desk.test.account(.countyOffice, unit: "示例市/清河县")
    var ids: [ProblemID] = []
    for index in 0..<12 {
      ids.append(try await SheetWorld.problem(closed: index < 10, desk))
      desk.test.advance(seconds: 60)
    }
    self.ids = ids
    desk.test.set("2026-12-02 09:00")
  }

  @discardableResult
  static func problem(closed: Bool, _ desk: LoopDesk) async throws -> ProblemID {
    let problem = try await desk.claimed(.village)
    if !closed { return problem.id }
    let verified = try await desk.verify(problem)
    _ = try await desk.rate(verified, .satisfied)
    try await desk.act(.close, on: problem.id, by: .office)
    return problem.id
  }

  func draft(_ kind: SheetKind = .county, reason: String = "") async throws -> SheetID {
    try await DraftSheet(platform)(
      kind, SheetWorld.november, reason: reason, by: account(.office))
  }

  func sheet(_ id: SheetID) async throws -> CommentSheet {
    try await ShowSheet(platform)(id, for: account(.office)).sheet
  }

  /// From the draft to the published sheet; a week passes.
  func publish(_ id: SheetID) async throws {
    try await act.preview(id, by: account(.office))
    desk.test.advance(days: 7)
    try await desk.test.sequence()
    try await act.publish(id, by: account(.director))
  }

  func verify(_ id: SheetID) async throws -> VerifySheet.Report {
    try await VerifySheet(platform)(id, for: account(.office))
  }

  func write(_ sql: String) async throws {
    try await platform.database.write { _ = try $0.run(sql) }
  }

  static func run(
    on engine: Engine, _ body: (SheetWorld) async throws -> Void
  ) async throws {
    try await LoopDesk.run(on: engine) { try await body(SheetWorld($0)) }
  }
}
