import ArgumentParser
import Documents
import Domain
import Foundation
import Services
import Web

struct Import: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract:
      "Take in a spreadsheet: \(ImportKind.allCases.map(\.rawValue).joined(separator: ", ")).",
    discussion: """
      xlsx, or csv in UTF-8, UTF-16 or GB18030. Headings are matched by their names, Chinese or \
      English. All of the file or nothing, unless --accept-good-rows. Exits with 1 when a row is \
      refused.
      """)

  @Argument(help: "What the file holds.")
  var kind: ImportKind

  @Argument(help: "The file.")
  var file: String

  @Option(help: "The sheet of a workbook (default: the first that has anything).")
  var sheet: String?

  @Option(name: .customLong("on"), help: "From which day on it is so (default: today).")
  var day: DayArgument?

  @Flag(help: "Only say what would happen.")
  var dryRun = false

  @Flag(help: "Save the good rows and report the others.")
  var acceptGoodRows = false

  @Option(help: "Write the file with the faulty cells marked to this workbook.")
  var diagnostics: String?

  @Flag(help: "Print the report as JSON.")
  var json = false

  @Option(name: .customLong("as"), help: "The username of whoever answers for the import.")
  var username: String?

  @OptionGroup var options: PlatformOptions

  func validate() throws {
    if let diagnostics {
      try checkEnding(diagnostics, ["xlsx"])
      let paths = [diagnostics, file].map {
        URL(fileURLWithPath: $0).resolvingSymlinksInPath().standardizedFileURL.path
      }
      guard paths[0] != paths[1] else {
        throw ValidationError("--diagnostics would overwrite \(file)")
      }
    }
    // Before a database is made for nothing.
    guard FileManager.default.fileExists(atPath: file) else {
      throw ValidationError("there is no file \(file)")
    }
  }

  func run() async throws {
    let console = try Console(options)
    try await console.run {
      let platform = try await options.makePlatform()
      let account = try await FindAccount(platform)(optional: username)
      let bar = ProgressBar(console)
      let report = try await RunImport(platform)(
        kind, file: file,
        mode: ImportMode(
          dryRun: dryRun, acceptGoodRows: acceptGoodRows, sheet: sheet, on: day?.day),
        by: account, progress: bar.show)
      bar.clear()
      if let diagnostics {
        let table = try? TableFile.read(path: file, sheet: sheet)
        try console.diagnosticsWriter(report, table, diagnostics)
      }
      if json {
        try printJSON(ImportOutput(report, console))
      } else {
        console.show(report, dryRun: dryRun)
      }
      if report.hasErrors { throw ExitCode(1) }
    }
  }
}

extension ImportKind: ExpressibleByArgument {}

/// - Throws: `ValidationError` for a file whose name says it is something else.
func checkEnding(_ path: String, _ endings: [String]) throws {
  guard endings.contains(where: { path.lowercased().hasSuffix(".\($0)") }) else {
    throw ValidationError("\(path): the name must end in .\(endings.joined(separator: " or ."))")
  }
}

/// `2021-10-31`
struct DayArgument: ExpressibleByArgument {
  let day: Day

  init?(argument: String) {
    guard let day = Day(argument) else { return nil }
    self.day = day
  }
}

/// An import's report as JSON.
private struct ImportOutput: Encodable {
  struct Item: Encodable {
    let row: Int
    let column: String?
    let code: String
    let severity: String
    let value: String
    let text: String
    let suggestion: String
  }

  struct Mapping: Encodable {
    let heading: String
    let column: String?
  }

  let saved: Bool
  let sheet: String?
  let headerRow: Int
  let mapping: [Mapping]
  let rows: Int
  let added: Int
  let changed: Int
  let unchanged: Int
  let skipped: Int
  let refused: Int
  let diagnostics: [Item]

  init(_ report: ImportReport, _ console: Console) {
    saved = report.isSaved
    (sheet, headerRow) = (report.sheet, report.headerRow)
    mapping = report.mapping.map { Mapping(heading: $0.heading, column: $0.column) }
    (rows, added, changed) = (report.rows, report.added, report.changed)
    (unchanged, skipped, refused) = (report.unchanged, report.skipped, report.refusedRows)
    diagnostics = report.diagnostics.map { diagnostic in
      let (text, advice) = console.texts(of: diagnostic)
      return Item(
        row: diagnostic.row, column: diagnostic.column, code: diagnostic.code.rawValue,
        severity: diagnostic.severity.rawValue, value: diagnostic.value, text: text,
        suggestion: advice)
    }
  }
}
