import Domain

/// Who in a demo city has something to do, for a visitor to sign in as.
package enum DemoDesks {
  private static let open = """
    from problem_legs l
    join problems p on p.id = l.problem_id
    where p.state in ('assigned', 'acknowledged', 'in_progress') and l.answered_at is null
      and l.withdrawn_at is null
    """

  /// A county's department with the most open legs; with `isAny` any unit.
  package static func handler(
    isAny: Bool = false, in connection: any Connection
  ) throws -> UnitID? {
    let narrowing = isAny ? "" : "and u.kind = 'department' and u.level = 'county'"
    return try connection.row(
      """
      select l.unit_id, count(*)
      \(open.replacing("where", with: "join units u on u.id = l.unit_id\nwhere"))
        \(narrowing)
      group by l.unit_id
      order by 2 desc, 1
      limit 1
      """
    ) { try $0.unitID(0) }
  }

  package static func official(in connection: any Connection) throws -> OfficialID? {
    try connection.row(
      """
      select l.official_id, count(*)
      \(open) and l.official_id is not null
      group by l.official_id
      order by 2 desc, 1
      limit 1
      """
    ) { OfficialID(try $0.int(0)) }
  }

  /// Whom the last problem of a track concerns that is not over.
  package static func enterprise(in connection: any Connection) throws -> EnterpriseID? {
    try connection.row(
      """
      select concerns_enterprise_id
      from problems
      where concerns_enterprise_id is not null
      order by case when state = 'closed' then 1 else 0 end, registered_at desc
      limit 1
      """
    ) { EnterpriseID(try $0.int(0)) }
  }

  package static func village(in connection: any Connection) throws -> UnitID? {
    try connection.row(
      """
      select p.concerns_unit_id
      from problems p
      join units u on u.id = p.concerns_unit_id
      where u.level = 'village'
      order by case when p.state = 'closed' then 1 else 0 end, p.registered_at desc
      limit 1
      """
    ) { try $0.unitID(0) }
  }
}
