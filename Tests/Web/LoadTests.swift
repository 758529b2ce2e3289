import Cryptography
import Domain
import Foundation
import HTTP
import HTTPTypes
import Services
import Storage
import TestSupport
import Testing
import Web

/// What the server does when much is asked of it, or the database is gone.
@Suite struct LoadTests {
  /// No blocking call on the cooperative pool: a hundred reads of 50 ms run on the database's own
  /// threads, and `/health` is answered while they wait for them.
  @Test(arguments: Engine.available)
  func slowReadsLeaveHealthQuick(engine: Engine) async throws {
    try await engine.withDatabase { database in
      let platform = try await TestPlatform(database)
      let browser = try Browser(platform.platform)
      let (threads, answers) = try await withThrowingTaskGroup(of: String.self) { group in
        for _ in 0..<100 {
          group.addTask {
            try await database.read { _ in
              Thread.sleep(forTimeInterval: 0.05)
              return Self.threadName()
            }
          }
        }
        var answers = 0
        for _ in 0..<100 {
          let page = try await browser.get("/health")
          #expect(page.status == 200)
          if database.load.waiting > 0 { answers += 1 }
          await Task.yield()
        }
        return (try await group.reduce(into: Set()) { $0.insert($1) }, answers)
      }
      #expect(answers > 0)
      #expect(threads.allSatisfy { $0.hasPrefix("TP-") } && threads.count <= 4, "\(threads)")
    }
  }

  private static func threadName() -> String {
    (try? String(contentsOfFile: "/proc/thread-self/comm", encoding: .utf8)) ?? ""
  }

  @Test(arguments: Engine.available)
  func whatMachinesAsk(engine: Engine) async throws {
    try await engine.withSample { platform in
      let browser = try Browser(platform.platform)
      let empty = try await browser.get("/ledger/checkpoint")
      #expect(empty.status == 404)
      try await platform.sequence()
      var pages: [String: Browser.Page] = [:]
      for path in [
        "/health", "/ready", "/version", "/.well-known/lianbang-ledger", "/ledger/checkpoint",
      ] {
        pages[path] = try await browser.get(path)
        #expect(pages[path]?.status == 200, "\(path)")
      }
      #expect(pages["/version"]?.text == Version.text + "\n")
      let key = try #require(pages["/.well-known/lianbang-ledger"]?.text)
      #expect(key.hasPrefix(platform.platform.vault.origin + "+"))
      #expect(pages["/ledger/checkpoint"]?.text.hasPrefix(platform.platform.vault.origin) == true)
      _ = try await browser.get("/problems")
      let metrics = try await browser.get("/metrics").text
      #expect(metrics.contains("\nlianbang_ledger_size 27\n"))
      #expect(metrics.contains("\nlianbang_database_up 1\n"))
      #expect(
        metrics.contains(
          #"_count{method="GET",route="/problems",status="303"} 1"#))
    }
  }

  /// A database that is gone is said in plain words, with when to come again.
  @Test(arguments: Engine.available)
  func aDatabaseThatIsGone(engine: Engine) async throws {
    try await engine.withSample { platform in
      let gone = Platform(
        database: Gone(platform.platform.database), vault: platform.platform.vault,
        data: .none, now: { .reference })
      let browser = try Browser(gone)
      browser.cookies["lianbang_session"] = "x"
      for path in ["/problems", "/ready", "/ledger/checkpoint"] {
        let page = try await browser.get(path)
        #expect(page.status == 503 && page.headers[.retryAfter] == "2", "\(path)")
      }
      let metrics = try await browser.get("/metrics")
      #expect(metrics.status == 200 && metrics.text.contains("\nlianbang_database_up 0\n"))
      let health = try await browser.get("/health")
      #expect(health.status == 200)
    }
  }
}

/// A database behind a cut line.
private struct Gone: Database {
  let database: any Database

  init(_ database: any Database) { self.database = database }

  var dialect: Dialect { database.dialect }
  var suite: CipherSuite { database.suite }
  var load: DatabaseLoad { database.load }

  func use(_ suite: CipherSuite) {}

  func read<T: Sendable>(
    from source: ReadSource, _ body: @escaping @Sendable (any Connection) throws -> T
  ) async throws -> T { throw StorageError.unavailable("cut") }

  func write<T: Sendable>(
    _ body: @escaping @Sendable (any Connection) throws -> T
  ) async throws -> T { throw StorageError.unavailable("cut") }

  func write<T: Sendable>(
    exclusively work: ExclusiveWork, _ body: @escaping @Sendable (any Connection) throws -> T
  ) async throws -> T { throw StorageError.unavailable("cut") }

  func backUp(to file: String, emptied table: String) async throws {}
  func purge(_ table: String) async throws {}
  func close() async {}
}
