import Cryptography
import Domain

/// One step of the schema. Never edited once landed: the checksum would tell.
package struct Migration: Sendable {
  package let number: Int
  package let name: String
  /// The script in the form of `Dialect.schema`.
  let script: String
  /// What only one engine needs, run after the script.
  let only: [Dialect: String]

  package init(number: Int, name: String, script: String, only: [Dialect: String] = [:]) {
    self.number = number
    self.name = name
    self.script = script
    self.only = only
  }

  var checksum: String {
    let parts = [script] + Dialect.allCases.map { only[$0] ?? "" }
    return Digest.sha256(Array(parts.joined(separator: "\0").utf8)).hex
  }

  package static let all = [
    initialSchema, instanceAndKeys, registers, calendar, loop, orders, attachments, lookBack,
    accounts, workbench, notices, registerLists, problemTexts, pairing, visits, spans,
    sheets, outlines, reports, tokens, webhooks, messages, exchange, idempotency,
    feeds,
  ]
}

package enum MigrationError: Error, Sendable, Equatable {
  /// A migration was edited after it had been applied.
  case changed(number: Int, name: String)
  /// The database knows a migration that this program does not: it is older than the database.
  case unknown(number: Int, name: String)
}

package enum Migrations {
  /// Brings the schema up to date; may be called by several servers at once.
  /// - Returns: the migrations it applied, in the order of their numbers.
  /// - Throws: `MigrationError`, `StorageError`
  @discardableResult
  package static func apply(
    to database: any Database, now: Instant, migrations: [Migration] = Migration.all
  ) async throws -> [Migration] {
    try await database.write(exclusively: .migrating) { connection in
      let pending = try pending(in: connection, of: migrations)
      for migration in pending {
        let scripts = [
          connection.dialect.schema(migration.script), migration.only[connection.dialect] ?? "",
        ]
        // To PostgreSQL's client an empty statement has no result.
        for script in scripts where !script.isEmpty { try connection.runScript(script) }
        try connection.run(
          "insert into schema_migrations (number, name, checksum, applied_at) values (?1, ?2, ?3, ?4)",
          [migration.number, migration.name, migration.checksum, now])
      }
      return pending
    }
  }

  /// Whether the schema is up to date; changes nothing.
  /// - Throws: `MigrationError`, `StorageError`
  package static func areApplied(
    to database: any Database, migrations: [Migration] = Migration.all
  ) async throws -> Bool {
    try await database.read { connection in
      let known = try connection.row(connection.dialect.tableExists("schema_migrations")) { _ in
        true
      }
      return try known != nil && unapplied(in: connection, of: migrations).isEmpty
    }
  }

  package struct Step: Sendable {
    package let number: Int
    package let name: String
    /// Nil while it is pending.
    package let appliedAt: Instant?
  }

  /// All migrations with when they were applied; changes nothing.
  /// - Throws: `MigrationError`, `StorageError`
  package static func status(
    of database: any Database, migrations: [Migration] = Migration.all
  ) async throws -> [Step] {
    try await database.read { connection in
      let known = try connection.row(connection.dialect.tableExists("schema_migrations")) { _ in
        true
      }
      var applied: [Int: Instant] = [:]
      if known != nil {
        _ = try unapplied(in: connection, of: migrations)
        try connection.forEach("select number, applied_at from schema_migrations", []) {
          applied[Int(try $0.int(0))] = try $0.instant(1)
        }
      }
      return migrations.map {
        Step(number: $0.number, name: $0.name, appliedAt: applied[$0.number])
      }
    }
  }

  /// The first view, trigger or rule in the database; nil where it is as the migrations made it.
  package static func stranger(in connection: any Connection) throws -> String? {
    try connection.row(connection.dialect.strangers, []) { try $0.text(0) }
  }

  private static func pending(
    in connection: any Connection, of migrations: [Migration]
  ) throws -> [Migration] {
    try connection.runScript(
      connection.dialect.schema(
        """
        create table if not exists schema_migrations (
          number {integer} primary key,
          name text not null,
          checksum text not null,
          applied_at {integer} not null
        ) {strict}
        """))
    return try unapplied(in: connection, of: migrations)
  }

  private static func unapplied(
    in connection: any Connection, of migrations: [Migration]
  ) throws -> [Migration] {
    let applied = try connection.rows(
      "select number, name, checksum from schema_migrations order by number"
    ) { (number: Int(try $0.int(0)), name: try $0.text(1), checksum: try $0.text(2)) }
    let known = Dictionary(uniqueKeysWithValues: migrations.map { ($0.number, $0) })
    for row in applied {
      guard let migration = known[row.number] else {
        throw MigrationError.unknown(number: row.number, name: row.name)
      }
      guard migration.checksum == row.checksum else {
        throw MigrationError.changed(number: row.number, name: row.name)
      }
    }
    let done = Set(applied.map(\.number))
    return migrations.filter { !done.contains($0.number) }.sorted { $0.number < $1.number }
  }
}
