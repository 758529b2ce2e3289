import CPostgres
import Cryptography
import Domain
import Foundation
import Ledger
import Services
import Storage
import StoragePostgres
import StorageSQLite

/// What the ground floor costs beside the engine's own, in the same run. Prints one JSON object a
/// line: {"name", "value", "unit"}.
///
///     bench                    the table's figures
///     bench pairing            plans a city's and a province's pairing
///     bench clock              computes due dates
///     bench loop [TIMERS [PROBLEMS]]  walks problems through the loop
///     bench search ENGINE DATABASE  looks for names in a database that is full
///     bench figures FILE       asks a database that is full for figures
///     bench inserts FOLDER      what SQLite itself can insert, a transaction each
///     bench read FILE          reads a workbook
///     bench solve FILE         solves a bare instance
///     bench fill FILE PROBLEMS  fills a database for measuring pages
///     bench hammer DATABASE    registers problems without end and prints each that was acknowledged
@main
enum Bench {
  static let seconds = 3.0
  static let ring = KeyRing([.random()])

  static func main() async throws {
    let arguments = CommandLine.arguments.dropFirst()
    if arguments.first == "hammer", let address = arguments.last {
      return try await Hammer(address: address).run()
    }
    if arguments.first == "fill", arguments.count == 3,
      let count = arguments.last.flatMap({ Int($0) })
    {
      return try await PageFill(arguments[arguments.startIndex + 1]).run(problems: count)
    }
    if arguments.first == "pairing" { return try await PairingBench.run() }
    if arguments.first == "clock" { return try ClockBench.run() }
    if arguments.first == "loop" { return try await loop(Array(arguments.dropFirst())) }
    if arguments.first == "verify", let address = arguments.last {
      return try await verify("profile", SQLiteDatabase(path: address))
    }
    if arguments.first == "search", arguments.count == 3, let address = arguments.last {
      return try await RegisterBench.search(arguments[arguments.startIndex + 1], address)
    }
    if arguments.first == "figures", arguments.count == 2, let path = arguments.last {
      return try await FigureBench.run(path)
    }
    if arguments.first == "solve", let path = arguments.last { return try SolverBench.run(path) }
    if arguments.first == "inserts", let folder = arguments.last {
      let rate = try RawEngines.sqlite(path: folder + "/inserts.sqlite", seconds: seconds)
      return report("sqlite: raw durable inserts, 1 client", rate, "/s")
    }
    if arguments.first == "read", let path = arguments.last {
      return try RegisterBench.read(path)
    }
    let folder = FileManager.default.currentDirectoryPath + "/.build/bench-\(getpid())"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }

    let rawSQLite = try RawEngines.sqlite(path: folder + "/raw.sqlite", seconds: seconds)
    report("sqlite: raw durable inserts, 1 client", rawSQLite, "/s")
    let sqlite = try SQLiteDatabase(path: folder + "/ledger.sqlite")
    try await appends("sqlite", sqlite) { _ in (rawSQLite, rawSQLite) }
    try await verify("sqlite", sqlite)
    await sqlite.close()

    if let url = ProcessInfo.processInfo.environment["LIANBANG_TEST_POSTGRES"] {
      let server = try PostgresDatabase(url: url, connections: 1)
      try await server.write { try $0.runScript("create schema bench") }
      let own = url + "&options=-csearch_path%3Dbench"
      let postgres = try PostgresDatabase(url: own)
      try await appends("postgres", postgres) { clients in
        let raw = (
          append: try RawEngines.pgbench(url: own, clients: clients, useCase: false),
          useCase: try RawEngines.pgbench(url: own, clients: clients, useCase: true)
        )
        report("postgres: the same insert by pgbench, \(clients) clients", raw.append, "/s")
        report("postgres: the use case by pgbench, \(clients) clients", raw.useCase, "/s")
        return raw
      }
      try await verify("postgres", postgres)
      await postgres.close()
      try await server.write { try $0.runScript("drop schema bench cascade") }
    }
  }

  static func report(_ name: String, _ value: Double, _ unit: String) {
    let line =
      #"{"name": "\#(name)", "value": \#((value * 100).rounded() / 100), "unit": "\#(unit)"}"#
      + "\n"
    // Not print: figures are read as they come, also from a pipe.
    FileHandle.standardOutput.write(Data(line.utf8))
  }

  static func platform(_ database: any Database, _ ring: KeyRing) async throws -> Platform {
    try await Migrations.apply(to: database, now: now)
    let vault = try await Vault.establish(on: database, ring, suite: nil, now: now)
    return Platform(
      database: database, vault: vault, data: try CampaignData(resources: "Resources"),
      now: { now })
  }

  static var now: Instant {
    Instant(milliseconds: Int64(Date().timeIntervalSince1970 * 1000))
  }

  /// The office's account as use cases see it; nobody signs in.
  static let office = Account(
    id: AccountID(1), username: "bench", name: "bench", role: .office, unit: nil)
  static let registration = Registration(
    track: "enterprise", title: "村东机井水泵损坏，麦田无法浇灌", detail: "水泵电机烧毁，请予支持。",
    concerns: "清河县示例机械厂", foundOn: "2026-01-05")

  /// Appends by a use case (RegisterProblem: number, ledger entry and row in one transaction) and bare
  /// ones, beside raw inserts.
  static func appends(
    _ name: String, _ database: any Database,
    raw: @Sendable (_ clients: Int) throws -> (append: Double, useCase: Double)
  ) async throws {
    let platform = try await platform(database, ring)
    let register = RegisterProblem(platform)
    for clients in [1, 8] {
      let plural = clients == 1 ? "" : "s"
      let cases = try await rate(clients) { _, _ in
        _ = try await register(registration, by: office)
      }
      report("\(name): ledger appends by a use case, \(clients) client\(plural)", cases, "/s")
      let bare = try await rate(clients) { client, count in
        let now = now
        try await database.write { connection in
          try LedgerRows.append(
            LedgerEntry(
              id: Identifiers.shared.next(now), stream: "bench/\(clients)/\(client)",
              version: count, at: now, actor: .system, kind: "problem.judged", payload: payload),
            to: connection)
        }
      }
      report("\(name): ledger appends alone, \(clients) client\(plural)", bare, "/s")
      let raw = try raw(clients)
      report("\(name): use case / raw, \(clients) client\(plural)", cases / raw.useCase, "ratio")
      report("\(name): append / raw, \(clients) client\(plural)", bare / raw.append, "ratio")
    }
  }

  static let payload =
    #"{"category":"infrastructure","difficulty":"general","note":"水泵损坏，先抢修后更换，本周内恢复灌溉。"}"#

  /// How often clients can do something in a second.
  static func rate(
    _ clients: Int, _ work: @escaping @Sendable (_ client: Int, _ count: Int) async throws -> Void
  ) async throws -> Double {
    let start = Date()
    let total = try await withThrowingTaskGroup(of: Int.self) { group in
      for client in 0..<clients {
        group.addTask {
          var count = 0
          while Date().timeIntervalSince(start) < seconds {
            count += 1
            try await work(client, count)
          }
          return count
        }
      }
      return try await group.reduce(0, +)
    }
    return Double(total) / Date().timeIntervalSince(start)
  }
}
