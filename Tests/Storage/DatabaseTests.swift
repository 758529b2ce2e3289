import Dispatch
import Domain
import Foundation
import Storage
import StoragePostgres
import StorageSQLite
import Synchronization
import TestSupport
import Testing

/// What every engine must do.
@Suite struct DatabaseTests {
  @Test func bothEnginesAreTestedUnderCI() {
    let isCI = ProcessInfo.processInfo.environment["CI"] != nil
    #expect(
      !isCI || Engine.available == Engine.allCases, "run by make test, which starts PostgreSQL")
  }

  private static let table = """
    create table things (
      id {integer} primary key, name text unique, raw {bytes}, parent {integer} references things (id),
      amount {integer} check (amount > 0)
    ) {strict}
    """

  private func withTable(
    _ engine: Engine, _ body: (any Database) async throws -> Void
  ) async throws {
    try await engine.withDatabase(migrated: false) { database in
      try await database.write { try $0.runScript($0.dialect.schema(Self.table)) }
      try await body(database)
    }
  }

  @Test(arguments: Engine.available)
  func valuesComeBackAsTheyWent(engine: Engine) async throws {
    try await withTable(engine) { database in
      let texts = ["", "村口 'x' \"y\"", "𠮷 ?1 $1", "a\u{301}"]
      let numbers = [Int64.min, -1, 0, Int64.max]
      try await database.write { connection in
        for (index, text) in texts.enumerated() {
          try connection.run(
            "insert into things (id, name, raw) values (?1, ?2, ?3)",
            [numbers[index], text, Array(text.utf8) + [0, 255]])
        }
        try connection.run("insert into things (id) values (?1)", [7])
      }
      let rows = try await database.read { connection in
        try connection.rows("select id, name, raw from things order by id") {
          (try $0.int(0), try $0.optionalText(1), try $0.optionalBytes(2))
        }
      }
      #expect(rows.count == 5)
      for (index, text) in texts.enumerated() {
        let row = try #require(rows.first { $0.0 == numbers[index] && $0.1 != nil })
        #expect(row.1.map { Array($0.utf8) } == Array(text.utf8))
        #expect(row.2 == Array(text.utf8) + [0, 255])
      }
      #expect(rows.contains { $0 == (7, nil, nil) })
    }
  }

  @Test(arguments: Engine.available)
  func aTransactionIsAllOrNothing(engine: Engine) async throws {
    struct Stop: Error {}
    try await withTable(engine) { database in
      await #expect(throws: Stop.self) {
        try await database.write { connection in
          try connection.run("insert into things (id) values (1)")
          throw Stop()
        }
      }
      let count = try await database.read {
        try $0.row("select count(*) from things") { try $0.int(0) }
      }
      #expect(count == 0)
    }
  }

  @Test(arguments: Engine.available)
  func errorsAreTyped(engine: Engine) async throws {
    try await withTable(engine) { database in
      func fault(_ sql: String) async -> StorageError? {
        do {
          try await database.write { connection in
            try connection.run("insert into things (id, name) values (1, 'a')")
            try connection.run(sql)
          }
          return nil
        } catch {
          return error as? StorageError
        }
      }
      guard case .notUnique = await fault("insert into things (id) values (1)") else {
        Issue.record("primary key")
        return
      }
      guard
        case .notUnique(let name) = await fault("insert into things (id, name) values (2, 'a')"),
        name.contains("name")
      else {
        Issue.record("unique column is not named")
        return
      }
      guard case .foreignKey = await fault("insert into things (id, parent) values (2, 9)") else {
        Issue.record("foreign key")
        return
      }
      guard case .check = await fault("insert into things (id, amount) values (2, 0)") else {
        Issue.record("check")
        return
      }
      guard case .statement = await fault("insert into nothing values (1)") else {
        Issue.record("statement")
        return
      }
    }
  }

  /// Writers that read before they write lose no update: they are run again.
  @Test(arguments: Engine.available)
  func concurrentWritersAreSerialised(engine: Engine) async throws {
    try await withTable(engine) { database in
      try await database.write { try $0.run("insert into things (id, amount) values (1, 1)") }
      try await withThrowingTaskGroup(of: Void.self) { group in
        for _ in 0..<4 {
          group.addTask {
            for _ in 0..<10 {
              try await database.write { connection in
                let amount = try connection.row("select amount from things where id = 1") {
                  try $0.int(0)
                }!
                try connection.run("update things set amount = ?1 where id = 1", [amount + 1])
              }
            }
          }
        }
        try await group.waitForAll()
      }
      let amount = try await database.read {
        try $0.row("select amount from things where id = 1") { try $0.int(0) }
      }
      #expect(amount == 41)
    }
  }

  /// What is read within one closure is one snapshot, whatever is committed meanwhile.
  @Test(arguments: Engine.available)
  func aReadIsASnapshot(engine: Engine) async throws {
    try await withTable(engine) { database in
      let (first, second) = try await database.read { connection in
        let count = { try connection.row("select count(*) from things") { try $0.int(0) }! }
        let before = try count()
        let written = DispatchSemaphore(value: 0)
        Task.detached {
          try await database.write { try $0.run("insert into things (id) values (1)") }
          written.signal()
        }
        written.wait()
        return (before, try count())
      }
      #expect((first, second) == (0, 0))
    }
  }

  /// A kill -9 after an acknowledged write loses nothing: SQLite must sync on every commit.
  @Test func sqliteSyncsEveryCommit() async throws {
    try await Engine.sqlite.withDatabase { database in
      let settings = try await database.write { connection in
        try ["synchronous", "foreign_keys"].map { name in
          try connection.row("pragma \(name)") { try $0.int(0) }
        } + [
          connection.row("select journal_mode = 'wal' from pragma_journal_mode") { try $0.int(0) }
        ]
      }
      // 2 is FULL.
      #expect(settings == [2, 1, 1])
    }
  }

  /// Results of any size, rows put in by the thousand, and both within one another.
  @Test(arguments: Engine.available)
  func streamsAndBatches(engine: Engine) async throws {
    try await withTable(engine) { database in
      let rows: [[any SQLConvertible]] = (1...3000).map {
        [$0, "第 \($0) 行\n\t\\", $0 % 3 == 0 ? Int?.none : $0]
      }
      try await database.write { try $0.insert(into: "things", ["id", "name", "amount"], rows) }
      let (sum, inner, text) = try await database.read { connection in
        var (sum, inner, text) = (Int64(0), Int64(0), "")
        try connection.stream("select id, name from things where id > ?1 order by id", [1]) { row in
          sum += try row.int(0)
          text = try row.text(1)
          if try row.int(0) % 1000 == 0 {
            try connection.stream("select amount from things where id < ?1", [4]) {
              inner += try $0.optionalInt(0) ?? 100
            }
          }
        }
        return (sum, inner, text)
      }
      #expect(sum == 3000 * 3001 / 2 - 1)
      #expect(inner == 3 * (1 + 2 + 100))
      #expect(text == "第 3000 行\n\t\\")
    }
  }

  /// A batch with one bad row is not in at all.
  @Test(arguments: Engine.available)
  func aBatchIsWholeOrNot(engine: Engine) async throws {
    try await withTable(engine) { database in
      await #expect(throws: StorageError.self) {
        try await database.write {
          try $0.insert(into: "things", ["id", "amount"], [[1, 1], [2, 0], [3, 3]])
        }
      }
      try await database.write { try $0.insert(into: "things", ["id", "amount"], []) }
      let count = try await database.read {
        try $0.row("select count(*) from things") { try $0.int(0) }
      }
      #expect(count == 0)
    }
  }

  /// A statement without end is ended, and the connection goes on.
  @Test(arguments: Engine.available)
  func statementsTimeOut(engine: Engine) async throws {
    try await engine.withAddress { address in
      let database = try engine.open(address, statementTimeout: .milliseconds(200))
      let endless = """
        with recursive numbers (n) as (select 1 union all select n + 1 from numbers)
        select count(*) from numbers
        """
      for _ in 0..<2 {
        await #expect(throws: StorageError.timeout) {
          try await database.read { try $0.row(endless) { try $0.int(0) } }
        }
        let one = try await database.read { try $0.row("select 1") { try $0.int(0) } }
        #expect(one == 1)
      }
      await database.close()
    }
  }

  /// Work that nobody waits for any more is not done, and a queue has an end.
  @Test func queuesHaveAnEnd() async throws {
    let threads = OwnedThreads(count: 1, longestQueue: 2, patience: .milliseconds(50))
    let (began, go) = (DispatchSemaphore(value: 0), DispatchSemaphore(value: 0))
    let ran = Counter()
    let first = Task {
      try await threads.run {
        began.signal()
        go.wait()
      }
    }
    while began.wait(timeout: .now()) != .success { try await Task.sleep(for: .milliseconds(1)) }
    let waiting = (0..<2).map { _ in
      Task { try await threads.run { ran.count.add(1, ordering: .relaxed) } }
    }
    while threads.load.waiting < 2 { try await Task.sleep(for: .milliseconds(1)) }
    await #expect(throws: StorageError.contention) { try await threads.run {} }
    try await Task.sleep(for: .milliseconds(60))
    go.signal()
    try await first.value
    for task in waiting {
      await #expect(throws: StorageError.timeout) { try await task.value }
    }
    #expect(ran.count.load(ordering: .relaxed) == 0)
    #expect(threads.load.running == 0 && threads.load.waiting == 0)
    await threads.close()
  }

  /// Reads that may lag go to the replica; without one, or when it does not answer, to the primary.
  @Test(.enabled(if: Engine.available.contains(.postgres)))
  func replicas() async throws {
    try await Engine.postgres.withAddress { primary in
      try await Engine.postgres.withAddress { other in
        for (address, text) in [(primary, "primary"), (other, "replica")] {
          let database = try Engine.postgres.open(address)
          try await database.write {
            try $0.runScript("create table who (name text); insert into who values ('\(text)')")
          }
          await database.close()
        }
        func ask(_ replica: String?, _ source: ReadSource) async throws -> String? {
          let database = try PostgresDatabase(url: primary, replica: replica, connections: 2)
          let name = try await database.read(from: source) {
            try $0.row("select name from who") { try $0.text(0) }
          }
          await database.close()
          return name
        }
        let found = [
          try await ask(other, .replica), try await ask(other, .primary),
          try await ask(nil, .replica), try await ask("postgres://x@/y?host=/nowhere", .replica),
        ]
        #expect(found == ["replica", "primary", "primary", "primary"])
      }
    }
  }

  /// Connections that the server ended while they lay idle cost nobody an error.
  @Test(.enabled(if: Engine.available.contains(.postgres)))
  func aServerThatEndsConnections() async throws {
    try await Engine.postgres.withDatabase { database in
      let other = try Engine.postgres.open(Engine.postgresURL!)
      let own = try await database.read { try $0.row("select pg_backend_pid()") { try $0.int(0) }! }
      try await other.write {
        try $0.forEach("select pg_terminate_backend(?1::int)", [own]) { _ in }
      }
      await other.close()
      #expect(try await database.read { try $0.row("select 1") { try $0.int(0) } } == 1)
    }
  }

  @Test func whatCannotBeReachedIsSaid() {
    #expect(throws: StorageError.self) { try Engine.postgres.open("postgres://x@/y?host=/nowhere") }
    #expect(throws: StorageError.self) { try Engine.sqlite.open("/proc/nowhere/a.sqlite") }
  }

  @Test func idsGrow() {
    let now = Instant.reference
    let ids = (0..<10_000).map { _ in Identifiers.shared.next(now) }
    #expect(zip(ids, ids.dropFirst()).allSatisfy { $0 < $1 })
    #expect(ids.allSatisfy { $0 > 0 })
  }
}

