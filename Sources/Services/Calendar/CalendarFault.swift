import Domain

/// Why a calendar was not taken in, or a day not changed. Text comes from the catalogue.
package enum CalendarFault: Error, Hashable, Sendable, CustomStringConvertible {
  /// Not in the form of a calendar file; what the reader said.
  case unreadable(String)
  /// No year in it.
  case empty
  /// Not a year, or not one a table may be of.
  case notAYear(String)
  /// A day listed by the table of a year far from it.
  case foreignDay(year: Int, day: Day)
  /// A day listed twice by one table.
  case listedTwice(year: Int, day: Day)
  case nameMissing(Day)
  case reasonMissing
  /// One day cannot make a year's table: the whole is imported first.
  case unconfirmedYear(Int)

  package var code: String {
    switch self {
    case .unreadable: "unreadable"
    case .empty: "empty"
    case .notAYear: "not_a_year"
    case .foreignDay: "foreign_day"
    case .listedTwice: "listed_twice"
    case .nameMissing: "name_missing"
    case .reasonMissing: "reason_missing"
    case .unconfirmedYear: "unconfirmed_year"
    }
  }

  package var arguments: [String: String] {
    switch self {
    case .unreadable(let what): ["what": what]
    case .notAYear(let text): ["year": text]
    case .foreignDay(let year, let day), .listedTwice(let year, let day):
      ["year": "\(year)", "day": "\(day)"]
    case .nameMissing(let day): ["day": "\(day)"]
    case .unconfirmedYear(let year): ["year": "\(year)"]
    case .empty, .reasonMissing: [:]
    }
  }

  package var description: String {
    ([code] + arguments.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" })
      .joined(separator: ", ")
  }
}
