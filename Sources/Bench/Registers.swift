import Cryptography
import Documents
import Domain
import Foundation
import Language
import Services
import Storage
import StoragePostgres
import StorageSQLite

/// What finding and reading cost beside a full register.
enum RegisterBench {
  /// Reads a workbook and says how long it took.
  static func read(_ path: String) throws {
    let began = ContinuousClock.now
    let table = try TableFile.read(path: path)
    Bench.report("workbook of \(table.rows.count) rows, read", seconds(since: began), "s")
  }

  /// Looks for what people look for in a database that the program filled.
  static func search(_ engine: String, _ address: String) async throws {
    let database: any Database =
      address.hasPrefix("postgres")
      ? try PostgresDatabase(url: address)
      : try SQLiteDatabase(path: String(address.dropFirst("sqlite:".count)))
    let vault = try await Vault.open(on: database, KeyRing([]))
    let platform = Platform(database: database, vault: vault, data: .none, now: { Bench.now })
    let units = try await database.read { connection in
      var units: [UnitRows.Stored] = []
      try UnitRows.all(in: connection) { units.append($0) }
      return units
    }
    let names = try await database.read { connection in
      var names: [(id: EnterpriseID, name: String)] = []
      try EnterpriseRows.names(under: "/", in: connection) { id, name, _ in names.append((id, name))
      }
      return names
    }
    Bench.report("\(engine): units and enterprises", Double(units.count + names.count), "rows")
    let find = FindByName(platform)
    for (sort, scope) in [
      ("all", nil), ("a city", units.first { $0.unit.level == .city }),
      ("a county", units.first { $0.unit.level == .county }),
      ("a township", units.first { $0.unit.level == .township }),
    ] {
      let account = Account(
        id: AccountID(1), username: "bench", name: "bench", role: .office, unit: scope?.unit.id)
      var times: [Double] = []
      for text in queries(units.map(\.unit.name), names.map(\.name)) {
        let began = ContinuousClock.now
        _ = try await find(text, by: account)
        times.append(seconds(since: began) * 1000)
      }
      times.sort()
      Bench.report("\(engine): search within \(sort), median", times[times.count / 2], "ms")
      Bench.report(
        "\(engine): search within \(sort), 95th percentile", times[times.count * 95 / 100], "ms")
      Bench.report("\(engine): search within \(sort), slowest", times.last!, "ms")
    }
    let county = units.first { $0.unit.level == .county }!
    let account = Account(
      id: AccountID(1), username: "bench", name: "bench", role: .office, unit: county.unit.id)
    let ids = names.shuffled().prefix(10_000).map(\.id)
    var times: [Double] = []
    for _ in 0..<20 {
      let began = ContinuousClock.now
      _ = try await MaySeeEnterprises(platform)(ids, by: account)
      times.append(seconds(since: began) * 1000)
    }
    times.sort()
    Bench.report("\(engine): may see, 10,000 enterprises in one query", times[10], "ms")
    await database.close()
  }

  /// Fragments of names of every length, one character, initials, codes, two words, and what nearly all
  /// have.
  private static func queries(_ units: [String], _ firms: [String]) -> [String] {
    var random = SystemRandomNumberGenerator()
    var queries = ["公司", "有限公司", "村", "河南", "411", "社区", "gs", "商贸有限", "9141", "x"]
    for _ in 0..<150 {
      let name = Array((Bool.random() ? units : firms).randomElement(using: &random)!)
      let start = Int.random(in: 0..<name.count)
      let end = min(name.count, start + Int.random(in: 1...4))
      queries.append(String(name[start..<end]))
      queries.append(Pinyin.initials(of: String(name.prefix(4))).first ?? "xc")
      queries.append(String(name.prefix(2)) + " " + String(name.suffix(2)))
    }
    return queries
  }

  private static func seconds(since began: ContinuousClock.Instant) -> Double {
    let passed = (ContinuousClock.now - began).components
    return Double(passed.seconds) + Double(passed.attoseconds) / 1e18
  }
}
