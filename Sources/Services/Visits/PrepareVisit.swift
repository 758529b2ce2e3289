import Domain
import Language
import Storage

/// What whoever plans a visit should know before: what the enterprise has in that month already, whether it
/// wants to be left alone, and with whom one might come together.
package struct PrepareVisit: Sendable {
  let platform: Platform

  package init(_ platform: Platform) { self.platform = platform }

  package struct Preparation: Sendable {
    package let enterprise: EnterpriseID
    package let name: String
    package let unitPath: String
    /// Of the day in question.
    package let month: VisitMonth
    package let visits: [ShownVisit]
    package let load: Int
    package let quiet: Quiet?
    /// Visits of others that are near enough, nearest first.
    package let proposals: [ShownVisit]
    /// As whom the account visits; nil for an office, which names the unit.
    package let visitor: String?
    /// Of the unit, one of whom may be named.
    package let officials: [(id: OfficialID, name: String)]
  }

  /// An enterprise that may be meant.
  package struct Candidate: Sendable {
    package let id: EnterpriseID
    package let name: String
    package let place: String
  }

  /// More are not read.
  private static let shown = 20
  private static let mostOfficials = 200

  /// The enterprises of the account's area with a name like this, the best first.
  /// - Throws: `UseCaseError.forbidden`
  package func candidates(_ text: String, for account: Account) async throws -> [Candidate] {
    let vault = platform.vault
    return try await platform.database.read { connection in
      let area = try VisitScope.area(of: account, vault, in: connection)
      try SearchIndex.prepare(connection)
      let answer = try SearchIndex.find(
        SearchQuery(text), under: area, limit: PrepareVisit.shown * 5, vault, in: connection)
      let hits = answer.hits.filter { $0.kind == .enterprise }.prefix(PrepareVisit.shown)
      let paths = try UnitRows.namePaths(of: hits.map(\.unit), in: connection)
      return hits.map {
        Candidate(id: EnterpriseID($0.id), name: $0.title, place: paths[$0.unit] ?? "")
      }
    }
  }

  /// - Parameter day: when the visit is to be; today where that is not said yet.
  /// - Throws: `UseCaseError.forbidden`, `.notFound`
  package func callAsFunction(
    _ id: EnterpriseID, on day: Day?, for account: Account
  ) async throws -> Preparation {
    guard account.may(.planVisits) else { throw UseCaseError.forbidden }
    let (platform, today) = (platform, platform.now().day)
    return try await platform.database.read { connection in
      let vault = platform.vault
      let stored = try VisitScope.enterprise(id, for: account, vault, in: connection)
      let visitor = try VisitScope.visitor(of: account, vault, in: connection)
      let month = VisitMonth(of: day ?? today)
      let listed = try VisitList.of(id, on: month.first...month.last, in: connection)
      let near = try PrepareVisit.near(
        day, id, visitor, platform, today: today, in: connection)
      let shown = try ShownVisit.all(listed + near, vault, in: connection)
      let paths = try UnitRows.namePaths(
        of: [stored.enterprise.unit] + [visitor?.unit].compactMap(\.self), in: connection)
      let isUnit = visitor != nil && visitor?.official == nil
      return Preparation(
        enterprise: id, name: stored.enterprise.name,
        unitPath: paths[stored.enterprise.unit] ?? "", month: month,
        visits: Array(shown.prefix(listed.count)),
        load: try VisitRows.load(of: id, in: month, except: nil, in: connection),
        quiet: try QuietRows.current(of: id, on: today, in: connection)?.quiet,
        proposals: Array(shown.suffix(near.count)),
        visitor: try visitor.map { visitor in
          let name = try visitor.official.map {
            try OfficialRows.find($0, vault, in: connection)?.official.name ?? ""
          }
          return [paths[visitor.unit] ?? "", name ?? ""].filter { !$0.isEmpty }
            .joined(separator: " · ")
        },
        officials: isUnit
          ? try OfficialRows.of(
            visitor!.unit, limit: PrepareVisit.mostOfficials, vault, in: connection
          ).map { ($0.id, $0.official.name) } : [])
    }
  }

  /// Open visits of others around a day, or all that are to come where the day is not said yet.
  private static func near(
    _ day: Day?, _ id: EnterpriseID, _ visitor: Visit.Visitor?, _ platform: Platform,
    today: Day, in connection: any Connection
  ) throws -> [VisitRows.Stored] {
    let rules = platform.visitRules
    let calendar = try platform.calendar(in: connection)
    let days = rules.joinable(with: day ?? today)
    let last = max(days.upperBound, day == nil ? today + rules.horizon.number : today)
    let found = try VisitList.of(
      id, on: max(days.lowerBound, today)...last, in: connection)
    return found.filter { other in
      let isNear = day.map { rules.mayJoin($0, other.visit.date.day, calendar) } ?? true
      return isNear && other.visit.takesGuests
        && (visitor == nil || other.visit.visitor?.unit != visitor?.unit)
    }.sorted { a, b in
      guard let day else { return a.visit.date.day < b.visit.date.day }
      return abs(a.visit.date.day - day) < abs(b.visit.date.day - day)
    }
  }
}
