import Domain
import Foundation
import GRDBSQLite

/// The engines without us.
enum RawEngines {
  /// SQLite's C interface: WAL, synchronous=FULL, one prepared insert in a transaction of its own,
  /// into a table with a key and nothing else.
  static func sqlite(path: String, seconds: Double) throws -> Double {
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
      _ = Bench.payload.withCString {
        sqlite3_bind_text(insert, 2, $0, -1, unsafeBitCast(-1, to: sqlite3_destructor_type.self))
      }
      precondition(sqlite3_step(insert) == SQLITE_DONE)
      sqlite3_reset(insert)
    }
    return Double(count) / Date().timeIntervalSince(start)
  }

  /// pgbench with our own statements, prepared, on tables of the same shape.
  /// - Parameter useCase: all of RegisterProblem in a transaction, instead of the ledger's insert alone.
  static func pgbench(url: String, clients: Int, useCase: Bool) throws -> Double {
    let script = FileManager.default.temporaryDirectory.appendingPathComponent("pgbench.sql").path
    let hash = "'\\x" + String(repeating: "5a", count: 32) + "'"
    let ledger = """
      insert into raw (id, stream, version, at, actor, kind, payload, leaf_hash)
      values (nextval('raw_id'), 'bench/' || :client_id, currval('raw_id'), 1795190400000, 'system',
        'problem.judged', '\(Bench.payload)', \(hash));
      """
    let problem = """
      insert into raw_problems (
        id, version, state, round, number, track, title, detail, concerns, found_on, registered_at)
      values (nextval('raw_id'), 1, 'registered', 0, :number, 'enterprise',
        '\(Bench.registration.title)', '\(Bench.registration.detail)',
        '\(Bench.registration.concerns)', 20458, 1795190400000);
      """
    let text =
      useCase
      ? """
      begin isolation level repeatable read;
      select nextval('raw_number') as number \\gset
      \(ledger)
      \(problem)
      commit;
      """ : ledger
    try text.write(toFile: script, atomically: true, encoding: .utf8)
    _ = try run(
      "psql",
      [
        url, "-q", "-c",
        """
        set client_min_messages = error;
        drop table if exists raw, raw_problems; drop sequence if exists raw_id, raw_number;
        create sequence raw_id cache 100; create sequence raw_number;
        create table raw (like ledger including all);
        create table raw_problems (like problems including all);
        """,
      ])
    // By number: pgbench ends by an alarm, which a child of ours does not hear.
    let output = try run(
      "pgbench",
      [
        "-n", "-M", "prepared", "-c", "\(clients)", "-j", "2", "-t", "\(16_000 / clients)",
        "-f", script, url,
      ])
    guard let line = output.split(separator: "\n").first(where: { $0.hasPrefix("tps = ") }),
      let rate = Double(line.split(separator: " ")[2])
    else { fatalError("pgbench said: \(output)") }
    return rate
  }

  private static func run(_ name: String, _ arguments: [String]) throws -> String {
    let process = Process()
    let output = Pipe()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = [name] + arguments
    process.standardOutput = output
    try process.run()
    let text = String(
      decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    guard process.terminationStatus == 0 else { fatalError("\(name) failed") }
    return text
  }
}
