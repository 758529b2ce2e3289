import Cryptography
import Documents
import Domain
import Foundation
import Services
import Storage
import StorageSQLite

/// Fills a database with a city's campaign, so that pages can be measured beside it: the tree, 4,000
/// enterprises, 5,400 officials, and problems of both tracks in every state. `scripts/bench_pages.py` serves
/// it then. The master key is in the environment.
struct PageFill {
  private let database: any Database
  private let platform: Platform
  private let clock = BenchClock()

  private static let enterprises = 4_000
  private static let officials = 5_400
  /// How long ago the first of the problems under way was registered.
  private static let days: Int64 = 45
  /// Of a hundred problems those that earlier records tell of; the others went through the loop.
  private static let past = 60

  init(_ path: String) async throws {
    database = try SQLiteDatabase(path: path)
    let key = ProcessInfo.processInfo.environment["LIANBANG_MASTER_KEY"].flatMap {
      MasterKey(text: $0)
    }
    let plain = try await Bench.platform(database, KeyRing(key.map { [$0] } ?? []))
    let clock = clock
    platform = plain.running(by: { clock.now })
  }

  func run(problems count: Int) async throws {
    let began = Date()
    let start = Bench.now + -Self.days * 86_400
    clock.set(start)
    let city = PageCity()
    try await database.write { connection in
      try UnitRows.create(city.units, at: start, by: .system, in: connection)
    }
    try await take(.enterprises, city.enterprises(Self.enterprises))
    try await take(.officials, city.officials(Self.officials))
    let parties = try await database.read { connection in
      var firms: [(id: EnterpriseID, name: String)] = []
      try EnterpriseRows.names(under: "/", in: connection) { id, name, _ in
        firms.append((id, name))
      }
      return firms
    }
    let play = PagePlay(city: city, enterprises: parties)
    let past = count * Self.past / 100
    for first in stride(from: 0, to: past, by: 5000) {
      let some = (first..<min(past, first + 5000)).map { play.past($0, before: start.day) }
      try await database.write { [platform] connection in
        try ProblemHistory.register(
          some, at: start, by: Bench.office.actor, platform.loop(in: connection), in: connection)
      }
    }
    let live = count - past
    for first in stride(from: 0, to: live, by: 500) {
      try await database.write { [platform] connection in
        for index in first..<min(live, first + 500) {
          let passed = Self.days * 86_400 * Int64(index) / Int64(live)
          try play.live(index, from: start + passed, until: Bench.now, platform, in: connection)
        }
      }
    }
    clock.set(Bench.now)
    // Else the server would work them off while its pages are measured.
    while try await !FireTimers(platform)().isEmpty {}
    try await Sequencer.run(on: database, platform.vault, now: platform.now())
    try await BenchProblems.analysis(database)
    await database.close()
    Bench.report("\(count) problems filled in", Date().timeIntervalSince(began), "s")
  }

  private func take(_ kind: ImportKind, _ csv: String) async throws {
    let report = try await RunImport(platform)(
      kind, Table(csv: Array(csv.utf8)), mode: ImportMode(), by: nil)
    if !report.isSaved { throw StorageError.check("\(kind): \(report.diagnostics.prefix(3))") }
  }
}

/// A city about as large as Xuchang: 9 counties, 107 townships, 2,349 villages and their departments.
struct PageCity {
  private(set) var units: [NewUnit] = []
  private(set) var departments: [(id: UnitID, path: String)] = []
  private(set) var villages: [(id: UnitID, path: String)] = []
  private(set) var counties: [String] = []
  private static let name = "基准市"

  init() {
    let city = add(.region, .city, Self.name, under: nil)
    for number in 1...30 {
      departments.append(add(.department, .city, "市第\(number)局", under: city))
    }
    for county in 1...9 {
      let place = add(.region, .county, "基准\(county)县", under: city)
      counties.append(place.path)
      for number in 1...20 {
        departments.append(add(.department, .county, "县\(county)第\(number)局", under: place))
      }
      for township in 1...(county == 9 ? 11 : 12) {
        let town = add(.region, .township, "基准\(county)县第\(township)镇", under: place)
        for village in 1...22 where villages.count < 2_349 {
          villages.append(add(.region, .village, "第\(village)村", under: town))
        }
      }
    }
  }

  private mutating func add(
    _ kind: UnitKind, _ level: UnitLevel, _ name: String, under parent: (id: UnitID, path: String)?
  ) -> (id: UnitID, path: String) {
    let id = UnitID(Int64(units.count + 1))
    let unit = Domain.Unit(
      id: id, parent: parent?.id, kind: kind, level: level, name: name,
      validFrom: Day("2020-01-01")!)
    let above = parent.map { units[Int($0.id.value) - 1].path }
    units.append(NewUnit(unit, under: above))
    return (id, (parent.map { $0.path + "/" } ?? "") + name)
  }

  func enterprises(_ count: Int) -> String {
    let trades = "食品 纺织 机械 建材 商贸 物流 科技 农业 化工 电子".split(separator: " ")
    return (0..<count).reduce(into: "企业名称,县区,规模,联系人,联系电话\n") { text, number in
      let (name, phone) = (padded(number, 6), padded(number, 8))
      text +=
        "宏达\(name)\(trades[number % 10])有限公司,\(counties[number % 9]),小型,王\(number),139\(phone)\n"
    }
  }

  func officials(_ count: Int) -> String {
    (0..<count).reduce(into: "姓名,单位,轨道,手机\n") { text, number in
      let unit = departments[number % departments.count].path
      let track = number % 2 == 0 ? "助企" : "联乡帮村"
      text += "李\(number),\(unit),\(track),138\(padded(number, 8))\n"
    }
  }
}
