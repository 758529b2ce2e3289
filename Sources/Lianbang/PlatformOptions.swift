import ArgumentParser
import Domain
import Foundation
import Services
import Storage
import StoragePostgres
import StorageSQLite

/// Options of every command that needs the database.
struct PlatformOptions: ParsableArguments {
  @Option(
    help: """
      sqlite:PATH or postgres://USER:PASSWORD@HOST/NAME (default: $LIANBANG_DATABASE, else \
      sqlite:var/lianbang.sqlite)
      """)
  var database: String?

  @Option(help: "The folder with Resources and Public (default: found beside the program).")
  var assets: String?

  /// The database as given, by option, environment or default.
  var databaseURL: String {
    database ?? ProcessInfo.processInfo.environment["LIANBANG_DATABASE"]
      ?? "sqlite:var/lianbang.sqlite"
  }

  func openDatabase() throws -> any Database {
    let url = databaseURL
    if url.hasPrefix("sqlite:"), url.count > 7 {
      return try SQLiteDatabase(path: String(url.dropFirst(7)))
    }
    if url.hasPrefix("postgres://") || url.hasPrefix("postgresql://") {
      return try PostgresDatabase(url: url)
    }
    throw ValidationError(
      "--database \(url): expected sqlite:PATH or postgres://USER:PASSWORD@HOST/NAME")
  }

  /// Where `Resources` and `Public` are.
  func root() throws -> String {
    let files = FileManager.default
    if let assets {
      guard files.fileExists(atPath: assets + "/Resources") else {
        throw ValidationError("--assets \(assets): has no folder Resources")
      }
      return assets
    }
    // The program may lie in the folder itself or in .build/CONFIGURATION below it.
    var folder = URL(fileURLWithPath: CommandLine.arguments[0]).resolvingSymlinksInPath()
    if let real = try? files.destinationOfSymbolicLink(atPath: "/proc/self/exe") {
      folder = URL(fileURLWithPath: real)
    }
    while folder.path != "/" {
      folder.deleteLastPathComponent()
      if files.fileExists(atPath: folder.path + "/Resources/templates") { return folder.path }
    }
    throw ValidationError("no folder Resources beside the program: name it with --assets")
  }

  /// The platform on a database made or brought up to date where needed.
  func makePlatform() async throws -> Platform {
    let database = try openDatabase()
    try await Migrations.apply(to: database, now: .now)
    return try platform(on: database)
  }

  /// The platform on a database that is there and up to date: looking at one must not make one.
  /// - Throws: `DatabaseFinding`, `MigrationError`, `StorageError`
  func openPlatform() async throws -> Platform {
    let url = databaseURL
    if url.hasPrefix("sqlite:") {
      let path = String(url.dropFirst(7))
      guard FileManager.default.fileExists(atPath: path) else {
        throw DatabaseFinding.missing(path)
      }
    }
    let database = try openDatabase()
    guard try await Migrations.areApplied(to: database) else { throw DatabaseFinding.outdated }
    return try platform(on: database)
  }

  private func platform(on database: any Database) throws -> Platform {
    let data = try CampaignData(resources: root() + "/Resources")
    return Platform(
      database: database, calendar: data.calendar, categories: data.categories, now: { .now })
  }
}

/// Why a database cannot be used as it is.
enum DatabaseFinding: Error {
  case missing(String)
  case outdated
}

extension Instant {
  /// The system's clock; everything below this floor gets the time as an argument.
  static var now: Instant {
    Instant(milliseconds: Int64(Date().timeIntervalSince1970 * 1000))
  }
}
