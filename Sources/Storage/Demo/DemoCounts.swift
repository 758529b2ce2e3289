import Domain

/// Counts what a demo city's figures are made of, straight from the tables as they follow from the events.
package enum DemoCounts {
  /// Problems found until the end of a day, and those put right by then.
  /// - Parameters:
  ///   - begin: only those found from this day on.
  ///   - category: only this one; with `isExcluded` all but this one.
  package static func problems(
    _ track: Track, from begin: Day = DemoPlan.begins, through day: Day, category: String = "",
    isExcluded: Bool = false, in connection: any Connection
  ) throws -> (found: Int, putRight: Int) {
    let comparison = isExcluded ? "<>" : "="
    return try connection.row(
      """
      select count(*), coalesce(sum(case when exists (
          select 1
          from problem_rounds r
          where r.problem_id = p.id and r.closed_at < ?4
            and r.outcome in ('solved', 'partly', 'explained')
            and not exists (
              select 1
              from problem_rounds n
              where n.problem_id = p.id and n.round > r.round and n.assigned_at < ?4))
        then 1 else 0 end), 0)
      from problems p
      where p.track = ?1 and p.found_on >= ?2 and p.found_on <= ?3
        and (?5 = '' or coalesce(p.category, '') \(comparison) ?5)
      """, [track, begin, day, Instant(startOf: day + 1), category]
    ) { (Int(try $0.int(0)), Int(try $0.int(1))) }!
  }

  package static func categories(
    _ track: Track, through day: Day, in connection: any Connection
  ) throws -> Int {
    try number(
      "select count(distinct category) from problems where track = ?1 and found_on <= ?2",
      [track, day], connection)
  }

  /// On how many days problems of a category were first assigned.
  package static func assignmentDays(
    _ category: String, through day: Day, in connection: any Connection
  ) throws -> Int {
    let days = try connection.rows(
      """
      select distinct r.assigned_at
      from problem_rounds r
      join problems p on p.id = r.problem_id
      where p.category = ?1 and r.round = 1 and p.found_on <= ?2 and r.assigned_at < ?3
      """, [category, day, Instant(startOf: day + 1)]
    ) { try $0.instant(0).day }
    return Set(days).count
  }

  /// Rounds of a track that were rated until the end of a day, and those rated at least 基本满意.
  package static func ratings(
    _ track: Track, through day: Day, in connection: any Connection
  ) throws -> (rated: Int, satisfied: Int) {
    try connection.row(
      """
      select count(*),
        coalesce(sum(case when r.rating <> 'dissatisfied' then 1 else 0 end), 0)
      from problem_rounds r
      join problems p on p.id = r.problem_id
      where p.track = ?1 and r.rating is not null
        and coalesce(r.evaluated_at, r.return_visited_at) < ?2
      """, [track, Instant(startOf: day + 1)]
    ) { (Int(try $0.int(0)), Int(try $0.int(1))) }!
  }

  package static func officials(
    _ tracks: [OfficialTrack], _ rank: OfficialRank?, _ level: UnitLevel?,
    in connection: any Connection
  ) throws -> Int {
    let named = tracks.indices.map { "?\($0 + 3)" }.joined(separator: ", ")
    return try number(
      """
      select count(*)
      from officials o
      join units u on u.id = o.unit_id
      where (?1 = '' or o.rank = ?1) and (?2 = '' or u.level = ?2) and o.track in (\(named))
      """, [rank?.rawValue ?? "", level?.rawValue ?? ""] + tracks.map(\.rawValue), connection)
  }

  /// Regions of a level.
  package static func places(_ level: UnitLevel, in connection: any Connection) throws -> Int {
    try number(
      "select count(*) from units where kind = 'region' and level = ?1", [level.rawValue],
      connection)
  }

  package static func enterprises(
    through day: Day, in connection: any Connection
  ) throws -> Int {
    try number(
      "select count(*) from ledger where kind = 'enterprise.added' and at < ?1",
      [Instant(startOf: day + 1)], connection)
  }

  package static func whiteListed(in connection: any Connection) throws -> Int {
    try number("select count(*) from white_lists", [], connection)
  }

  /// Targets that somebody is in charge of, or linked to, on a day.
  package static func paired(
    _ kind: PairingKind, on day: Day, in connection: any Connection
  ) throws -> Int {
    let column = kind == .enterprise ? "enterprise_id" : "unit_id"
    let role = kind == .township ? "link" : "charge"
    return try number(
      """
      select count(distinct \(column))
      from pairings
      where role = ?1 and \(column) is not null and begins <= ?2 and (ends is null or ends > ?2)
      """, [role, day], connection)
  }

  /// Who is in charge of which village and which enterprise on a day, by the target's number.
  package static func charges(
    on day: Day, in connection: any Connection
  ) throws -> [Int64: OfficialID] {
    var charges: [Int64: OfficialID] = [:]
    try connection.forEach(
      """
      select coalesce(enterprise_id, unit_id), official_id
      from pairings
      where role = 'charge' and begins <= ?1 and (ends is null or ends > ?1)
      order by id
      """, [day]
    ) { charges[try $0.int(0)] = OfficialID(try $0.int(1)) }
    return charges
  }

  package struct Place: Sendable {
    package let id: UnitID
    package let level: UnitLevel
    /// `许昌市/禹州市/…`
    package let path: String
  }

  /// All units, those above before those below.
  package static func units(in connection: any Connection) throws -> [Place] {
    var paths: [UnitID: String] = [:]
    return try connection.rows(
      "select id, parent_id, name, level from units order by length(path), id"
    ) { row in
      let id = try row.unitID(0)
      let above = try row.optionalInt(1).flatMap { paths[UnitID($0)] }
      let path = (above.map { $0 + "/" } ?? "") + (try row.text(2))
      paths[id] = path
      return Place(id: id, level: try row.value(3, UnitLevel.self), path: path)
    }
  }

  private static func number(
    _ sql: String, _ arguments: [any SQLConvertible], _ connection: any Connection
  ) throws -> Int {
    Int(try connection.row(sql, arguments) { try $0.int(0) } ?? 0)
  }
}
