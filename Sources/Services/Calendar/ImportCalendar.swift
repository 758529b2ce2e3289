import Domain
import Storage

/// Takes in year tables: each year of the file replaces the one in force, with an entry of what it
/// changed. The same file twice changes nothing. Due dates that were issued stay as they are.
package struct ImportCalendar: Sendable {
  let platform: Platform

  package init(_ platform: Platform) { self.platform = platform }

  package struct Report: Sendable {
    /// The years that changed.
    package let years: [Int]
    /// Days that are now otherwise than they were.
    package let differences: [WorkingCalendar.Difference]
    /// Years that had no confirmed table before.
    package let newYears: [Int]
  }

  /// - Parameter account: nil for whoever holds the database itself.
  /// - Throws: `UseCaseError.forbidden`, `StorageError`
  package func callAsFunction(_ file: CalendarFile, by account: Account?) async throws -> Report {
    guard account?.may(.changeCalendar) ?? true else { throw UseCaseError.forbidden }
    let (now, calendars) = (platform.now(), platform.calendars)
    let report = try await platform.database.write { connection -> Report in
      let (report, changed) = try ImportCalendar.changes(file, calendars, in: connection)
      for (year, days) in changed.sorted(by: { $0.key < $1.key }) {
        try CalendarChange.save(
          days, of: year, source: file.years[year]?.source ?? "", kind: .imported, reason: nil,
          at: now, by: account?.actor ?? .system, in: connection)
      }
      return report
    }
    // Reminders follow the calendar at once; dates only when they are told to.
    try await RebuildProblems(platform)()
    return report
  }

  /// What the file would change; nothing is changed.
  /// - Returns: with the calendar as it would be.
  /// - Throws: `UseCaseError.forbidden`, `StorageError`
  package func preview(
    _ file: CalendarFile, by account: Account
  ) async throws -> (report: Report, calendar: WorkingCalendar) {
    guard account.may(.changeCalendar) else { throw UseCaseError.forbidden }
    let calendars = platform.calendars
    return try await platform.database.read { connection in
      let (report, changed) = try ImportCalendar.changes(file, calendars, in: connection)
      return (report, try calendars.calendar(in: connection).replacing(changed))
    }
  }

  private static func changes(
    _ file: CalendarFile, _ calendars: CalendarInForce, in connection: any Connection
  ) throws -> (Report, [Int: [WorkingCalendar.Entry]]) {
    let before = try calendars.calendar(in: connection)
    var changed: [Int: [WorkingCalendar.Entry]] = [:]
    for (year, table) in file.years {
      let days = table.days.sorted { $0.day < $1.day }
      let current = try calendars.table(year, in: connection)
      if days != current?.days.sorted(by: { $0.day < $1.day }) { changed[year] = days }
    }
    let report = Report(
      years: changed.keys.sorted(),
      differences: before.replacing(changed).differences(from: before),
      newYears: changed.keys.filter { !before.confirmedYears.contains($0) }.sorted())
    return (report, changed)
  }
}
