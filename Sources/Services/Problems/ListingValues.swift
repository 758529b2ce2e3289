import Domain
import Storage

extension ProblemListing {
  package static let days = [
    "found_from", "found_to", "registered_from", "registered_to", "due_from", "due_to",
  ]

  /// The filters as they stand in addresses.
  package static let names =
    [
      "track", "state", "lamp", "category", "difficulty", "tier", "outcome", "rating", "unit",
      "place", "number", "text",
    ] + days + ["sort"]

  /// Filters and columns in the order of addresses: what a view keeps, and what an export is made of.
  package static func pairs(
    _ values: [String: String], _ columns: [ListColumn]
  ) -> [(String, String)] {
    names.map { ($0, values[$0] ?? "") }.filter { !$0.1.isEmpty }
      + (columns == ListColumn.usual
        ? [] : [("cols", columns.map(\.rawValue).joined(separator: ","))])
  }

  /// Reads the filters of an address.
  /// - Returns: nil for a value that is none of a filter's: showing everything instead would be a wrong
  ///   answer. Days that cannot be read are named.
  package static func read(
    _ values: [String: String], _ procedures: Procedures
  ) -> (listing: ProblemListing, faults: [String])? {
    var isReadable = true
    func choice<T: RawRepresentable<String>>(_ name: String, _ type: T.Type) -> T? {
      guard let text = values[name] else { return nil }
      let value = T(rawValue: text)
      if value == nil { isReadable = false }
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
    listing.filter.track = choice("track", Track.self)
    if let track = listing.filter.track, procedures[track] == nil { isReadable = false }
    listing.filter.state = choice("state", ProblemState.self)
    listing.filter.lamp = choice("lamp", Lamp.self)
    listing.filter.difficulty = choice("difficulty", Difficulty.self)
    listing.filter.outcome = choice("outcome", Outcome.self)
    listing.filter.rating = choice("rating", Rating.self)
    listing.filter.sort = choice("sort", ProblemSort.self)
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
    return isReadable ? (listing, faults) : nil
  }
}
