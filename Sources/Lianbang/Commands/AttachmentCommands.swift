import ArgumentParser
import Domain
import Foundation
import Services
import Storage

struct AttachmentCommands: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "attachment", abstract: "Photos and documents that show what was done.",
    subcommands: [
      Add.self, List.self, Get.self, Withdraw.self, Purge.self, Check.self,
    ])

  /// Who acts, on which database, with which folder.
  struct Acting: ParsableArguments {
    @Option(name: .customLong("as"), help: "The username of whoever acts.")
    var username: String

    @OptionGroup var place: Place

    func run(_ work: (Platform, AttachmentStore, Account) async throws -> Void) async throws {
      try await place.run { platform, store in
        try await work(platform, store, FindAccount(platform)(username: username))
      }
    }
  }

  struct Place: ParsableArguments {
    @Option(help: "The folder with the files (default: as configured).")
    var attachments: String?

    @OptionGroup var options: PlatformOptions

    func run(_ work: (Platform, AttachmentStore) async throws -> Void) async throws {
      try await Console(options).run {
        let opening = Opening(try options.resolved([.attachments: attachments]))
        let platform = try await opening.openPlatform()
        try await work(platform, opening.attachments(of: platform))
      }
    }
  }

  struct Add: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Add files to a problem; prints what was stored, as JSON.",
      discussion: """
        The type is seen by the content. Place, device and time are taken out of pictures, films and \
        sound.
        """)

    @Argument(help: "The problem's number or id.") var problem: Int64
    @Argument(help: "The files.") var files: [String]
    @OptionGroup var acting: Acting

    func run() async throws {
      try await acting.run { platform, store, account in
        var added: [AttachmentOutput] = []
        for file in files {
          let attachment = try await AddAttachment(platform, store)(
            try AttachmentCommands.content(of: file),
            name: URL(fileURLWithPath: file).lastPathComponent, to: FindProblem(platform)(problem),
            by: account)
          added.append(AttachmentOutput(attachment))
        }
        try printJSON(added)
      }
    }
  }

  struct List: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "A problem's attachments, as JSON; the withdrawn ones too.")

    @Argument(help: "The problem's number or id.") var problem: Int64
    @OptionGroup var acting: Acting

    func run() async throws {
      try await acting.run { platform, _, account in
        let found = try await ListAttachments(platform)(
          of: FindProblem(platform)(problem), for: account)
        try printJSON(found.map { AttachmentOutput($0) })
      }
    }
  }

  struct Get: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Write an attachment's content to a file or to standard output.")

    @Argument(help: "The attachment's id.") var id: Int64
    @Option(help: "A file that is not there yet (default: standard output).") var output: String?
    @OptionGroup var acting: Acting

    func run() async throws {
      try await acting.run { platform, store, account in
        let content = try await ReadAttachment(platform, store)(AttachmentID(id), for: account)
        guard let output else {
          try FileHandle.standardOutput.write(contentsOf: Data(content.bytes))
          return
        }
        guard DurableFile.create(content.bytes, at: output) else {
          throw StorageError.notWritable(output)
        }
      }
    }
  }

  struct Withdraw: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Hide an attachment; that it was there stays known.")

    @Argument(help: "The attachment's id.") var id: Int64
    @Option var reason: String
    @OptionGroup var acting: Acting

    func run() async throws {
      try await acting.run { platform, _, account in
        let attachment = try await WithdrawAttachment(platform)(
          AttachmentID(id), reason: reason, by: account)
        try printJSON(AttachmentOutput(attachment))
      }
    }
  }

  struct Purge: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Destroy an unlawful content for ever, wherever it is attached.",
      discussion: "Folders with backups lose it with their next backup.")

    @Argument(help: "The attachment's id.") var id: Int64
    @Option(help: "Stays in the ledger.") var reason: String
    @Flag(help: "Needed, since nothing brings the content back.") var forEver = false
    @OptionGroup var acting: Acting

    func validate() throws {
      guard forEver else {
        throw ValidationError("nothing brings the content of \(id) back: say --for-ever")
      }
    }

    func run() async throws {
      try await acting.run { platform, store, account in
        let purged = try await PurgeAttachment(platform, store)(
          AttachmentID(id), reason: reason, by: account)
        try printJSON(purged.map { AttachmentOutput($0) })
      }
    }
  }

  struct Check: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Look whether every attachment has its file unchanged; exits with 1 if not.")

    @OptionGroup var place: Place

    func run() async throws {
      try await place.run { platform, store in
        let report = try await CheckAttachments(platform, store)()
        try printJSON(AttachmentCheckOutput(report))
        if !report.isWell { throw ExitCode(1) }
      }
    }
  }

  /// A file's content, no more of it than may be added.
  private static func content(of path: String) throws -> [UInt8] {
    guard let file = FileHandle(forReadingAtPath: path) else {
      throw ValidationError("cannot read \(path)")
    }
    defer { try? file.close() }
    return [UInt8](try file.read(upToCount: Attachment.maximumSize + 1) ?? Data())
  }
}
