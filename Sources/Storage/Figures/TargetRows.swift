import Domain

/// Figures of enterprises, townships and villages: who has an official, and who was in contact with whom.
enum TargetRows {
  static func result(
    _ definition: Definition, _ query: FigureQuery, in connection: any Connection
  ) throws -> FigureResult {
    var sql = FigureSQL(definition, query)
    let source = targets(&sql)
    let all = try within(&sql, definition, in: connection)
    let slices = definition.slices
    let columns = slices.map { "count(*) filter (where \(sql.condition(for: $0)))" }
    var groups: [String: Tally] = [:]
    var areas = UnitArea()
    let rows = try connection.rows(
      """
      select s.unit_id, s.track, \(columns.joined(separator: ",\n  "))
      from (\(source)) s
      where \(all)
      group by s.unit_id, s.track
      """, sql.arguments
    ) { row in
      (
        unit: try row.unitID(0), track: try row.text(1),
        counts: try slices.indices.map { Int(try row.int($0 + 2)) }
      )
    }
    for row in rows {
      var tally = Tally(definition)
      for (slice, count) in zip(slices, row.counts) { tally[slice] = count }
      let area = try areas.area(of: row.unit, in: connection)
      groups[key(query.dimension, area, row.track), default: Tally(definition)] += tally
    }
    return FigureResult(definition, query, counted: groups)
  }

  private static func key(
    _ dimension: FigureQuery.Dimension?, _ area: Area, _ track: String
  ) -> String {
    func text(_ unit: UnitID?) -> String { unit.map { String($0.value) } ?? "" }
    return switch dimension {
    case .county: text(area.county)
    case .township: text(area.township)
    case .village: text(area.village)
    case .track: track
    case .unit, .category, .difficulty, .tier, .origin, .day, nil: ""
    }
  }

  /// Everything somebody is to be in charge of, on the day of the instant. Contacts are those that are
  /// recorded anyway; rides pairings_enterprise, pairings_unit, visits_held and problems_enterprise.
  private static func targets(_ sql: inout FigureSQL) -> String {
    // The end of a day belongs to it, not to the next.
    let last = Instant(milliseconds: sql.query.asOf.milliseconds - 1).day
    let day = sql.place(last)
    // Ids are made in the order of time: whose is later was not in the register then.
    let end = sql.place(Identifiers.from(Instant(startOf: last + 1)))
    func paired(_ column: String, _ id: String) -> String {
      """
      (select min(p.begins * 86400000 - 28800000)
        from pairings p
        where p.\(column) = \(id) and p.begins <= \(day) and (p.ends is null or p.ends > \(day)))
      """
    }
    return """
      select e.id as id, 'enterprise' as kind, 'enterprise' as track, e.unit_id as unit_id,
        \(paired("enterprise_id", "e.id")) as paired_at,
        (select max(c.at)
          from (
            select max(v.day) * 86400000 - 28800000 as at
            from visits v
            where v.enterprise_id = e.id and v.status = 'held' and v.day <= \(day)
            union all
            select max(q.registered_at)
            from problems q
            where q.concerns_enterprise_id = e.id and q.registered_at < ?1
            union all
            select max(r.return_visited_at)
            from problems q
            join problem_rounds r on r.problem_id = q.id
            where q.concerns_enterprise_id = e.id and r.return_visited_at < ?1
          ) c) as contacted_at
      from enterprises e
      where e.status in ('normal', 'lost') and e.merged_into is null and e.id < \(end)
      union all
      select u.id, u.level, 'village', u.id, \(paired("unit_id", "u.id")), null
      from units u
      where u.kind = 'region' and u.level in ('township', 'village') and u.valid_from <= \(day)
        and (u.valid_to is null or u.valid_to > \(day)) and u.successor_id is null
      """
  }

  private static func within(
    _ sql: inout FigureSQL, _ definition: Definition, in connection: any Connection
  ) throws -> String {
    var parts: [String] = []
    if let track = sql.query.track { parts.append("s.track = \(sql.place(track))") }
    if let area = sql.query.area, let path = try UnitRows.find(area.unit, in: connection)?.path {
      let (from, to) = (sql.place(path), sql.place(UnitRows.subtreeEnd(path)))
      parts.append("s.unit_id in (select id from units where path >= \(from) and path < \(to))")
    }
    let own = sql.sql(definition.denominator.conditions)
    if !own.isEmpty { parts.append(own) }
    return parts.isEmpty ? "true" : parts.joined(separator: " and ")
  }
}
