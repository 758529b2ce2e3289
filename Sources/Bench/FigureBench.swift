import Cryptography
import Domain
import Foundation
import Services
import Storage
import StorageSQLite

/// Asks a full database (`lianbang demo --problems N`) for figures, each of an instant nobody asked for
/// before. The ratio is to what the engine needs to group the same rows by county.
enum FigureBench {
  private static let questions = 200

  static func run(_ path: String) async throws {
    let database = try SQLiteDatabase(path: path)
    let key = ProcessInfo.processInfo.environment["LIANBANG_MASTER_KEY"].flatMap {
      MasterKey(text: $0)
    }
    let platform = try await Bench.platform(database, KeyRing(key.map { [$0] } ?? []))
    let span = try await database.read { connection in
      try connection.row(
        "select count(distinct problem_id), count(*), min(from_at), max(from_at) from problem_spans"
      ) { (try $0.int(0), try $0.int(1), try $0.instant(2), try $0.instant(3)) }!
    }
    Bench.report("figures: problems", Double(span.0), "")
    Bench.report("figures: spans", Double(span.1), "")
    let engine = try await milliseconds {
      try await database.read { connection in
        try connection.forEach(
          """
          select county_id, count(*) filter (where closed_at < ?1)
          from problem_spans
          where from_at < ?1 and (to_at is null or to_at >= ?1)
          group by county_id
          """, [span.3]
        ) { _ in }
      }
    }
    Bench.report("figures: the engine alone, one count by county", engine, "ms")
    let ask = AskFigure(platform)
    let first = try await milliseconds { _ = try await ask(FigureRequest("found_count"), for: nil) }
    Bench.report("figures: columns read", first, "ms")

    var chance = SystemRandomNumberGenerator()
    func instant() -> Instant {
      Instant(
        milliseconds: Int64.random(in: span.2.milliseconds...span.3.milliseconds, using: &chance))
    }
    let figures = platform.definitions.figures.filter { $0.subject != .targets }
    var times: [Double] = []
    for index in 0..<questions {
      let asked = FigureRequest(
        figures[index % figures.count].code, asOf: instant(), by: .county)
      times.append(try await milliseconds { _ = try await ask(asked, for: nil) })
    }
    report("any figure, any instant, by county", times, engine)

    let shown = [
      "resolution_rate", "completion_rate", "on_time_rate", "identification_rate",
      "satisfaction", "redo_rate", "overdue_count", "found_count",
    ]
    var (cold, warm): ([Double], [Double]) = ([], [])
    for _ in 0..<20 {
      let asOf = instant()
      let asked = shown.map { FigureRequest($0, asOf: asOf) }
      cold.append(try await milliseconds { _ = try await ask.several(asked, for: nil) })
      warm.append(try await milliseconds { _ = try await ask.several(asked, for: nil) })
    }
    report("eight figures, cold", cold, engine)
    report("eight figures, nothing changed since", warm, engine)

    var lists: [Double] = []
    let list = ListFigureMembers(platform)
    for index in 0..<60 {
      let asked = FigureRequest(shown[index % shown.count], asOf: instant(), by: .county)
      // Of the number that was just looked at.
      let result = try await ask(asked, for: nil)
      let which = ListFigureMembers.Which(.denominator, group: result.groups.first?.key)
      lists.append(
        try await milliseconds {
          _ = try await list(asked, which, after: nil, for: Bench.office)
        })
    }
    report("list behind a number", lists, engine)
    await database.close()
  }

  private static func report(_ name: String, _ times: [Double], _ engine: Double) {
    let sorted = times.sorted()
    Bench.report("figures: \(name), median", sorted[sorted.count / 2], "ms")
    Bench.report("figures: \(name), p95", sorted[sorted.count * 95 / 100], "ms")
    Bench.report(
      "figures: \(name), p95 / the engine's count", sorted[sorted.count * 95 / 100] / engine, "x")
  }

  private static func milliseconds(_ work: () async throws -> Void) async throws -> Double {
    let began = ContinuousClock.now
    try await work()
    let taken = ContinuousClock.now - began
    return Double(taken.components.seconds) * 1000 + Double(taken.components.attoseconds) / 1e15
  }
}
