import ArgumentParser
import Domain
import Services
import Storage
import StoragePostgres
import StorageSQLite
import Web

struct Backup: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Copy the database into a folder while it is in use.",
    discussion: """
      Each copy is a file of its own with a manifest; the keys of persons are in one file, \
      person-keys, that each copy replaces, so that who was erased is erased in all older copies. \
      The master key is not part of it: keep it elsewhere.
      """)

  @Argument(help: "The folder, made where it is missing.")
  var folder: String

  @Flag(help: "Only replace the keys of persons, as after an erasure.")
  var keysOnly = false

  @OptionGroup var options: PlatformOptions

  func run() async throws {
    try await Console(options).run {
      let platform = try await options.openPlatform()
      if keysOnly {
        try await BackUp(platform).writeKeys(to: folder)
      } else {
        print(try await BackUp(platform)(to: folder))
      }
    }
  }
}

struct Restore: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Put a backup into an empty place and check it before it counts.",
    discussion: """
      --database names the place: a file that is not there, or a PostgreSQL database without tables. \
      The ledger is verified against the checkpoint in the manifest, and the tables against the \
      ledger.
      """)

  @Argument(help: "The manifest that backup printed, FOLDER/lianbang-….json.")
  var manifest: String

  @Option(help: "The file with the keys of persons (default: person-keys beside the manifest).")
  var personKeys: String?

  @OptionGroup var options: PlatformOptions

  func run() async throws {
    let console = try Console(options)
    try await console.run {
      let opening = Opening(try options.resolved())
      let target: any RestoreTarget =
        switch opening.config.database {
        case .sqlite(let path): SQLiteRestore(path: path)
        case .postgres(let url): PostgresRestore(url: url)
        }
      let report = try await RestoreBackup()(
        manifest, keys: personKeys, to: target, try opening.ring(),
        campaign: CampaignData(resources: opening.root() + "/Resources"), now: .now)
      print(
        console.catalogue.text(
          "restore.done",
          [
            "n": "\(report.size)", "root": report.root, "persons": "\(report.persons)",
            "erased": "\(report.erased)",
          ]))
    }
  }
}
