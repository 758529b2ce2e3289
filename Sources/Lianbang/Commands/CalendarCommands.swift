import ArgumentParser
import Domain
import Foundation
import HTTP
import Services
import Web

struct CalendarCommands: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "calendar", abstract: "Show and change which days are worked.",
    subcommands: [Import.self, Show.self, Set.self])

  struct Import: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Take in year tables.",
      discussion: """
        A JSON file in the form of Resources/calendar/working-days.json. Each year in it replaces the \
        one in force. Due dates that were issued stay as they are.
        """)

    @Argument(help: "The file.") var file: String
    @Option(name: .customLong("as"), help: "The username of whoever answers for it.")
    var username: String?
    @OptionGroup var options: PlatformOptions

    func run() async throws {
      let console = try Console(options)
      try await console.run {
        let tables = try CalendarFile(path: file)
        let platform = try await options.openPlatform()
        let account = try await FindAccount(platform)(optional: username)
        let report = try await ImportCalendar(platform)(tables, by: account)
        console.show(report.differences)
        let years = report.years.map { "\($0)" }.joined(separator: ", ")
        print(
          console.catalogue.text(
            years.isEmpty ? "calendar.unchanged" : "calendar.imported", ["years": years]))
      }
    }
  }

  struct Show: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "The table of a year, in force.")

    @Argument var year: Int
    @Flag(help: "Print it as JSON.") var json = false
    @OptionGroup var options: PlatformOptions

    func run() async throws {
      let console = try Console(options)
      try await console.run {
        let table = try await ShowCalendar(options.openPlatform())(year)
        if json { return try printJSON(CalendarOutput(year, table)) }
        guard let table else {
          return print(console.catalogue.text("calendar.none", ["year": "\(year)"]))
        }
        print(
          console.catalogue.text(
            table.version == 0 ? "calendar.shipped" : "calendar.version",
            ["year": "\(year)", "version": "\(table.version)", "source": table.source]))
        for entry in table.days {
          let kind = console.catalogue.text("calendar.kind.\(entry.isOff ? "off" : "work")")
          print("\(entry.day) \(console.weekday(entry.day)) \(kind) \(entry.name)")
        }
      }
    }
  }

  struct Set: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Change one day.",
      discussion: "A year that has no table yet is imported first.")

    @Argument var day: DayArgument
    @Argument(help: "off, work (a weekend that is worked) or plain (not listed).")
    var kind: EditCalendarDay.Kind
    @Option(help: "The holiday it belongs to.") var name = ""
    @Option(help: "On what basis.") var reason: String
    @Option(name: .customLong("as"), help: "The username of whoever answers for it.")
    var username: String
    @OptionGroup var options: PlatformOptions

    func run() async throws {
      let console = try Console(options)
      try await console.run {
        let platform = try await options.openPlatform()
        let account = try await FindAccount(platform)(username: username)
        let change = try await EditCalendarDay(platform)(
          day.day, kind, name: name, reason: reason, by: account)
        guard let change else { return print(console.catalogue.text("calendar.unchanged")) }
        console.show([change])
      }
    }
  }
}

extension EditCalendarDay.Kind: ExpressibleByArgument {}

extension CalendarFile {
  /// - Throws: `ValidationError` where the file cannot be read, `CalendarFault`
  init(path: String) throws {
    guard let data = FileManager.default.contents(atPath: path) else {
      throw ValidationError("cannot read the file \(path)")
    }
    try self.init(json: [UInt8](data))
  }
}

/// A year's table as JSON.
private struct CalendarOutput: Encodable {
  struct Entry: Encodable {
    let date: Day
    let name: String
    let off: Bool
  }

  let year: Int
  let confirmed: Bool
  /// 0 is the shipped table.
  let version: Int?
  let source: String?
  let days: [Entry]

  init(_ year: Int, _ table: ShowCalendar.Table?) {
    self.year = year
    (confirmed, version, source) = (table != nil, table?.version, table?.source)
    days = (table?.days ?? []).map { Entry(date: $0.day, name: $0.name, off: $0.isOff) }
  }
}

extension Console {
  func show(_ differences: [WorkingCalendar.Difference]) {
    for difference in differences {
      print(
        catalogue.text(
          "calendar.difference",
          [
            "day": difference.day.description, "weekday": weekday(difference.day),
            "before": words(difference.before), "after": words(difference.after),
          ]))
    }
  }

  func weekday(_ day: Day) -> String { catalogue.text("weekday.\(day.weekday.rawValue)") }

  private func words(_ rest: WorkingCalendar.Rest?) -> String {
    switch rest {
    case nil: catalogue.text("calendar.kind.work")
    case .weekend: catalogue.text("calendar.weekend")
    case .holiday(let name): "\(catalogue.text("calendar.kind.off")) \(name)"
    }
  }

  func text(_ fault: CalendarFault) -> String {
    catalogue.text("calendar.fault.\(fault.code)", fault.arguments)
  }
}
