import Domain

extension ProblemList {
  /// Whom or what problems are about, or who has them.
  package enum Subject: Sendable {
    case enterprise(EnterpriseID)
    /// Those in which the official has a line.
    case official(OfficialID)
    /// Those that concern a place, or that a unit has as its handler.
    case unit(UnitID)
  }

  /// Of a unit, which may have had very many, so many of the latest are looked at.
  private static let recent = 100

  /// The latest problems of a subject that may be seen, open ones first; rides problems_enterprise,
  /// problem_legs_official, or problems_concerns and problems_unit.
  package static func latest(
    of subject: Subject, visible: Visibility, limit: Int, in connection: any Connection
  ) throws -> [ProblemSummary] {
    var conditions: [String]
    var arguments: [any SQLConvertible]
    switch subject {
    case .enterprise(let id):
      conditions = ["p.concerns_enterprise_id = ?1"]
      arguments = [id]
    case .official(let id):
      conditions = ["p.id in (select problem_id from problem_legs where official_id = ?1)"]
      arguments = [id]
    case .unit(let id):
      conditions = [
        """
        p.id in (
          select id
          from (
            select id from problems where concerns_unit_id = ?1 order by id desc limit \(recent)
          ) as here
          union
          select id
          from (select id from problems where unit_id = ?1 order by id desc limit \(recent)) as given)
        """
      ]
      arguments = [id]
    }
    narrow(visible, &conditions, &arguments)
    return try connection.rows(
      """
      \(select)
      where \(conditions.joined(separator: " and "))
      order by case when p.state in ('closed', 'declined') then 1 else 0 end, p.id desc
      limit ?\(arguments.count + 1)
      """, arguments + [limit], decode)
  }
}
