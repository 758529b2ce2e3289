import Domain
import Storage
import TestSupport
import Testing

@Suite struct MigrationTests {
  private let first = Migration(number: 1, name: "one", script: "create table a (id {integer})")
  private let second = Migration(number: 2, name: "two", script: "create table b (id {integer})")

  @Test(arguments: Engine.available)
  func appliedOnceAndInOrder(engine: Engine) async throws {
    try await engine.withDatabase(migrated: false) { database in
      var applied: [[Int]] = []
      for migrations in [[first], [first, second], [first, second]] {
        applied.append(
          try await Migrations.apply(to: database, now: .reference, migrations: migrations)
            .map(\.number))
      }
      #expect(applied == [[1], [2], []])
    }
  }

  /// In whatever order they are listed; a part that is empty is no statement.
  @Test(arguments: Engine.available)
  func theirNumbersSayTheOrder(engine: Engine) async throws {
    try await engine.withDatabase(migrated: false) { database in
      let third = Migration(
        number: 3, name: "three", script: "",
        only: [.sqlite: "alter table a add column c", .postgres: ""])
      let fourth = Migration(number: 4, name: "four", script: "alter table a add column d text")
      let applied = try await Migrations.apply(
        to: database, now: .reference, migrations: [fourth, third, second, first])
      #expect(applied.map(\.number) == [1, 2, 3, 4])
    }
  }

  @Test(arguments: Engine.available)
  func aChangedOrUnknownMigrationIsRefused(engine: Engine) async throws {
    try await engine.withDatabase(migrated: false) { database in
      try await Migrations.apply(to: database, now: .reference, migrations: [first, second])
      let edited = Migration(number: 2, name: "two", script: "create table c (id {integer})")
      await #expect(throws: MigrationError.changed(number: 2, name: "two")) {
        try await Migrations.apply(to: database, now: .reference, migrations: [first, edited])
      }
      await #expect(throws: MigrationError.unknown(number: 2, name: "two")) {
        try await Migrations.apply(to: database, now: .reference, migrations: [first])
      }
    }
  }

  @Test(arguments: Engine.available)
  func severalServersMayStartAtOnce(engine: Engine) async throws {
    try await engine.withAddress { address in
      try await withThrowingTaskGroup(of: Void.self) { group in
        for _ in 0..<3 {
          group.addTask {
            let database = try engine.open(address)
            try await Migrations.apply(to: database, now: .reference)
            await database.close()
          }
        }
        try await group.waitForAll()
      }
      let database = try engine.open(address)
      let steps = try await Migrations.status(of: database)
      #expect(steps.map(\.number) == Migration.all.map(\.number))
      #expect(steps.allSatisfy { $0.appliedAt == .reference })
      await database.close()
    }
  }
}
