import Domain
import Storage

/// Saving a year's table, for those who change it.
enum CalendarChange {
  /// - Throws: `StorageError`
  static func save(
    _ days: [WorkingCalendar.Entry], of year: Int, source: String, kind: CalendarEvent.Kind,
    reason: String?, at now: Instant, by actor: Actor, in connection: any Connection
  ) throws {
    do {
      try CalendarRows.save(
        days, of: year, source: source, over: CalendarRows.find(year, in: connection), kind: kind,
        reason: reason, at: now, by: actor, in: connection)
    } catch is LedgerRows.Conflict {
      // Somebody was quicker by a hair: the next try sees what they did.
      throw StorageError.contention
    }
  }
}
