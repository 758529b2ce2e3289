import Domain
import Storage
import Synchronization

/// The working days in force on a database, kept until somebody changes them.
final class CalendarInForce: Sendable {
  let shipped: CalendarFile
  private let calendar: WorkingCalendar
  private let kept = Mutex<(stamp: CalendarRows.Stamp, calendar: WorkingCalendar)?>(nil)

  init(shipped: CalendarFile) {
    self.shipped = shipped
    calendar = shipped.calendar
  }

  func calendar(in connection: any Connection) throws -> WorkingCalendar {
    let stamp = try CalendarRows.stamp(in: connection)
    if let kept = kept.withLock({ $0 }), kept.stamp == stamp { return kept.calendar }
    let tables = try CalendarRows.years(in: connection).map { ($0.year, $0.days) }
    let current = calendar.replacing(Dictionary(uniqueKeysWithValues: tables))
    kept.withLock { $0 = (stamp, current) }
    return current
  }

  /// A year's table in force; nil where there is none, so that the year is provisional.
  func table(_ year: Int, in connection: any Connection) throws -> ShowCalendar.Table? {
    if let stored = try CalendarRows.find(year, in: connection) {
      return .init(
        year: year, version: stored.version, source: stored.source, days: stored.days)
    }
    return shipped.years[year].map {
      .init(year: year, version: 0, source: $0.source, days: $0.days)
    }
  }
}
