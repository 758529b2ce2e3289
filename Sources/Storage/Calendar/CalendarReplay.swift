import Domain
import Ledger

/// The year tables against their streams.
package enum CalendarReplay {
  /// - Throws: `StorageError.unreadable` for an event this program does not know.
  package static func check(into replay: inout Replay, in connection: any Connection) throws {
    var years: [[any SQLConvertible]] = []
    var listed: [[any SQLConvertible]] = []
    var current: (year: Int, version: Int, source: String, entry: Int64)?
    var days: [Day: WorkingCalendar.Entry] = [:]
    func finish() {
      guard let year = current else { return }
      years.append([year.year, year.version, year.source, year.entry])
      listed += days.values.map { [year.year, $0.day, $0.name, $0.isOff] }
      replay.streams += 1
    }
    try LedgerRows.streams(of: "calendar", in: connection) { entry in
      guard let year = Int(entry.stream.dropFirst("calendar/".count)),
        CalendarEvent.Kind(rawValue: entry.kind) != nil
      else { throw StorageError.unreadable("ledger kind \(entry.kind) on \(entry.stream)") }
      replay.entries += 1
      if year != current?.year {
        finish()
        days = [:]
      }
      let event = try Payload.decode(CalendarEvent.self, entry.payload)
      event.apply(to: &days)
      current = (year, entry.version, event.source, entry.id)
    }
    finish()
    replay.differences += try RowCheck(
      table: "calendar_years", key: ["year"], columns: ["version", "source", "entry_id"]
    ).differences(years, where: "year > 0", [], in: connection)
    replay.differences += try RowCheck(
      table: "calendar_days", key: ["year", "day"], columns: ["name", "off"]
    ).differences(listed, where: "year > 0", [], in: connection)
  }
}
