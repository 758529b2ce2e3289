import ArgumentParser
import Documents
import Domain
import HTTP
import Services
import Web

struct Export: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Write a whole list to a workbook or, by the name's ending, csv.",
    discussion: """
      Headings are those that import takes. Phone and ID numbers are masked unless --unmasked, which \
      the ledger notes.
      """)

  @Argument(help: "units, villages, enterprises, officials or problems")
  var kind: ExportKind

  @Argument(help: "The file: .xlsx or .csv.")
  var file: String

  @Flag(help: "Personal data in full.")
  var unmasked = false

  @Option(help: "Headings and words: zh or en (default: of the terminal).")
  var language: SheetLanguage?

  @Option(name: .customLong("as"), help: "The username of whoever the list is for.")
  var username: String?

  @OptionGroup var options: PlatformOptions

  func validate() throws { try checkEnding(file, ["xlsx", "csv"]) }

  func run() async throws {
    let console = try Console(options)
    try await console.run {
      let platform = try await options.openPlatform()
      let account = try await FindAccount(platform)(optional: username)
      let rows = try await ExportRegister(platform)(
        kind, to: file, language: language ?? console.sheetLanguage, unmasked: unmasked,
        by: account)
      print(console.catalogue.text("export.done", ["n": "\(rows)", "name": file]))
    }
  }
}

struct Template: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Write an empty workbook for an import, with drop-downs.")

  @Argument(help: "What is to be imported.")
  var kind: ImportKind

  @Argument(help: "The workbook.")
  var file: String

  @Option(help: "Headings and words: zh or en (default: of the terminal).")
  var language: SheetLanguage?

  @OptionGroup var options: PlatformOptions

  func validate() throws { try checkEnding(file, ["xlsx"]) }

  func run() async throws {
    let console = try Console(options)
    try await console.run {
      let data = try CampaignData(
        resources: Opening(options.resolved()).root() + "/Resources")
      try WriteTemplate(data.words)(
        kind, to: file, language: language ?? console.sheetLanguage)
    }
  }
}

extension ExportKind: ExpressibleByArgument {}
extension SheetLanguage: ExpressibleByArgument {}
