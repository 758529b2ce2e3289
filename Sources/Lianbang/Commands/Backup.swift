import ArgumentParser
import Domain
import Foundation
import HTTP
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
      The files of attachments are in the folder attachments, to which new ones are added; what was \
      purged is destroyed there too. The master key is not part of it: keep it elsewhere.
      """)

  @Argument(help: "The folder, made where it is missing.")
  var folder: String

  @Flag(help: "Only replace the keys of persons, as after an erasure.")
  var keysOnly = false

  @Option(help: "The folder with the files of attachments (default: as configured).")
  var attachments: String?

  @OptionGroup var options: PlatformOptions

  func run() async throws {
    let console = try Console(options)
    try await console.run {
      let opening = Opening(try options.resolved([.attachments: attachments]))
      let platform = try await opening.openPlatform()
      if keysOnly {
        try await BackUp(platform).writeKeys(to: folder)
      } else {
        print(try await BackUp(platform)(to: folder))
        // After the database: then every file that its rows name is there.
        let report = try await CopyAttachments(platform, opening.attachments(of: platform))(
          to: folder)
        try console.finish(report)
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

  @Option(help: "Where the files of attachments go (default: as configured).")
  var attachments: String?

  @OptionGroup var options: PlatformOptions

  func run() async throws {
    let console = try Console(options)
    try await console.run {
      let opening = Opening(try options.resolved([.attachments: attachments]))
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
      let platform = try await opening.openPlatform()
      let backups = URL(fileURLWithPath: manifest).deletingLastPathComponent().path
      try console.finish(
        try await CopyAttachments(platform, opening.attachments(of: platform))(from: backups))
    }
  }
}

extension Console {
  /// Says what was copied; what is lost is told, and ends the command with 1.
  fileprivate func finish(_ report: CopyAttachments.Report) throws {
    if report.copied + report.kept + report.destroyed > 0 {
      warn(
        catalogue.text(
          "backup.attachments",
          [
            "copied": "\(report.copied)", "kept": "\(report.kept)",
            "destroyed": "\(report.destroyed)",
          ]))
    }
    for digest in report.lost {
      warn(catalogue.text("backup.attachment_lost", ["name": digest]))
    }
    if !report.lost.isEmpty { throw ExitCode(1) }
  }
}
