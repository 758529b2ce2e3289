import ArgumentParser
import Domain
import HTTP
import Services
import Web

struct SheetCommands: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sheet", abstract: "The monthly comments on units (月讲评).",
    discussion: "docs/sheets.md tells how units are scored and how anybody computes it again.",
    subcommands: [
      List.self, Draft.self, Show.self, Preview.self, Object.self, Rule.self, Recompute.self,
      Publish.self, Verify.self,
    ])

  struct List: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "All sheets, the newest first.")

    @OptionGroup var acting: ProblemCommands.Acting

    func run() async throws {
      try await acting.run(reading: true) { platform, account in
        try printJSON(
          try await ShowSheet(platform).list(for: account).map { SheetLineOutput($0) })
      }
    }
  }

  struct Draft: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Compute the sheet of a month that is over.")

    @Option(help: "Such as 2022-12.") var month: SheetMonth
    @Option(help: "county or department") var kind = SheetKind.county
    @Option(help: "Why there is a later edition of a month that was published.") var reason = ""
    @OptionGroup var acting: ProblemCommands.Acting

    func run() async throws {
      try await acting.run { platform, account in
        let id = try await DraftSheet(platform)(kind, month, reason: reason, by: account)
        try printJSON(SheetOutput(try await ShowSheet(platform)(id, for: account).sheet))
      }
    }
  }

  struct Show: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "A sheet with all its numbers.")

    @Argument(help: "The sheet's id.") var id: Int64
    @Flag(help: "Print exactly the bytes that the digest is of, and nothing else.")
    var content = false
    @OptionGroup var acting: ProblemCommands.Acting

    func run() async throws {
      try await acting.run(reading: true) { platform, account in
        let sheet = try await ShowSheet(platform)(SheetID(id), for: account).sheet
        if content {
          try printOut(try SheetOutput.bytes(of: sheet.content))
        } else {
          try printJSON(SheetOutput(sheet))
        }
      }
    }
  }

  struct Verify: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Compute a sheet again, as of its instant, and compare every number.",
      discussion:
        "Once from the tables and once from the ledger alone; exits with 1 where it differs.")

    @Argument(help: "The sheet's id.") var id: Int64
    @OptionGroup var acting: ProblemCommands.Acting

    func run() async throws {
      let console = try Console(acting.options)
      try await acting.run(reading: true) { platform, account in
        let report = try await VerifySheet(platform)(SheetID(id), for: account)
        for finding in report.findings {
          print(console.catalogue.text("sheet.finding.\(finding.rawValue)"))
        }
        for (way, found) in [("tables", report.tables), ("ledger", report.ledger)] {
          for difference in found {
            print(
              "  \(way)  \(difference.name)  \(difference.figure ?? "")  \(difference.printed)"
                + "  →  \(difference.found)")
          }
        }
        if !report.findings.isEmpty { throw ExitCode(1) }
        print(
          console.catalogue.text("sheet.verified") + " "
            + console.catalogue.text("sheet.compared", ["n": "\(report.compared)"]))
      }
    }
  }
}

extension SheetKind: ExpressibleByArgument {}

extension SheetMonth: ExpressibleByArgument {
  package init?(argument: String) { self.init(argument) }
}
