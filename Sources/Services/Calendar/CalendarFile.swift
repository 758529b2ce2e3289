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
      var seen: Set<Day> = []
      let days = try table.days.map { (listed) throws(CalendarFault) in
        guard abs(listed.date.year - year) <= 1 else {
          throw CalendarFault.foreignDay(year: year, day: listed.date)
        }
        guard seen.insert(listed.date).inserted else {
          throw CalendarFault.listedTwice(year: year, day: listed.date)
        }
        let name = listed.name.trimmed
        guard !name.isEmpty else { throw CalendarFault.nameMissing(listed.date) }
        return WorkingCalendar.Entry(day: listed.date, name: name, isOff: listed.off)
      }
      let papers = (table.papers ?? []).joined(separator: " ")
      years[year] = Year(source: papers.isEmpty ? form.source ?? "" : papers, days: days)
    }
    guard !years.isEmpty else { throw .empty }
    self.years = years
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
