import Domain
import Foundation
import Storage
import StoragePostgres
import StorageSQLite

/// An engine under test. `make test` starts a PostgreSQL and names it in the environment.
package enum Engine: String, Sendable, CaseIterable, CustomStringConvertible {
  case sqlite, postgres

  package static var postgresURL: String? {
    ProcessInfo.processInfo.environment["LIANBANG_TEST_POSTGRES"]
  }

  /// Both, or SQLite alone where no PostgreSQL was started; under CI that is a failure.
  package static var available: [Engine] { postgresURL == nil ? [.sqlite] : allCases }

  package var description: String { rawValue }

  /// Runs a test on a database of its own that is gone afterwards.
  package func withDatabase<T>(
    migrated: Bool = true, _ body: (any Database) async throws -> T
  ) async throws -> T {
    try await withAddress { address in
      let database = try open(address)
      if migrated { try await Migrations.apply(to: database, now: .reference) }
      do {
        let result = try await body(database)
        await database.close()
        return result
      } catch {
        await database.close()
        throw error
      }
    }
  }

  /// A fresh file, or a fresh schema on the PostgreSQL server.
  package func withAddress<T>(_ body: (String) async throws -> T) async throws -> T {
    let name = "t" + UUID().uuidString.replacing("-", with: "").lowercased()
    switch self {
    case .sqlite:
      let folder = FileManager.default.temporaryDirectory.appendingPathComponent(name).path
      defer { try? FileManager.default.removeItem(atPath: folder) }
      return try await body(folder + "/test.sqlite")
    case .postgres:
      let url = Engine.postgresURL!
      let server = try PostgresDatabase(url: url, connections: 1)
      try await server.write { try $0.runScript("create schema \(name)") }
      let result: Result<T, any Error>
      do {
        result = .success(try await body(url + "&options=-csearch_path%3D\(name)"))
      } catch {
        result = .failure(error)
      }
      try await server.write { try $0.runScript("drop schema \(name) cascade") }
      await server.close()
      return try result.get()
    }
  }

  /// A fresh file, or a database of its own on the PostgreSQL server, for what concerns a whole
  /// database.
  package func withOwnDatabase<T>(_ body: (String) async throws -> T) async throws -> T {
    guard self == .postgres, let url = Engine.postgresURL else {
      return try await withAddress(body)
    }
    let name = "d" + UUID().uuidString.replacing("-", with: "").lowercased()
    try Engine.psql(url, "create database \(name)")
    let result: Result<T, any Error>
    do {
      result = .success(try await body(url.replacing("/postgres?", with: "/\(name)?")))
    } catch {
      result = .failure(error)
    }
    try Engine.psql(url, "drop database \(name) with (force)")
    return try result.get()
  }

  private static func psql(_ url: String, _ sql: String) throws {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["psql", url, "-q", "-c", sql]
    try process.run()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else { throw StorageError.statement(sql) }
  }

  package func open(
    _ address: String, statementTimeout: Duration = .seconds(15)
  ) throws -> any Database {
    switch self {
    case .sqlite: try SQLiteDatabase(path: address, statementTimeout: statementTimeout)
    case .postgres:
      try PostgresDatabase(url: address, connections: 4, statementTimeout: statementTimeout)
    }
  }
}

extension Instant {
  /// When tests take place unless they say otherwise: 2026-02-12 10:00 in Asia/Shanghai.
  package static let reference = Instant(startOf: Day("2026-02-12")!) + 10 * 3600
}
