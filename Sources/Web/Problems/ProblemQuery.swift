import Domain
import HTTP
import Hummingbird
import Services
import Storage

/// The list's filters, columns and place as they stand in the address.
struct ProblemQuery {
  let listing: ProblemListing
  let columns: [ListColumn]
  let before: ProblemCursor?
  /// Whether all rows of the page are to be ticked: for browsers without a script.
  let picksAll: Bool
  /// Days that cannot be read, by the names of their fields.
  let faults: [String]
  /// Why the view was not kept.
  let refused: SavedViewRefusal?
  /// What was typed, by field.
  private let values: [String: String]

  static let days = ProblemListing.days
  private static let names = ProblemListing.names

  /// - Throws: `RequestError.badQuery` for a value that is none of a filter's: showing everything
  ///   instead would be a wrong answer.
  init(_ request: Request, _ procedures: Procedures) throws {
    try self.init(request.uri.query ?? "", procedures)
  }

  init(_ query: String, _ procedures: Procedures) throws {
    var values: [String: String] = [:]
    var columns: Set<String> = []
    for pair in query.utf8.split(separator: UInt8(ascii: "&")) {
      guard let fields = FormData.decode(pair) else { throw RequestError.badQuery }
      for (name, value) in fields where name == "cols" {
        columns.formUnion(value.split(separator: ",").map(String.init))
      }
      values.merge(fields) { $1 }
    }
    values = values.mapValues(\.trimmed).filter { !$0.value.isEmpty }
    // A link of an earlier version, and what the command line calls it.
    if values["overdue"] == "1" { values["lamp"] = Lamp.red.rawValue }
    let shown = ListColumn.allCases.filter { columns.contains($0.rawValue) }
    self.columns = shown.isEmpty ? ListColumn.usual : shown
    before = values["before"].flatMap { ProblemCursor($0) }
    if values["before"] != nil, before == nil { throw RequestError.badQuery }
    picksAll = values["pick"] == "all"
    refused = values["refused"].flatMap { SavedViewRefusal(rawValue: $0) }
    guard let read = ProblemListing.read(values, procedures) else { throw RequestError.badQuery }
    (listing, faults) = read
    self.values = values
  }

  subscript(_ name: String) -> String { values[name] ?? "" }

  /// Filters and columns: what a view keeps, and what an export is made of.
  var pairs: [(String, String)] {
    ProblemListing.pairs(values, columns)
  }

  var text: String { PercentEncoding.query(pairs) }

  /// The list's address; where nothing is filtered it says so, as the bare one opens the view that is
  /// the account's default.
  func path(before: ProblemCursor? = nil, _ more: [(String, String)] = []) -> String {
    let pairs = pairs + [("before", before?.description ?? "")] + more
    let isBare = pairs.allSatisfy { $0.1.isEmpty }
    return Route.problems.path(query: isBare ? Self.everything : pairs)
  }

  static let everything = [("all", "1")]

  /// Whether anything but the columns was chosen.
  var isFiltered: Bool { Self.names.contains { !self[$0].isEmpty && $0 != "sort" } }

  /// Whether a filter of the less usual ones is set.
  var isNarrow: Bool {
    Self.names.dropFirst(3).contains {
      !self[$0].isEmpty && !["unit", "number", "text"].contains($0)
    }
  }
}
