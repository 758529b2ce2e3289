import ArgumentParser
import Domain
import Foundation
import Services
import Web

struct Import: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Take in a spreadsheet (csv): divisions, units or problems.",
    discussion:
      "All of the file or nothing, unless --accept-good-rows. Exits with 1 when a row is refused.")

  @Argument(help: "divisions, units or problems")
  var kind: ImportKind

  @Argument(help: "The file, csv in UTF-8.")
  var file: String

  @Flag(help: "Only say what would happen.")
  var dryRun = false

  @Flag(help: "Save the good rows and report the others.")
  var acceptGoodRows = false

  @Flag(help: "Print the report as JSON.")
  var json = false

  @Option(name: .customLong("as"), help: "The username of whoever answers for the import.")
  var username: String?

  @OptionGroup var options: PlatformOptions

  func run() async throws {
    let console = try Console(options)
    guard let data = FileManager.default.contents(atPath: file) else {
      throw ValidationError("cannot read \(file)")
    }
    try await console.run {
      let platform = try await options.makePlatform()
      let account: Account? =
        if let username { try await FindAccount(platform)(username: username) } else { nil }
      let report = try await RunImport(platform)(
        kind, [UInt8](data), mode: ImportMode(dryRun: dryRun, acceptGoodRows: acceptGoodRows),
        by: account)
      if json {
        try printJSON(ReportOutput(report))
      } else {
        for diagnostic in report.diagnostics { print(console.text(diagnostic)) }
        print(
          console.catalogue.text(
            report.isSaved ? "import.saved" : "import.not_saved",
            [
              "rows": "\(report.rows)", "added": "\(report.added)", "changed": "\(report.changed)",
              "unchanged": "\(report.unchanged)", "skipped": "\(report.skipped)",
              "refused": "\(report.refusedRows)",
            ]))
      }
      if report.hasErrors { throw ExitCode(1) }
    }
  }
}

extension ImportKind: ExpressibleByArgument {}

private struct ReportOutput: Encodable {
  struct Item: Encodable {
    let row: Int
    let column: String?
    let code: String
    let severity: String
    let value: String
  }

  let saved: Bool
  let rows: Int
  let added: Int
  let changed: Int
  let unchanged: Int
  let skipped: Int
  let refused: Int
  let diagnostics: [Item]

  init(_ report: ImportReport) {
    saved = report.isSaved
    (rows, added, changed) = (report.rows, report.added, report.changed)
    (unchanged, skipped, refused) = (report.unchanged, report.skipped, report.refusedRows)
    diagnostics = report.diagnostics.map {
      Item(
        row: $0.row, column: $0.column, code: $0.code.rawValue, severity: $0.severity.rawValue,
        value: $0.value)
    }
  }
}
