import Foundation
import Storage
import Synchronization
import TestSupport
import Testing

/// Looks: short reads, which requests do on their own threads where the engine is in this process.
@Suite(.timeLimit(.minutes(1))) struct LookTests {
  private func asRequest<T: Sendable>(
    _ body: @escaping @Sendable () async throws -> T
  ) async throws -> T {
    try await withTaskExecutorPreference(RequestThreads.shared) { try await body() }
  }

  private func fill(_ database: any Database) async throws {
    try await database.write { connection in
      try connection.runScript("create table t (a integer primary key)")
      try connection.run("insert into t values (?1)", [1])
    }
  }

  private static let count: @Sendable (any Connection) throws -> Int64? = { connection in
    try connection.row("select count(*) from t") { try $0.int(0) }
  }

  @Test(arguments: Engine.available)
  func seesWhatWasWritten(engine: Engine) async throws {
    try await engine.withDatabase { database in
      try await fill(database)
      #expect(!RequestThreads.areHere)
      #expect(try await database.look(Self.count) == 1)
      try await asRequest {
        #expect(RequestThreads.areHere)
        #expect(try await database.look(Self.count) == 1)
        try await database.write { _ = try $0.run("insert into t values (?1)", [2]) }
        #expect(try await database.look(Self.count) == 2)
      }
    }
  }

  @Test(arguments: Engine.available)
  func writesNothing(engine: Engine) async throws {
    try await engine.withDatabase { database in
      try await fill(database)
      await #expect(throws: StorageError.self) {
        try await asRequest {
          try await database.look { _ = try $0.run("insert into t values (?1)", [2]) }
        }
      }
      // The connection is as good as before.
      let count = try await asRequest { try await database.look(Self.count) }
      #expect(count == 1)
    }
  }

  /// Two questions of one look have the same answer, whatever is written between them.
  @Test(arguments: Engine.available)
  func isOneSnapshot(engine: Engine) async throws {
    try await engine.withDatabase { database in
      try await fill(database)
      let (asked, written) = (DispatchSemaphore(value: 0), DispatchSemaphore(value: 0))
      let writing = Thread {
        asked.wait()
        Task {
          try await database.write { _ = try $0.run("insert into t values (?1)", [2]) }
          written.signal()
        }
      }
      writing.start()
      let counts = try await asRequest {
        try await database.look { connection in
          let before = try Self.count(connection)
          asked.signal()
          written.wait()
          return [before, try Self.count(connection)]
        }
      }
      #expect(counts == [1, 1])
      #expect(try await database.look(Self.count) == 2)
    }
  }

  @Test func onSQLiteItIsTheRequestsThread() async throws {
    try await Engine.sqlite.withDatabase { database in
      try await asRequest {
        let own = pthread_self()
        let its = try await database.look { _ in pthread_self() }
        #expect(its == own)
      }
      let own = pthread_self()
      let another = try await database.look { _ in pthread_self() }
      #expect(another != own)
    }
  }

  private final class Stuck: Sendable {
    let count = Atomic(0)
  }

  /// The disk stands still under as many looks as there are cores: others are answered all the same.
  @Test func whatStandsStillHoldsUpNobodyElse() async throws {
    try await Engine.sqlite.withDatabase { database in
      try await fill(database)
      let cores = ProcessInfo.processInfo.activeProcessorCount
      let disk = DispatchSemaphore(value: 0)
      let stuck = Stuck()
      try await withThrowingTaskGroup(of: Void.self) { group in
        for _ in 0..<cores {
          group.addTask(executorPreference: RequestThreads.shared) {
            try await database.look { _ in
              stuck.count.add(1, ordering: .relaxed)
              disk.wait()
            }
          }
        }
        while stuck.count.load(ordering: .relaxed) < cores {
          try await Task.sleep(for: .milliseconds(1))
        }
        let began = ContinuousClock.now
        let seen = try await asRequest { try await database.look(Self.count) }
        let waited = ContinuousClock.now - began
        for _ in 0..<cores { disk.signal() }
        #expect(seen == 1)
        // Dispatch adds a thread a second.
        #expect(waited < .seconds(10), "\(waited)")
        try await group.waitForAll()
      }
    }
  }
}
