import Domain
import Foundation
import Services
import Storage
import StorageSQLite

/// What a pairing costs: Xuchang's out of a database, Henan's out of memory.
enum PairingBench {
  static func run() async throws {
    let folder = FileManager.default.currentDirectoryPath + "/.build/bench-pairing-\(getpid())"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try await city(folder)
    try province()
  }

  /// Both tracks at published size: read, computed and kept as a draft; then 1 % of the officials leave.
  private static func city(_ folder: String) async throws {
    let database = try SQLiteDatabase(path: folder + "/city.sqlite")
    let platform = try await Bench.platform(database, Bench.ring)
    let city = PairingCity()
    try await city.fill(platform)
    var plans: [Track: Double] = [:]
    for track in [Track.enterprise, .village] {
      // Once to fill the page cache, as a server's is.
      _ = try await PlanPairing(platform)(track, by: Bench.office)
      let began = ContinuousClock.now
      let id = try await PlanPairing(platform)(track, by: Bench.office)
      plans[track] = seconds(since: began)
      let head = try await ShowPairingPlans(platform)(id, for: Bench.office).head
      Bench.report("city \(track.rawValue): plan, database included", plans[track]!, "s")
      Bench.report("city \(track.rawValue): pairs", Double(head.pairs), "pairs")
      Bench.report(
        "city \(track.rawValue): gap to the bound",
        100 * Double(head.cost - head.bound) / Double(max(head.bound, 1)), "%")
      let adopting = ContinuousClock.now
      _ = try await AdoptPairing(platform)(id, on: Bench.now.day, by: Bench.office)
      Bench.report("city \(track.rawValue): adopted", seconds(since: adopting), "s")
      let check = try await CheckPairing(platform)(track, for: Bench.office)
      guard check.count == 0 else {
        throw StorageError.check("against the rules: \(check.findings)")
      }
    }
    Bench.report("city: both tracks (asked: 1 s)", plans.values.reduce(0, +), "s")
    try await city.lose(onePercentOf: platform)
    for track in [Track.enterprise, .village] {
      let began = ContinuousClock.now
      let id = try await PlanPairing(platform)(track, .repair, by: Bench.office)
      let took = seconds(since: began)
      let head = try await ShowPairingPlans(platform)(id, for: Bench.office).head
      Bench.report("city \(track.rawValue): repair after 1 % left", took, "s")
      Bench.report(
        "city \(track.rawValue): repair of a plan (asked: 10 %)", 100 * took / plans[track]!, "%")
      Bench.report("city \(track.rawValue): targets changed", Double(head.cost), "targets")
    }
    await database.close()
  }

  /// 76,000 officials, 135,000 enterprises and 52,222 villages in 18 cities.
  private static func province() throws {
    let facts = PairingProvince.facts()
    let rules = try PairingRulesFile.rules(
      [UInt8](try Data(contentsOf: URL(filePath: "Resources/pairing-rules.json"))))
    for track in [Track.enterprise, .village] {
      let began = ContinuousClock.now
      let outcome = try PairingPlanner(facts, rules, solve: PairingBasis.solve).plan(track)
      let took = seconds(since: began)
      guard case .plan(let plan) = outcome else {
        throw StorageError.check("no pairing of the province: \(outcome)")
      }
      Bench.report("province \(track.rawValue): plan (asked: 30 s)", took, "s")
      Bench.report("province \(track.rawValue): pairs", Double(plan.pairs.count), "pairs")
      try repaired(plan, of: facts, rules, track, plan: took)
    }
    var usage = rusage()
    getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    Bench.report("province: most memory (asked: 2 GB)", Double(usage.ru_maxrss) / 1_048_576, "GB")
  }

  /// 1 % of the officials leave.
  private static func repaired(
    _ plan: PairingPlan, of facts: PairingFacts, _ rules: PairingRules, _ track: Track,
    plan took: Double
  ) throws {
    var facts = facts
    facts.current = plan.pairs.map {
      .init(
        official: facts.officials[$0.official].id, target: facts.targets($0.kind)[$0.target].target)
    }
    facts.officials = facts.officials.enumerated().filter { $0.offset % 100 != 7 }.map(\.element)
    let began = ContinuousClock.now
    let outcome = try PairingPlanner(facts, rules, solve: PairingBasis.solve).repair(track)
    let repair = seconds(since: began)
    guard case .repair(let found) = outcome else {
      throw StorageError.check("no repair of the province: \(outcome)")
    }
    Bench.report("province \(track.rawValue): repair after 1 % left", repair, "s")
    Bench.report(
      "province \(track.rawValue): repair of a plan (asked: 10 %)", 100 * repair / took, "%")
    Bench.report("province \(track.rawValue): had nobody", Double(found.uncovered), "targets")
    Bench.report("province \(track.rawValue): made room", Double(found.moved), "targets")
  }

  private static func seconds(since began: ContinuousClock.Instant) -> Double {
    (ContinuousClock.now - began) / .seconds(1)
  }
}
