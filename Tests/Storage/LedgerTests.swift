import Cryptography
import Domain
import Ledger
import Storage
import TestSupport
import Testing

@Suite struct LedgerTests {
  private func vault(_ database: any Database) async throws -> Vault {
    try await Vault.establish(on: database, KeyRing([.random()]), suite: nil, now: .reference)
  }

  private func append(_ stream: String, _ version: Int, _ database: any Database) async throws {
    try await database.write { try LedgerRows.append(entry(stream, version), to: $0) }
  }

  private func entry(_ stream: String, _ version: Int) -> LedgerEntry {
    LedgerEntry(
      id: Identifiers.shared.next(.reference), stream: stream, version: version, at: .reference,
      actor: .system, kind: "test.done", payload: #"{"n":1}"#)
  }

  /// UNIQUE (stream, version): of two that saw the same state one is told.
  @Test(arguments: Engine.available)
  func theOptimisticLock(engine: Engine) async throws {
    try await engine.withDatabase { database in
      try await append("problem/1", 1, database)
      await #expect(throws: LedgerRows.Conflict.self) { try await append("problem/1", 1, database) }
      try await append("problem/1", 2, database)
      try await append("problem/2", 1, database)
    }
  }

  /// An error that a use case swallows does not pass for a commit: PostgreSQL would roll back.
  @Test(arguments: Engine.available)
  func aSwallowedErrorLosesNothingSilently(engine: Engine) async throws {
    try await engine.withDatabase { database in
      var isRefused = false
      do {
        try await database.write { connection in
          try LedgerRows.append(entry("s", 1), to: connection)
          _ = try? connection.run("insert into nothing values (1)")
        }
      } catch {
        isRefused = true
      }
      let count = try await database.read { try LedgerLeaves.pending(in: $0).count }
      #expect(count == (isRefused ? 0 : 1))
    }
  }

  @Test(arguments: Engine.available)
  func theSequencerBuildsTheTree(engine: Engine) async throws {
    try await engine.withDatabase { database in
      let vault = try await vault(database)
      // More than one batch of 1,000.
      try await database.write { connection in
        for version in 1...2500 { try LedgerRows.append(entry("s", version), to: connection) }
      }
      #expect(try await Sequencer.run(on: database, vault, now: .reference) == 2500)
      #expect(try await Sequencer.run(on: database, vault, now: .reference) == 0)
      try await append("s", 2501, database)
      #expect(try await Sequencer.run(on: database, vault, now: .reference) == 1)
      let (entries, heads) = try await database.read {
        (
          try LedgerLeaves.stored(from: 0, limit: 5000, in: $0),
          try LedgerHeads.heads(after: 0, upTo: 5000, in: $0)
        )
      }
      #expect(entries.map(\.leafIndex) == (0...2500).map { Int64($0) })
      #expect(heads.map(\.size) == [1000, 2000, 2500, 2501])
      var tree = MerkleTree(.international)
      for entry in entries { tree.append(MerkleTree.leafHash(entry.bytes, .international)) }
      #expect(heads.last?.root == tree.root.bytes)
    }
  }

  @Test(arguments: Engine.available)
  func severalSequencersGiveEachEntryOnePlace(engine: Engine) async throws {
    try await engine.withDatabase { database in
      let vault = try await vault(database)
      try await withThrowingTaskGroup(of: Void.self) { group in
        for client in 0..<4 {
          group.addTask {
            for version in 1...25 {
              try await append("s/\(client)", version, database)
              if version % 5 == 0 {
                _ = try await Sequencer.run(on: database, vault, now: .reference)
              }
            }
          }
        }
        try await group.waitForAll()
      }
      try await Sequencer.run(on: database, vault, now: .reference)
      let entries = try await database.read {
        try LedgerLeaves.stored(from: 0, limit: 500, in: $0)
      }
      #expect(entries.map(\.leafIndex) == (0..<100).map { Int64($0) })
    }
  }
}
