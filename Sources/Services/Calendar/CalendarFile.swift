import Domain
import Foundation

/// Year tables as files hold them: `{"source", "years": {"2026": {"papers": [], "days": [{"date",
/// "name", "off"}]}}}`, the form of `Resources/calendar/working-days.json`.
package struct CalendarFile: Sendable {
  package struct Year: Sendable {
    /// The notices, or the source of the whole file.
    package let source: String
    package let days: [WorkingCalendar.Entry]
  }

  package let years: [Int: Year]

  /// No year at all.
  init() { years = [:] }

  init(years: [Int: Year]) { self.years = years }

  private struct Form: Decodable {
    struct Table: Decodable {
      let papers: [String]?
      let days: [Listed]
    }
    struct Listed: Decodable {
      let date: Day
      let name: String
      let off: Bool
    }
    let source: String?
    let years: [String: Table]
  }

  /// - Throws: `CalendarFault`
  package init(json: [UInt8]) throws(CalendarFault) {
    let form: Form
    do {
      form = try JSONDecoder().decode(Form.self, from: Data(json))
    } catch let error as DecodingError {
      throw .unreadable(error.plain)
    } catch {
      throw .unreadable("\(error)")
    }
    var years: [Int: Year] = [:]
    for (text, table) in form.years.sorted(by: { $0.key < $1.key }) {
      guard let year = Int(text), WorkingCalendar.possibleYears.contains(year) else {
        throw .notAYear(text)
      }
      let days = try Self.checked(
        table.days.map { .init(day: $0.date, name: $0.name, isOff: $0.off) }, of: year)
      let papers = (table.papers ?? []).joined(separator: " ")
      years[year] = Year(source: papers.isEmpty ? form.source ?? "" : papers, days: days)
    }
    guard !years.isEmpty else { throw .empty }
    self.years = years
  }

  /// One year's.
  /// - Parameter source: the notice.
  /// - Throws: `CalendarFault`
  package init(
    days: [WorkingCalendar.Entry], year: Int, source: String
  ) throws(CalendarFault) {
    guard WorkingCalendar.possibleYears.contains(year) else { throw .notAYear("\(year)") }
    guard !days.isEmpty else { throw .empty }
    let days = try Self.checked(days, of: year)
    years = [year: Year(source: source.singleLine.trimmed, days: days)]
  }

  private static func checked(
    _ days: [WorkingCalendar.Entry], of year: Int
  ) throws(CalendarFault) -> [WorkingCalendar.Entry] {
    var seen: Set<Day> = []
    return try days.map { (listed) throws(CalendarFault) in
      guard abs(listed.day.year - year) <= 1 else {
        throw CalendarFault.foreignDay(year: year, day: listed.day)
      }
      guard seen.insert(listed.day).inserted else {
        throw CalendarFault.listedTwice(year: year, day: listed.day)
      }
      let name = listed.name.trimmed
      guard !name.isEmpty else { throw CalendarFault.nameMissing(listed.day) }
      return WorkingCalendar.Entry(day: listed.day, name: name, isOff: listed.isOff)
    }
  }

  package var calendar: WorkingCalendar { WorkingCalendar(years: years.mapValues(\.days)) }
}

extension DecodingError {
  /// Where in the file, and what is wrong there, in one line.
  var plain: String {
    let context: Context
    var missing = ""
    switch self {
    case .keyNotFound(let key, let found): (context, missing) = (found, "\(key.stringValue): ")
    case .typeMismatch(_, let found), .valueNotFound(_, let found), .dataCorrupted(let found):
      context = found
    @unknown default: return "\(self)"
    }
    let place = context.codingPath.map { key in
      // A year looks like an index, but is none.
      key.intValue.map { key.stringValue == "\($0)" ? "\($0)" : "\($0 + 1)" } ?? key.stringValue
    }.joined(separator: " ")
    return (place.isEmpty ? "" : place + ": ") + missing + context.debugDescription
  }
}
