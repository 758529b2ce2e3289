import Documents
import Domain
import Services
import Storage

/// A city of the published size, in its registers: 5,400 officials of both tracks, 3,975 enterprises.
struct PairingCity {
  private let city = PageCity()

  func fill(_ platform: Platform) async throws {
    try await platform.database.write { connection in
      try UnitRows.create(city.units, at: Bench.now, by: .system, in: connection)
    }
    try await take(.enterprises, enterprises, platform)
    try await take(.officials, officials, platform)
    let firms = try await platform.database.read { connection in
      var firms: [(id: EnterpriseID, name: String)] = []
      try EnterpriseRows.names(under: "/", in: connection) { id, name, _ in
        firms.append((id, name))
      }
      return firms
    }
    // Problems of both tracks, most of them under way.
    let play = PagePlay(city: city, enterprises: firms)
    try await platform.database.write { connection in
      for index in 0..<6_000 {
        try play.live(
          index, from: Bench.now + -30 * 86_400, until: Bench.now, platform, in: connection)
      }
    }
  }

  private func take(_ kind: ImportKind, _ csv: String, _ platform: Platform) async throws {
    let report = try await RunImport(platform)(
      kind, Table(csv: Array(csv.utf8)), mode: ImportMode(), by: nil)
    if !report.isSaved { throw StorageError.check("\(kind): \(report.diagnostics.prefix(3))") }
  }

  private var enterprises: String {
    (0..<3_975).reduce(into: "企业名称,县区,重点企业\n") { text, number in
      let isKey = number % 20 == 0 ? "是" : "否"
      text += "宏达\(padded(number, 6))有限公司,\(city.counties[number % 9]),\(isKey)\n"
    }
  }

  private var officials: String {
    let ofCity = city.departments.filter { $0.path.split(separator: "/").count == 2 }.map(\.path)
    let ofCounty = city.departments.filter { $0.path.split(separator: "/").count == 3 }.map(\.path)
    var text = "姓名,单位,轨道,手机,级别,专长,籍贯\n"
    var number = 0
    func add(_ count: Int, _ track: String, _ rank: String, _ units: [String]) {
      for index in 0..<count {
        let field = ["融资", "用工", "基础设施", "", "", "人居环境"][number % 6]
        let home = number % 3 == 0 ? city.villages[number * 37 % city.villages.count].path : ""
        text +=
          "李\(number),\(units[index % units.count]),\(track),138\(padded(number, 8)),\(rank),\(field),\(home)\n"
        number += 1
      }
    }
    add(32, "双轨", "厅级", ofCity)
    add(251, "联乡帮村", "县处级", ofCity)
    add(253, "联乡帮村", "县处级", ofCounty)
    add(2_201, "联乡帮村", "科级", ofCounty)
    add(430, "助企", "科级", ofCity)
    add(2_200, "助企", "科级", ofCounty)
    return text
  }

  /// Every hundredth official leaves.
  func lose(onePercentOf platform: Platform) async throws {
    let vault = platform.vault
    try await platform.database.write { connection in
      var leaving: [OfficialRows.Stored] = []
      var number = 0
      try OfficialRows.forEach(under: "/", vault, in: connection) { stored in
        number += 1
        if number % 100 == 0 { leaving.append(stored) }
      }
      for stored in leaving {
        var official = stored.official
        official.status = .left
        _ = try OfficialRows.change(
          stored, to: official, at: Bench.now, by: .system, vault, in: connection)
      }
    }
  }
}
