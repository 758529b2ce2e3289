import ArgumentParser
import Cryptography
import Domain
import Foundation
import HTTP
import Services
import Storage
import StoragePostgres
import StorageSQLite
import Synchronization
import Web

/// Options of every command that needs the database.
struct PlatformOptions: ParsableArguments {
  @Option(
    help: """
      sqlite:PATH or postgres://USER:PASSWORD@HOST[,HOST…]/NAME (default: $LIANBANG_DATABASE, else \
      sqlite:var/lianbang.sqlite)
      """)
  var database: String?

  @Option(help: "A PostgreSQL replica for long reading.")
  var replica: String?

  @Option(help: "The file with the master key (default: beside the SQLite database).")
  var keyFile: String?

  @Option(help: "The algorithms of a new database: sha256, or sm3 for 国密.")
  var hash: String?

  @Option(help: "The folder with Resources and Public (default: found beside the program).")
  var assets: String?

  @Option(help: "A file with settings, name = value (default: $LIANBANG_CONFIG).")
  var config: String?

  /// - Parameter more: settings of the command at hand.
  /// - Throws: `ConfigFaults`
  func resolved(_ more: [Setting: String?] = [:]) throws -> Config {
    let own: [Setting: String?] = [
      .database: database, .replica: replica, .keyFile: keyFile, .hash: hash, .assets: assets,
    ]
    return try Config(
      options: own.merging(more) { $1 }.compactMapValues { $0 }, file: config,
      environment: ProcessInfo.processInfo.environment)
  }

  /// The platform on a database made or brought up to date where needed.
  func makePlatform() async throws -> Platform {
    try await Opening(resolved()).makePlatform()
  }

  /// The platform on a database that is there and up to date: looking at one must not make one.
  /// - Throws: `DatabaseFinding`, `MigrationError`, `StorageError`
  func openPlatform() async throws -> Platform {
    try await Opening(resolved()).openPlatform()
  }

  /// The same with a clock that stands, for rehearsals: the ledger gets a mark of it.
  /// - Parameter reading: nothing is written, and no mark left.
  func openPlatform(at instant: Instant?, reading: Bool = false) async throws -> Platform {
    let platform = try await openPlatform()
    guard let instant else { return platform }
    if reading { return platform.running(by: { instant }) }
    try await platform.database.write { connection in
      try RehearsalMark.set(at: .now, in: connection)
    }
    return platform.running(by: { instant })
  }
}

/// Opens what the configuration names.
struct Opening {
  let config: Config

  init(_ config: Config) { self.config = config }

  func openDatabase() throws -> any Database {
    let timeout = Duration.seconds(config.statementTimeout)
    let database: any Database
    switch config.database {
    case .sqlite(let path):
      database = try SQLiteDatabase(path: path, statementTimeout: timeout)
    case .postgres(let url):
      database = try PostgresDatabase(
        url: url, replica: config.replica, connections: config.connections,
        statementTimeout: timeout)
    }
    OpenDatabases.add(database)
    return database
  }

  /// Where `Resources` and `Public` are.
  func root() throws -> String {
    if let assets = config.assets { return assets }
    let files = FileManager.default
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

  /// The folder with the files of attachments.
  func attachments(of platform: Platform) -> AttachmentStore {
    AttachmentStore(folder: config.attachments, vault: platform.vault)
  }

  func makePlatform() async throws -> Platform {
    let database = try openDatabase()
    try await Migrations.apply(to: database, now: .now)
    let vault = try await Vault.establish(
      on: database, try await ring(makingKeyFor: database), suite: config.hash, now: .now)
    try await SealClearNames(database, vault)(now: .now)
    try await IndexNames(database)()
    let platform = try platform(on: database, vault)
    try await RebuildProblems(platform)()
    return platform
  }

  /// A database that is there; in whatever state.
  /// - Throws: `DatabaseFinding.missing`, `StorageError`
  func openExisting() throws -> any Database {
    if case .sqlite(let path) = config.database {
      guard FileManager.default.fileExists(atPath: path) else {
        throw DatabaseFinding.missing(path)
      }
    }
    return try openDatabase()
  }

  func openPlatform() async throws -> Platform {
    let database = try openExisting()
    guard try await Migrations.areApplied(to: database),
      try await !database.read({ try ProblemRebuild.isNeeded(in: $0) })
    else { throw DatabaseFinding.outdated }
    let ring = try ring()
    return try platform(on: database, try await Vault.open(on: database, ring))
  }

  /// The master keys that were given; perhaps none.
  func ring() throws -> KeyRing {
    config.masterKeys.isEmpty
      ? try KeyFile(path: config.keyPath).ring() : KeyRing(config.masterKeys)
  }

  /// A new database gets a new key in a file. One that has its key somewhere else does not: that
  /// would only hide the mistake.
  private func ring(makingKeyFor database: any Database) async throws -> KeyRing {
    let file = KeyFile(path: config.keyPath)
    if config.masterKeys.isEmpty, !file.exists, try await !Vault.exists(on: database) {
      try file.create()
    }
    return try ring()
  }

  private func platform(on database: any Database, _ vault: Vault) throws -> Platform {
    return Platform(
      database: database, vault: vault, data: try campaignData(), signInRules: config.signIn,
      addressRules: config.addressRules, gateways: config.messages.gateways(url: config.url),
      now: { .now })
  }

  /// The texts of messages.
  func messageWords() throws -> MessageWords {
    let resources = try root() + "/Resources"
    return Self.messageWords(
      try Catalogue(.zh, resources: resources), try Catalogue(.en, resources: resources))
  }

  /// Of texts that were read before.
  static func messageWords(_ zh: Catalogue, _ en: Catalogue) -> MessageWords {
    MessageWords { key, arguments, language in (language == "en" ? en : zh).text(key, arguments) }
  }

  /// - Throws: `CampaignData.Fault`
  func campaignData() throws -> CampaignData {
    try CampaignData(resources: root() + "/Resources")
  }
}

/// The databases that a command opened, to be closed when it is done.
enum OpenDatabases {
  private static let all = Mutex<[any Database]>([])

  static func add(_ database: any Database) { all.withLock { $0.append(database) } }

  static func close() async {
    let open = all.withLock { databases in
      defer { databases = [] }
      return databases
    }
    for database in open { await database.close() }
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
