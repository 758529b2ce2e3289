import Domain
import Storage

/// An enterprise's own visits: what comes, what it may answer, and until when it asked to be left alone.
package struct ShowOwnVisits: Sendable {
  let platform: Platform

  package init(_ platform: Platform) { self.platform = platform }

  /// One that is still to come about.
  package struct Coming: Sendable {
    package let shown: ShownVisit
    /// Those that come along.
    package let guests: [ShownVisit]
    /// What the enterprise may do, with the reasons against each.
    package let options: [(action: VisitAction, refusals: [VisitRefusal])]
  }

  package struct Answer: Sendable {
    package let coming: [Coming]
    package let calendar: EnterpriseCalendar.Answer
  }

  /// Visits of so many days ago of which nobody has said what came of them are still shown.
  private static let unanswered = 30

  /// - Throws: `UseCaseError.forbidden`, `.notFound`
  package func callAsFunction(
    _ month: VisitMonth, for account: Account
  ) async throws -> Answer {
    let calendar = try await EnterpriseCalendar(platform).own(month, for: account)
    let (platform, today) = (platform, platform.now().day)
    return try await platform.database.read { connection in
      let surroundings = Visit.Surroundings(today: today, platform.visitRules)
      let first = today + -ShowOwnVisits.unanswered
      let listed = try VisitList.of(
        calendar.id, on: first...(today + platform.visitRules.horizon.number), in: connection)
      let shown = try ShownVisit.all(listed, platform.vault, in: connection)
      let coming = shown.filter(\.visit.status.isOpen).map { host in
        Coming(
          shown: host,
          guests: shown.filter {
            $0.visit.status == .joined && $0.visit.joinedInto == host.id
          },
          options: VisitAction.ofEnterprise.map {
            (action: $0, refusals: host.visit.refusals(of: $0, in: surroundings))
          }.filter { $0.refusals != [.status] })
      }
      return Answer(coming: coming, calendar: calendar)
    }
  }
}
