import ArgumentParser
import Domain
import Foundation
import HTTP
import Services
import Storage
import Web

struct ReportsCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "report",
    abstract: "A report as the ledger tells it, or as it was issued.",
    discussion: """
      docs/reports.md tells what each consists of. A report of a period that runs is a draft.
      """)

  @Argument(help: "weekly, monthly, bulletin or meeting.") var kind: ReportKind
  @Option(help: "Whose: a city, a county, or a handling unit (default: the account's own).")
  var unit: String?
  @Option(help: "A day of the week, such as 2022-12-26 (default: this week).") var week: String?
  @Option(help: "The month, such as 2022-12.") var month: String?
  @Flag(help: "As JSON.") var json = false
  @Option(help: "Write a workbook.") var output: String?
  @Flag(help: "Issue it first: numbers and words are frozen.") var issue = false
  @Flag(help: "Count an issued one again from the ledger alone; exits with 1 where it differs.")
  var check = false
  @OptionGroup var acting: ProblemCommands.Acting

  func validate() throws {
    _ = try period()
    guard !(json && output != nil) else { throw ValidationError("either --json or --output") }
  }

  /// - Returns: nil for the one that runs.
  private func period() throws -> ReportPeriod? {
    switch (week, month) {
    case (nil, nil): return nil
    case (let week?, nil):
      guard let day = Day(week) else {
        throw ValidationError("--week \(week): expected a day such as 2022-12-26")
      }
      return ReportPeriod(.week, of: day)
    case (nil, let month?):
      guard let period = ReportPeriod(month), period.length == .month else {
        throw ValidationError("--month \(month): expected 2022-12")
      }
      return period
    case (_?, _?): throw ValidationError("either --week or --month")
    }
  }

  func run() async throws {
    let console = try Console(acting.options)
    let period = try period()
    // Only a file and an issue leave a trace.
    let isReading = !issue && output == nil
    try await acting.run(reading: isReading) { platform, account in
      let subject = try await subject(platform, account)
      let length: ReportPeriod.Length = kind == .monthly ? .month : .week
      let address = ReportAddress(
        kind, of: subject, in: period ?? ReportPeriod(length, of: platform.now().day))
      if issue { try await IssueReport(platform)(address, by: account) }
      if check { return try await verify(address, console, platform, account) }
      try await show(address, console, platform, account)
    }
  }

  private func subject(_ platform: Platform, _ account: Account) async throws -> ReportSubject {
    if let unit { return .unit(try await FindUnit(platform)(unit)) }
    return try await ListReports(platform)(for: account).subject
  }

  private func show(
    _ address: ReportAddress, _ console: Console, _ platform: Platform, _ account: Account
  ) async throws {
    if let output {
      let catalogue = console.catalogue
      try await ExportReport(platform)(
        address, query: "\(address.kind.rawValue)/\(address.subject)/\(address.period)",
        to: output, by: account
      ) { ReportOutput.sheets($0, catalogue, platform) }
      return
    }
    let shown = try await ShowReport(platform)(address, for: account)
    // Exactly the text whose digest is frozen.
    if json { return print(try Payload.encode(shown.content)) }
    for line in ReportOutput(shown, console.catalogue, platform).lines { print(line) }
  }

  private func verify(
    _ address: ReportAddress, _ console: Console, _ platform: Platform, _ account: Account
  ) async throws {
    let report = try await CheckReport(platform)(address, fromLedger: true, for: account)
    for finding in report.findings {
      print(console.catalogue.text("report.finding.\(finding.rawValue)"))
    }
    for difference in report.differences {
      print(
        "  \(difference.section)/\(difference.place): \(difference.was ?? "–") → "
          + "\(difference.now ?? "–")")
    }
    if !report.findings.isEmpty { throw ExitCode(1) }
    print(console.catalogue.text("report.holds", ["n": String(report.compared)]))
  }
}

extension ReportKind: ExpressibleByArgument {}
