import Domain
import Storage

/// Changes one day of a year's table by hand. Due dates that were issued stay as they are.
package struct EditCalendarDay: Sendable {
  let platform: Platform

  package init(_ platform: Platform) { self.platform = platform }

  /// What a day is to be.
  package enum Kind: String, Sendable, CaseIterable {
    /// Not worked.
    case off
    /// Worked, although it is a weekend.
    case work
    /// Not listed: worked from Monday to Friday.
    case plain
  }

  /// - Parameters:
  ///   - name: of the holiday the day belongs to; not needed for a plain day.
  ///   - account: nil for whoever holds the database itself.
  /// - Returns: the day before and after, or nil where the tables say so already.
  /// - Throws: `CalendarFault`, `UseCaseError.forbidden`, `StorageError`
  @discardableResult
  package func callAsFunction(
    _ day: Day, _ kind: Kind, name: String, reason: String, by account: Account?
  ) async throws -> WorkingCalendar.Difference? {
    guard account?.may(.changeCalendar) ?? true else { throw UseCaseError.forbidden }
    let (name, reason) = (name.singleLine.trimmed, reason.singleLine.trimmed)
    let entry = try EditCalendarDay.entry(day, kind, name)
    guard !reason.isEmpty else { throw CalendarFault.reasonMissing }
    let (now, calendars) = (platform.now(), platform.calendars)
    let difference = try await platform.database.write {
      connection -> WorkingCalendar.Difference? in
      let before = try calendars.calendar(in: connection)
      let changed = try EditCalendarDay.tables(before, calendars, day, entry, in: connection)
      for (year, days) in changed {
        guard let table = try calendars.table(year, in: connection) else { continue }
        let actor = account?.actor ?? .system
        if table.version == 0 {
          // The ledger knows nothing of the shipped table yet.
          try CalendarChange.save(
            table.days, of: year, source: table.source, kind: .imported, reason: nil, at: now,
            by: actor, in: connection)
        }
        try CalendarChange.save(
          days, of: year, source: table.source, kind: .changed, reason: reason, at: now,
          by: actor, in: connection)
      }
      return changed.isEmpty
        ? nil : before.replacing(changed).difference(on: day, from: before)
    }
    // Reminders follow the calendar at once; dates only when they are told to.
    try await RebuildProblems(platform)()
    return difference
  }

  /// What the change would make of the day and of the calendar; nothing is changed.
  /// - Throws: `CalendarFault`, `UseCaseError.forbidden`, `StorageError`
  package func preview(
    _ day: Day, _ kind: Kind, name: String, by account: Account
  ) async throws -> (difference: WorkingCalendar.Difference, calendar: WorkingCalendar)? {
    guard account.may(.changeCalendar) else { throw UseCaseError.forbidden }
    let entry = try EditCalendarDay.entry(day, kind, name.singleLine.trimmed)
    let calendars = platform.calendars
    return try await platform.database.read { connection in
      let before = try calendars.calendar(in: connection)
      let changed = try EditCalendarDay.tables(before, calendars, day, entry, in: connection)
      if changed.isEmpty { return nil }
      let after = before.replacing(changed)
      return (after.difference(on: day, from: before), after)
    }
  }

  /// What is listed of the day; nil for a plain one.
  private static func entry(
    _ day: Day, _ kind: Kind, _ name: String
  ) throws -> WorkingCalendar.Entry? {
    if kind == .plain { return nil }
    guard !name.isEmpty else { throw CalendarFault.nameMissing(day) }
    return .init(day: day, name: name, isOff: kind == .off)
  }

  /// The tables that change, with all their days.
  private static func tables(
    _ before: WorkingCalendar, _ calendars: CalendarInForce, _ day: Day,
    _ entry: WorkingCalendar.Entry?, in connection: any Connection
  ) throws -> [Int: [WorkingCalendar.Entry]] {
    let listing = before.years.keys.filter { year in
      before.years[year]!.contains { $0.day == day }
    }.sorted()
    // A day is what the later of the tables that list it says.
    let years = entry == nil ? listing : [listing.last ?? day.year]
    var changed: [Int: [WorkingCalendar.Entry]] = [:]
    for year in years {
      guard let table = try calendars.table(year, in: connection) else {
        throw CalendarFault.unconfirmedYear(year)
      }
      let days = (table.days.filter { $0.day != day } + [entry].compactMap(\.self)).sorted {
        $0.day < $1.day
      }
      if days != table.days { changed[year] = days }
    }
    return changed
  }
}