private final class Counter: Sendable {
  let count = Atomic(0)

  /// One row and many rows by the same statement, in any order: each is what was given.
  @Test(arguments: Engine.available)
  func oneRowAndManyByTheSameStatement(engine: Engine) async throws {
    try await engine.withDatabase { database in
      let rows = try await database.write { connection in
        try connection.run(
          connection.dialect.schema("create table t (a {integer} not null, b text) {strict}"))
        let one = insertion(into: "t", ["a", "b"])
        try connection.run(one, [1, "x"])
        try connection.insert(into: "t", ["a", "b"], [[2, ""], [3, String?.none]])
        try connection.run(one, [4, "y"])
        try connection.insert(into: "t", ["a", "b"], [[5, "字"]])
        return try connection.rows("select a, b from t order by a") {
          "\(try $0.int(0)) \(try $0.optionalText(1) ?? "–")"
        }
      }
      #expect(rows == ["1 x", "2 ", "3 –", "4 y", "5 字"])
    }
  }

  @Test func closingTwiceIsNothing() async throws {
    try await Engine.sqlite.withDatabase { database in
      await database.close()
      await database.close()
    }
  }

  /// Whoever copies the file of a program that has ended has everything.
  @Test func aClosedDatabaseIsOneFile() async throws {
    let folder = ScratchFolder()
    let path = folder("one.sqlite")
    let database = try SQLiteDatabase(path: path)
    try await Migrations.apply(to: database, now: .reference)
    await database.close()
    try FileManager.default.copyItem(atPath: path, toPath: folder("copy.sqlite"))
    let copy = try SQLiteDatabase(path: folder("copy.sqlite"))
    #expect(try await Migrations.areApplied(to: copy))
    await copy.close()
  }
}
