import Domain
import Language
import Storage

/// What a list of problems is narrowed to, in people's words: units are named as people name them.
package struct ProblemListing: Hashable, Sendable {
  package var filter = ProblemFilter()
  /// Who leads: a unit or one below it.
  package var unit = ""
  /// Where it is: a place or one below it.
  package var place = ""

  /// Words of the title, of whom it concerns or what is said of it.
  package var text = ""

  package init() {}

  /// Of words that very many have, so many of the newest are listed; the page says so.
  package static let mostFound = 1000

  /// Why nothing is listed.
  package enum Fault: String, Error, Hashable, Sendable, CaseIterable {
    /// No unit, or more than one, is called so.
    case unknownUnit = "unknown_unit"
    case unknownPlace = "unknown_place"
  }

  /// The filter with its units and words looked up.
  /// - Parameter most: problems that may have the words.
  /// - Throws: `Fault`, `UseCaseError.forbidden` for ratings that the account may not see.
  func resolved(
    for account: Account, most: Int = ProblemListing.mostFound, in connection: any Connection
  ) throws -> ProblemFilter {
    if filter.rating != nil, !account.may(.seeRatings) { throw UseCaseError.forbidden }
    var filter = filter
    filter.handler = try path(unit, in: connection, or: .unknownUnit)
    filter.place = try path(place, in: connection, or: .unknownPlace)
    if !text.isEmpty {
      let query = SearchQuery(text)
      try SearchIndex.prepare(connection)
      filter.among =
        query.isEmpty
        ? [] : try ProblemListing.having(query, for: account, most: most, in: connection)
    }
    return filter
  }

  /// Of the few problems that some may see their own words are read: among those of the whole city theirs
  /// might not be found, and others' would be counted.
  private static func having(
    _ query: SearchQuery, for account: Account, most: Int, in connection: any Connection
  ) throws -> [ProblemID] {
    let visible = try ProblemScope.visibility(of: account, in: connection)
    guard visible.isNarrow else {
      return try ProblemTexts.having(query.terms, limit: most, in: connection)
    }
    return try ProblemTexts.newest(visible: visible, limit: most, in: connection).filter {
      query.order(
        ProblemText.entry(title: $0.title, concerns: $0.concerns, detail: $0.detail)) != nil
    }.map(\.id)
  }

  private func path(
    _ name: String, in connection: any Connection, or fault: Fault
  ) throws -> String? {
    if name.isEmpty { return nil }
    guard case .one(let stored) = try UnitReference(name).resolve(in: connection) else {
      throw fault
    }
    return stored.path
  }
}
