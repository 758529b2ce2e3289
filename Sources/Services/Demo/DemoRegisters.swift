import Documents
import Domain
import Storage

/// Something in a demo city's story that the rules do not allow: the story is wrong.
package struct DemoFault: Error, CustomStringConvertible {
  package let description: String
}

/// Takes a demo city's units, officials and enterprises in by the imports everybody uses.
struct DemoRegisters {
  let city: DemoCity
  let resources: String

  func takeUnits(_ platform: Platform) async throws {
    var divisions = "code,name\n\(city.words.cityCode),\(city.words.city)\n"
    for county in city.counties {
      if let code = county.code { divisions += "\(code),\(county.name)\n" }
    }
    try await take(.divisions, divisions, platform)
    let shipped = try TableFile.read(path: resources + "/xuchang/units.csv")
    var units = "名称,类型,上级,级别\n"
    let given = shipped.rows.dropFirst().map { row in
      row.cells.map { if case .text(let text) = $0 { text } else { "" } }
    }
    // One of the zones has neither a code nor a row of its own.
    for county in city.counties
    where county.code == nil && !given.contains(where: { $0.first == county.name }) {
      units += "\(county.name),区划,\(city.words.city),县级\n"
    }
    for row in given { units += row.joined(separator: ",") + "\n" }
    for name in city.words.furtherDepartments {
      units += "\(city.words.city)\(name),部门,\(city.words.city),市级\n"
    }
    for county in city.counties {
      for name in city.departments.prefix(city.plan.countyDepartments) {
        units += "\(county.short)\(name),部门,\(county.path),县级\n"
      }
    }
    for township in city.townships {
      units += "\(township.name),区划,\(city.counties[township.county].path),乡级\n"
    }
    try await take(.units, units, platform)
    var villages = "名称,所属乡镇,所属县区,人口,户数,耕地面积(亩),村集体经济收入(万元),联系人,联系人职务,联系电话\n"
    for (number, village) in city.villages.enumerated() {
      let county = city.counties[village.county].name
      villages += "\(village.name),\(city.townships[village.township].name),\(county)"
      villages += ",\(village.people),\(village.people / 4),\(village.people * 3 / 2)"
      villages += ",\(3 + number * 7 % 60),\(village.contact),村党支部书记"
      villages += ",1990002\(padded(number, 4))\n"
    }
    try await take(.villages, villages, platform)
  }

  /// - Parameter isChosen: who of them comes now.
  func takeOfficials(
    _ platform: Platform, where isChosen: (DemoCity.Official) -> Bool
  ) async throws {
    var rows = "姓名,单位,轨道,手机,职务,级别,专长\n"
    var isAny = false
    for (number, official) in city.officials.enumerated() where isChosen(official) {
      isAny = true
      rows += "\(official.name),\(official.unit),\(official.track),1990000\(padded(number, 4))"
      rows += ",\(official.post),\(official.rank),\(official.expertise)\n"
    }
    if isAny { try await take(.officials, rows, platform) }
  }

  func takeEnterprises(_ platform: Platform, wave: Int) async throws {
    var rows = "企业名称,所属县区,所属乡镇,行业代码,四上类型,是否重点企业,企业规模,联系人,联系人职务,联系电话\n"
    for (number, firm) in city.enterprises.enumerated() where firm.wave == wave {
      rows +=
        "\(firm.name),\(city.counties[firm.county].name),\(city.townships[firm.township].name)"
      rows += ",\(firm.trade.industry),\(firm.trade.kind ?? ""),\(firm.isKey ? "是" : "否")"
      rows += ",\(firm.scale),\(firm.contact),总经理,1990001\(padded(number, 4))\n"
    }
    try await take(.enterprises, rows, platform)
  }

  /// 白名单: the key firms first.
  func takeWhiteLists(_ platform: Platform) async throws {
    let known = city.enterprises.filter { $0.wave < 2 }
    let firms = known.filter(\.isKey) + known.filter { !$0.isKey }
    let issuers = [("省级", "河南省"), ("市级", city.words.city), ("县级", "")]
    var first = 0
    for (level, count) in zip(issuers, city.plan.whiteLists) {
      var rows = "企业名称,所属县区,白名单级别,白名单发布单位,白名单起始日期\n"
      for firm in firms[first..<first + count] {
        let county = city.counties[firm.county].name
        rows +=
          "\(firm.name),\(county),\(level.0),\(level.1.isEmpty ? county : level.1),2022-04-01\n"
      }
      first += count
      try await take(.enterprises, rows, platform)
    }
  }

  private func take(_ kind: ImportKind, _ csv: String, _ platform: Platform) async throws {
    let report = try await RunImport(platform)(
      kind, Table(csv: Array(csv.utf8)), mode: ImportMode(), by: nil)
    guard report.isSaved else {
      throw DemoFault(description: "demo \(kind.rawValue): \(report.diagnostics.prefix(3))")
    }
  }
}
