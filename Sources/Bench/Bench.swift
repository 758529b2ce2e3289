import CPostgres
import Cryptography
import Domain
import Foundation
import GRDBSQLite
import Ledger
import Storage
import StoragePostgres
import StorageSQLite

/// Durable ledger appends beside the engine's own inserts of rows of the same size, one transaction
/// each, in the same run. Prints one JSON object a line: {"name", "value", "unit"}.
@main
enum Bench {
  static func main() async throws {
    let folder = FileManager.default.currentDirectoryPath + "/.build/bench-\(getpid())"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }

    let rawSQLite = try rawSQLite(path: folder + "/raw.sqlite", seconds: seconds)
    let sqlite = try SQLiteDatabase(path: folder + "/ledger.sqlite")
    try await measure("sqlite", sqlite, raw: rawSQLite)

    if let url = ProcessInfo.processInfo.environment["LIANBANG_TEST_POSTGRES"] {
      let server = try PostgresDatabase(url: url, connections: 1)
      try await server.write { try $0.runScript("create schema bench") }
      let own = url + "&options=-csearch_path%3Dbench"
      let rawPostgres = try rawPostgres(url: own, seconds: seconds)
      try await measure("postgres", PostgresDatabase(url: own), raw: rawPostgres)
      try await server.write { try $0.runScript("drop schema bench cascade") }
    }
  }

  static let seconds = 3.0
  static let payload =
    #"{"category":"infrastructure","difficulty":"general","note":"水泵损坏，先抢修后更换，本周内恢复灌溉。"}"#

  static func report(_ name: String, _ value: Double, _ unit: String) {
    print(#"{"name": "\#(name)", "value": \#((value * 100).rounded() / 100), "unit": "\#(unit)"}"#)
  }

  static func measure(_ name: String, _ database: any Database, raw: Double) async throws {
    try await Migrations.apply(to: database, now: .init(milliseconds: 0))
    report("\(name): raw durable inserts, 1 client", raw, "/s")
    for clients in [1, 8] {
      let rate = try await appends(database, clients: clients)
      report(
        "\(name): ledger appends durable, \(clients) client\(clients == 1 ? "" : "s")", rate, "/s")
      if clients == 1 { report("\(name): ledger append / raw insert", rate / raw, "ratio") }
    }
    await database.close()
  }

  static func appends(_ database: any Database, clients: Int) async throws -> Double {
    let start = Date()
    let total = try await withThrowingTaskGroup(of: Int.self) { group in
      for client in 0..<clients {
        group.addTask {
          var count = 0
          while Date().timeIntervalSince(start) < seconds {
            count += 1
            let version = count
            let now = Instant(milliseconds: Int64(Date().timeIntervalSince1970 * 1000))
            try await database.write { connection in
              try LedgerRows.append(
                LedgerEntry(
                  id: Identifiers.shared.next(now), stream: "bench/\(clients)/\(client)",
                  version: version, at: now, actor: .system, kind: "problem.judged",
                  payload: payload), to: connection)
            }
          }
          return count
        }
      }
      return try await group.reduce(0, +)
    }
    return Double(total) / Date().timeIntervalSince(start)
  }

  /// SQLite's C interface: WAL, synchronous=FULL, one prepared insert in a transaction of its own.
  static func rawSQLite(path: String, seconds: Double) throws -> Double {
    var database: OpaquePointer?
    precondition(sqlite3_open(path, &database) == SQLITE_OK)
    defer { sqlite3_close(database) }
    sqlite3_exec(database, "pragma journal_mode = wal; pragma synchronous = full", nil, nil, nil)
    sqlite3_exec(
      database, "create table raw (id integer primary key, stream text, payload text) strict", nil,
      nil, nil)
    var insert: OpaquePointer?
    sqlite3_prepare_v2(
      database, "insert into raw (id, stream, payload) values (?, 'bench/1/0', ?)", -1, &insert, nil
    )
    defer { sqlite3_finalize(insert) }
    let start = Date()
    var count: Int64 = 0
    while Date().timeIntervalSince(start) < seconds {
      count += 1
      sqlite3_bind_int64(insert, 1, count)
      _ = payload.withCString {
        sqlite3_bind_text(insert, 2, $0, -1, unsafeBitCast(-1, to: sqlite3_destructor_type.self))
      }
      precondition(sqlite3_step(insert) == SQLITE_DONE)
      sqlite3_reset(insert)
    }
    return Double(count) / Date().timeIntervalSince(start)
  }

  /// libpq: one prepared insert, committed by itself.
  static func rawPostgres(url: String, seconds: Double) throws -> Double {
    let connection = PQconnectdb(url)
    defer { PQfinish(connection) }
    PQclear(
      PQexec(connection, "create table raw (id bigserial primary key, stream text, payload text)"))
    PQclear(
      PQprepare(
        connection, "i", "insert into raw (stream, payload) values ('bench/1/0', $1)", 1, nil))
    let start = Date()
    var count = 0
    while Date().timeIntervalSince(start) < seconds {
      count += 1
      payload.withCString { text in
        let values: [UnsafePointer<CChar>?] = [text]
        let result = PQexecPrepared(connection, "i", 1, values, nil, nil, 0)
        precondition(PQresultStatus(result) == PGRES_COMMAND_OK)
        PQclear(result)
      }
    }
    return Double(count) / Date().timeIntervalSince(start)
  }
}
