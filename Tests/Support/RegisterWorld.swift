import Domain
import Services
import Storage

/// The sample county with a second one beside it, and something of everything in both.
package struct RegisterWorld: Sendable {
  package let platform: TestPlatform
  /// `清河县` and `白塔县`.
  package let counties: [UnitID]

  package static let phone = "13800000001"
  package static let idNumber = "11010519491231002X"

  package init(_ platform: TestPlatform) async throws {
    self.platform = platform
    try await platform.importRows(
      .divisions, "code,name\n990122000000,白塔县\n990122101000,青龙镇\n990122101200,上河村")
    try await platform.importRows(
      .officials,
      """
      姓名,单位,轨道,手机号,身份证号,级别,职务
      张三丰,示例市/清河县/清河县水利局,助企,\(Self.phone),\(Self.idNumber),正科级,局长
      李四,示例市/清河县/柳林镇,联乡帮村,13800000002,,县处级,镇长
      王小五,示例市/白塔县/青龙镇,联乡帮村,13800000003,,科级,
      """)
    try await platform.importRows(
      .enterprises,
      """
      企业名称,县区,乡镇,信用代码,行业,重点企业,规模,联系人,联系电话,白名单级别,发布单位,列入日期
      清河面粉有限公司,清河县,柳林镇,91350100M000100Y43,C13,是,小型,赵六七,13900000001,市级,市工信局,2026-01-01
      柳林机械厂,清河县,柳林镇,,C34,否,微型,,,,,
      白塔陶瓷厂,白塔县,青龙镇,,C30,否,中型,钱八,13900000002,,,
      """)
    try await platform.importRows(
      .villages, "村名,乡镇,县区,人口,户数,村联系人,联系电话\n河湾村,柳林镇,清河县,1200,310,孙九,13700000001")
    var counties: [UnitID] = []
    for name in ["示例市/清河县", "示例市/白塔县"] {
      counties.append(try await FindUnit(platform.platform)(name))
    }
    self.counties = counties
  }

  package func enterprise(_ name: String) async throws -> EnterpriseID {
    try await platform.platform.database.read {
      try EnterpriseRows.only(named: name, in: $0)!
    }
  }

  package func official(_ name: String) async throws -> OfficialID {
    let found = try await FindByName(platform.platform)(name, by: nil).found
    return OfficialID(found.first { $0.hit.kind == .official }!.hit.id)
  }

  /// Kind and payload of every entry of the ledger that tells of a disclosure.
  package func disclosures() async throws -> [String] {
    try await platform.platform.database.read { connection in
      try connection.rows(
        "select actor, kind, payload from ledger where kind like 'disclosure.%' order by id"
      ) { "\(try $0.text(0)) \(try $0.text(1)) \(try $0.text(2))" }
    }
  }
}
