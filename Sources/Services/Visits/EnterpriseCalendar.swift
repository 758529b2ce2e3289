import Domain
import Storage

/// The visits of all units to one enterprise, and which of them might take place together.
package struct EnterpriseCalendar: Sendable {
  let platform: Platform

  package init(_ platform: Platform) { self.platform = platform }

  /// Two visits of different units so near to each other that they might come together.
  package struct Proposal: Sendable {
    package let first: ShownVisit
    package let second: ShownVisit
  }

  package struct Answer: Sendable {
    package let id: EnterpriseID
    package let name: String
    package let month: VisitMonth
    /// All of the month, in order.
    package let visits: [ShownVisit]
    /// How many of them count.
    package let load: Int
    /// The wish to be left alone that holds, or will.
    package let quiet: Quiet?
    /// Of visits that are still to come.
    package let proposals: [Proposal]
    package let calendar: WorkingCalendar
  }

  /// - Throws: `UseCaseError.forbidden`, `.notFound`
  package func callAsFunction(
    _ id: EnterpriseID, _ month: VisitMonth, for account: Account
  ) async throws -> Answer {
    let (platform, now) = (platform, platform.now())
    return try await platform.database.read { connection in
      let stored = try VisitScope.enterprise(
        id, for: account, platform.vault, in: connection)
      return try EnterpriseCalendar.answer(stored, month, platform, at: now, in: connection)
    }
  }

  /// An enterprise's own.
  /// - Throws: `UseCaseError.forbidden`, `.notFound`
  package func own(_ month: VisitMonth, for account: Account) async throws -> Answer {
    let (platform, now) = (platform, platform.now())
    return try await platform.database.read { connection in
      let stored = try VisitScope.own(account, in: connection)
      return try EnterpriseCalendar.answer(stored, month, platform, at: now, in: connection)
    }
  }

  private static func answer(
    _ stored: EnterpriseRows.Stored, _ month: VisitMonth, _ platform: Platform,
    at now: Instant, in connection: any Connection
  ) throws -> Answer {
    let (today, rules) = (now.day, platform.visitRules)
    let calendar = try platform.calendar(in: connection)
    let listed = try VisitList.of(
      stored.id, on: month.first...month.last, in: connection)
    let coming = try VisitList.of(
      stored.id, on: today...(today + rules.horizon.number), in: connection)
    let pairs = pairs(coming, rules, calendar)
    let shown = try ShownVisit.all(
      listed + pairs.flatMap { [$0.0, $0.1] }, platform.vault, in: connection)
    let known = Dictionary(shown.map { ($0.id, $0) }, uniquingKeysWith: { a, _ in a })
    return Answer(
      id: stored.id, name: stored.enterprise.name, month: month,
      visits: listed.compactMap { known[$0.id] },
      load: try VisitRows.load(of: stored.id, in: month, except: nil, in: connection),
      quiet: try QuietRows.current(of: stored.id, on: today, in: connection)?.quiet,
      proposals: pairs.compactMap { pair in
        guard let first = known[pair.0.id], let second = known[pair.1.id] else { return nil }
        return Proposal(first: first, second: second)
      }, calendar: calendar)
  }

  /// Each with the next of another unit.
  private static func pairs(
    _ coming: [VisitRows.Stored], _ rules: VisitRules, _ calendar: WorkingCalendar
  ) -> [(VisitRows.Stored, VisitRows.Stored)] {
    let open = coming.filter(\.visit.takesGuests)
    return open.indices.compactMap { index in
      let first = open[index]
      let second = open[(index + 1)...].first { other in
        other.visit.visitor?.unit != first.visit.visitor?.unit
          && rules.mayJoin(first.visit.date.day, other.visit.date.day, calendar)
      }
      return second.map { (first, $0) }
    }
  }
}
