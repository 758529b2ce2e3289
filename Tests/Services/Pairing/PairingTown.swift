import Domain
import Services
import Storage
import TestSupport

/// The sample county: 3 townships, 9 villages, 3 firms; of the village track one county-rank official a
/// township and nine others, of the enterprise track three.
struct PairingTown {
  let test: TestPlatform
  let office: Account
  var platform: Platform { test.platform }

  init(_ test: TestPlatform) async throws {
    self.test = test
    var rows = "姓名,单位,轨道,手机号,级别,专长,籍贯\n"
    for number in 1...3 {
      rows += "县级\(number),示例市/清河县,联乡帮村,1380000100\(number),县处级,,\n"
      rows += "助企\(number),示例市/清河县,助企,1380000200\(number),科级,融资,\n"
    }
    for number in 1...9 {
      let home = number == 1 ? "示例市清河县柳林镇河湾村" : ""
      rows += "科级\(number),示例市/清河县/柳林镇,联乡帮村,1380000300\(number),科级,,\(home)\n"
    }
    try await test.importRows(.officials, rows)
    try await test.importRows(
      .enterprises,
      "企业名称,县区,乡镇,重点企业,联系人,联系电话\n面粉厂,清河县,柳林镇,是,王厂长,13900000001\n机械厂,清河县,大寺乡,否,,\n陶瓷厂,清河县,城关街道,否,,"
    )
    office = try await test.account(.office)
  }

  static func run(
    on engine: Engine, _ body: (PairingTown) async throws -> Void
  ) async throws {
    try await engine.withSample { try await body(PairingTown($0)) }
  }

  func unit(_ name: String) async throws -> UnitID { try await FindUnit(platform)(name) }

  func official(_ name: String) async throws -> OfficialID {
    let found = try await FindByName(platform)(name, by: nil).found
    return OfficialID(found.first { $0.hit.kind == .official }!.hit.id)
  }

  func adopt(_ track: Track, on day: Day? = nil) async throws -> PairingPlanID {
    let id = try await PlanPairing(platform)(track, by: office)
    _ = try await AdoptPairing(platform)(id, on: day ?? platform.now().day, by: office)
    return id
  }

  func officials(of target: PairingTarget) async throws -> [String] {
    try await ShowPairing(platform)(of: target, for: office).filter(\.holds).map(\.official)
  }

  func leave(_ name: String) async throws {
    let (id, vault) = (try await official(name), platform.vault)
    try await platform.database.write { connection in
      let stored = try OfficialRows.find(id, vault, in: connection)!
      var official = stored.official
      official.status = .left
      _ = try OfficialRows.change(
        stored, to: official, at: platform.now(), by: .system, vault, in: connection)
    }
  }

  func replays() async throws -> Bool {
    try await test.sequence()
    return try await ReplayLedger(platform)().differences.isEmpty
  }
}
