import Domain

/// Where an official's week is found: problems and visits that may tell of it. What they tell comes from
/// the ledger.
package enum OfficialDeedRows {
  /// The official's accounts, those that were closed as well; rides accounts_official.
  package static func actors(
    of official: OfficialID, in connection: any Connection
  ) throws -> [Actor] {
    try connection.rows(
      "select id from accounts where official_id = ?1 order by id", [official]
    ) { .account(AccountID(try $0.int(0))) }
  }

  /// Problems that they registered or have a line in, in which something may have happened since an
  /// instant; rides problem_legs_official and problems_registered_by.
  package static func problems(
    of official: OfficialID, _ actors: [Actor], since: Instant, in connection: any Connection
  ) throws -> [ProblemID] {
    let ended = ProblemState.allCases.filter(\.isEnded).map { "'\($0.rawValue)'" }
    let own = actors.indices.map { "select id from problems where registered_by = ?\($0 + 3)" }
    return try connection.rows(
      """
      select p.id
      from problems p
      where p.id in (
          \((["select problem_id from problem_legs where official_id = ?1"] + own)
            .joined(separator: "\n  union all\n  ")))
        and (p.since >= ?2 or p.state not in (\(ended.joined(separator: ", "))))
      order by p.id
      """, [official, since] + actors
    ) { try $0.problemID(0) }
  }

  /// A visit as the ledger tells it.
  package struct Visited: Sendable {
    package let id: VisitID
    /// The newest first.
    let changes: [RegisterChange]

    package func lastChange(by actors: [Actor]) -> Instant? {
      changes.filter { actors.contains($0.actor) }.map(\.at).max()
    }

    /// As it stood at an instant; nil where nobody had planned it.
    package func standing(at instant: Instant) -> Standing? {
      var fields: [String: String] = [:]
      for change in changes.reversed() where change.at < instant {
        for field in change.fields { fields[field.name] = field.to }
      }
      guard let day = fields["day"].flatMap({ Int($0) }),
        let status = fields["status"].flatMap({ Visit.Status(rawValue: $0) }),
        let enterprise = fields["enterprise_id"].flatMap({ EnterpriseID($0) })
      else { return nil }
      return Standing(
        enterprise: enterprise, official: fields["official_id"].flatMap { OfficialID($0) },
        day: Day(number: day), status: status, purpose: fields["purpose"] ?? "",
        answer: fields["answer"])
    }
  }

  package struct Standing: Sendable {
    package let enterprise: EnterpriseID
    package let official: OfficialID?
    package let day: Day
    package let status: Visit.Status
    package let purpose: String
    package let answer: String?
  }

  /// Visits that may lie on these days, or did before they were moved; rides visits_official.
  package static func visits(
    of official: OfficialID, around days: FigureQuery.Period, in connection: any Connection
  ) throws -> [Visited] {
    let ids = try connection.rows(
      """
      select v.id
      from visits v
      where v.official_id = ?1 and v.day >= ?2
      order by v.day, v.id
      """, [official, days.from + -reach]
    ) { VisitID(try $0.int(0)) }
    return try ids.map {
      Visited(id: $0, changes: try RegisterHistory.latest(of: ["visit/\($0)"], in: connection))
    }
  }

  /// Days a visit is moved at most.
  private static let reach = 400
}
