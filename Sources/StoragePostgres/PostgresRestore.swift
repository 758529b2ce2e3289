import Storage
import Synchronization

/// A schema without tables.
package final class PostgresRestore: RestoreTarget {
  package let dialect = Dialect.postgres
  private let url: String
  /// Whether the place was seen empty: only then are the tables in it ours to take away.
  private let hasBegun = Mutex(false)

  package init(url: String) {
    self.url = url
  }

  package func restore(
    _ file: String, filling: @escaping @Sendable (any Connection) throws -> Void
  ) async throws -> any Database {
    let database = try PostgresDatabase(
      url: url, connections: 4, statementTimeout: .seconds(600))
    let tables = try await database.read(Self.tables)
    guard tables.isEmpty else {
      await database.close()
      throw RestoreFault.notEmpty(tables[0])
    }
    hasBegun.withLock { $0 = true }
    let arguments = ["--exit-on-error", "--no-owner", "--no-privileges", file]
    try await PostgresTool.run(
      "pg_restore", url, ["--section=pre-data", "--section=data"] + arguments)
    try await database.write(filling)
    // Keys and references between tables come last.
    try await PostgresTool.run("pg_restore", url, ["--section=post-data"] + arguments)
    return database
  }

  package func keep() async throws {}

  package func discard() async {
    guard hasBegun.withLock({ $0 }),
      let database = try? PostgresDatabase(url: url, connections: 1)
    else { return }
    _ = try? await database.write { connection in
      for table in try Self.tables(connection) {
        try connection.runScript("drop table if exists \(table) cascade")
      }
      try connection.runScript("drop sequence if exists problem_number")
    }
    await database.close()
  }

  @Sendable private static func tables(_ connection: any Connection) throws -> [String] {
    try connection.rows(
      "select tablename::text from pg_tables where schemaname = current_schema() order by 1"
    ) { try $0.text(0) }
  }
}
