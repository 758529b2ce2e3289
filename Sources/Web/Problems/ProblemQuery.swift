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

  static let days = [
    "found_from", "found_to", "registered_from", "registered_to", "due_from", "due_to",
  ]
  private static let names =
    [
      "track", "state", "lamp", "category", "difficulty", "tier", "outcome", "rating", "unit",
      "place", "number", "text",
    ] + days + ["sort"]

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
    (listing, faults) = try Self.listing(values, procedures)
    self.values = values
  }

  subscript(_ name: String) -> String { values[name] ?? "" }

  private static func listing(
    _ values: [String: String], _ procedures: Procedures
  ) throws -> (ProblemListing, faults: [String]) {
    func choice<T: RawRepresentable<String>>(_ name: String, _ type: T.Type) throws -> T? {
      guard let text = values[name] else { return nil }
      guard let value = T(rawValue: text) else { throw RequestError.badQuery }
      return value
    }
    var faults: [String] = []
    func span(_ name: String) -> DaySpan {
      func day(_ field: String) -> Day? {
        guard let text = values[field] else { return nil }
        let day = Day(text)
        if day == nil { faults.append(field) }
        return day
      }
      return DaySpan(from: day(name + "_from"), to: day(name + "_to"))
    }
    var listing = ProblemListing()
    listing.filter.track = try choice("track", Track.self)
    if let track = listing.filter.track, procedures[track] == nil { throw RequestError.badQuery }
    listing.filter.state = try choice("state", ProblemState.self)
    listing.filter.lamp = try choice("lamp", Lamp.self)
    listing.filter.difficulty = try choice("difficulty", Difficulty.self)
    listing.filter.outcome = try choice("outcome", Outcome.self)
    listing.filter.rating = try choice("rating", Rating.self)
    listing.filter.sort = try choice("sort", ProblemSort.self)
    listing.filter.category = values["category"]
    listing.filter.tier = values["tier"]
    // What is no number is no problem's number: an impossible one finds nothing.
    listing.filter.number = values["number"].map { Int64($0) ?? -1 }
    listing.filter.found = span("found")
    listing.filter.registered = span("registered")
    listing.filter.due = span("due")
    listing.unit = values["unit"] ?? ""
    listing.place = values["place"] ?? ""
    listing.text = values["text"] ?? ""
    return (listing, faults)
  }

  /// Filters and columns: what a view keeps, and what an export is made of.
  var pairs: [(String, String)] {
    Self.names.map { ($0, self[$0]) }.filter { !$0.1.isEmpty }
      + (columns == ListColumn.usual
        ? [] : [("cols", columns.map(\.rawValue).joined(separator: ","))])
  }

  var text: String {
    String(Route.problems.path(query: pairs).drop { $0 != "?" }.dropFirst())
  }

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
