import Domain
import Services
import Storage
import TestSupport

/// A county with enterprises, the people who visit them, and another county beside it. It is Friday,
/// 2026-11-20.
struct VisitWorld {
  let test: TestPlatform
  let mill: EnterpriseID
  let office: Account
  let county: Account
  let otherCounty: Account
  /// Of 清河县水利局 and 清河县交通运输局.
  let water: Account
  let traffic: Account
  let official: Account
  let enterprise: Account
  let leader: Account

  var platform: Platform { test.platform }

  init(_ test: TestPlatform) async throws {
    self.test = test
    let world = try await RegisterWorld(test)
    mill = try await world.enterprise("清河面粉有限公司")
    office = try await test.account(.office)
    county = try await test.account(.countyOffice, unit: "示例市/清河县")
    otherCounty = try await test.account(.countyOffice, unit: "示例市/白塔县")
    water = try await test.account(.handler, unit: "清河县水利局")
    traffic = try await test.account(.handler, unit: "清河县交通运输局")
    official = try await test.account(.official, official: world.official("张三丰"))
    enterprise = try await test.account(.enterprise, enterprise: mill)
    leader = try await test.account(.leader)
  }

  static func draft(
    _ day: String, kind: String = "call", unit: String = "", basis: String = ""
  ) -> VisitDraft {
    var draft = VisitDraft()
    (draft.day, draft.kind, draft.purpose) = (day, kind, "了解用工")
    (draft.unit, draft.basis) = (unit, basis)
    return draft
  }

  @discardableResult
  func plan(
    _ day: String, by account: Account, kind: String = "call", unit: String = "",
    basis: String = "", joining host: VisitID? = nil
  ) async throws -> VisitID {
    try await PlanVisit(platform)(
      Self.draft(day, kind: kind, unit: unit, basis: basis), to: mill, joining: host, by: account)
  }

  func visit(_ id: VisitID) async throws -> Visit {
    try await platform.database.read { try VisitRows.find(id, in: $0)!.visit }
  }

  func refusals(_ work: () async throws -> Void) async throws -> [VisitRefusal] {
    do {
      try await work()
      return []
    } catch let refused as Visit.Refused {
      return refused.reasons
    }
  }

  func isHidden(_ work: () async throws -> Void) async throws -> Bool {
    do {
      try await work()
      return false
    } catch UseCaseError.notFound {
      return true
    }
  }

  func kinds(of account: Account) async throws -> [Notice.Kind] {
    test.set("2027-06-01 10:00")
    let found = try await ListNotices(platform)(after: nil, for: account).items.map(\.kind)
    test.set("2026-11-20 09:00")
    return found.reversed()
  }

  func isReplayed() async throws -> Bool {
    try await ReplayLedger(platform)().differences.isEmpty
  }
}
