import Domain
import Storage

/// The problems behind a number on a page: exactly as many as the number says.
package struct ListFigureMembers: Sendable {
  let platform: Platform

  package init(_ platform: Platform) { self.platform = platform }

  package static let pageSize = 50

  /// Which number of a figure.
  package struct Which: Hashable, Sendable {
    package var slice: Definition.Slice
    /// A key of the dimension that is asked for; nil for all groups together.
    package var group: String?
    /// A value of the attribute the figure is divided by.
    package var share: String?

    package init(_ slice: Definition.Slice, group: String? = nil, share: String? = nil) {
      (self.slice, self.group, self.share) = (slice, group, share)
    }
  }

  package struct Shown: Sendable {
    package let result: FigureResult
    /// How many there are, as the figure counts them.
    package let count: Int
    package let page: [Line]
    package let next: FigureMember?
  }

  package struct Line: Sendable {
    package let problem: ProblemSummary
    /// The round that is counted.
    package let round: Int
  }

  /// - Throws: `UseCaseError.notFound`, `.forbidden`
  package func callAsFunction(
    _ request: FigureRequest, _ which: Which, after: FigureMember?,
    limit: Int = pageSize, for account: Account
  ) async throws -> Shown {
    let result = try await AskFigure(platform)(request, for: account)
    let definition = result.definition
    guard definition.subject != .targets, definition.part(which.slice) != nil else {
      throw UseCaseError.notFound
    }
    guard Self.isOpen(definition, to: account) else { throw UseCaseError.forbidden }
    let count = result.count(of: which)
    let query = result.query
    let platform = platform
    return try await platform.database.read { connection in
      let found = try platform.spans.use(in: connection) {
        $0.members(
          which.slice, definition, query, group: which.group, share: which.share, after: after,
          limit: limit + 1)
      }
      let shown = found.prefix(limit)
      let items = try ProblemList.summaries(shown.map(\.problem), in: connection)
      return Shown(
        result: result, count: count,
        page: shown.compactMap { member in
          items[member.problem].map { Line(problem: $0, round: member.round) }
        },
        next: found.count > limit ? shown.last : nil)
    }
  }
}

extension ListFigureMembers {
  /// Whether an account may see the problems behind a figure's numbers: who does not see how one was rated sees
  /// totals only.
  package static func isOpen(_ definition: Definition, to account: Account) -> Bool {
    account.may(.seeRatings) || !definition.tellsRatings
  }
}

extension FigureResult {
  /// The number that a list must have as many lines as.
  package func count(of which: ListFigureMembers.Which) -> Int {
    let tally =
      which.group.map { key in
        groups.first { $0.key == key }?.tally ?? Tally(definition)
      } ?? total
    if let share = which.share { return tally.shares[share] ?? 0 }
    return tally[which.slice]
  }
}
