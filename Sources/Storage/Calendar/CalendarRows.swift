import Domain
import Ledger

/// The year tables of the database.
package enum CalendarRows {
  /// A year's table with where it is from.
  package struct Year: Sendable {
    package let year: Int
    package let version: Int
    package let source: String
    package let days: [WorkingCalendar.Entry]
  }

  /// Differs after every change, whichever server made it, also one made after another was undone.
  package struct Stamp: Hashable, Sendable {
    let versions: Int64
    let newest: Int64
  }

  package static func stamp(in connection: any Connection) throws -> Stamp {
    try connection.row(
      """
      select cast(coalesce(sum(version), 0) as bigint), coalesce(max(entry_id), 0)
      from calendar_years
      """
    ) { Stamp(versions: try $0.int(0), newest: try $0.int(1)) }!
  }

  package static func years(in connection: any Connection) throws -> [Year] {
    var days: [Int: [WorkingCalendar.Entry]] = [:]
    try connection.forEach(
      "select year, day, name, off from calendar_days order by year, day", []
    ) { row in
      days[Int(try row.int(0)), default: []].append(
        WorkingCalendar.Entry(
          day: try row.day(1), name: try row.text(2), isOff: try row.int(3) == 1))
    }
    return try connection.rows(
      "select year, version, source from calendar_years order by year"
    ) { row in
      let year = Int(try row.int(0))
      return Year(
        year: year, version: Int(try row.int(1)), source: try row.text(2), days: days[year] ?? [])
    }
  }

  package static func find(_ year: Int, in connection: any Connection) throws -> Year? {
    try years(in: connection).first { $0.year == year }
  }

  /// Puts a table in the place of a year's, with an entry of what was added, changed and removed.
  /// - Parameter old: the table that the database has; nil where it has none.
  /// - Throws: `LedgerRows.Conflict` where somebody else changed it first.
  package static func save(
    _ days: [WorkingCalendar.Entry], of year: Int, source: String, over old: Year?,
    kind: CalendarEvent.Kind, reason: String?, at now: Instant, by actor: Actor,
    in connection: any Connection
  ) throws {
    let days = days.sorted { $0.day < $1.day }
    let version = (old?.version ?? 0) + 1
    let event = CalendarEvent(
      source: source, reason: reason, from: old?.days ?? [], to: days)
    let entry = LedgerEntry(
      id: Identifiers.shared.next(now), stream: "calendar/\(year)", version: version, at: now,
      actor: actor, kind: kind.rawValue, payload: try Payload.encode(event))
    try LedgerRows.append(entry, to: connection)
    try connection.run(
      """
      insert into calendar_years (year, version, source, entry_id)
      values (?1, ?2, ?3, ?4)
      on conflict (year) do update
      set version = excluded.version, source = excluded.source, entry_id = excluded.entry_id
      """, [year, version, source, entry.id])
    try connection.run("delete from calendar_days where year = ?1", [year])
    try connection.insert(
      into: "calendar_days", ["year", "day", "name", "off"],
      days.map { [year, $0.day, $0.name, $0.isOff] })
  }
}
