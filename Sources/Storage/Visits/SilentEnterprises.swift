import Domain

/// An enterprise that nobody has been in contact with for long.
package struct SilentEnterprise: Hashable, Sendable {
  package let id: EnterpriseID
  package let name: String
  package let unit: UnitID
  package let isKey: Bool
  /// The last visit that was held, problem that was registered, rating or return visit; nil where none is
  /// known.
  package let lastContact: Day?
  /// The next visit that is planned.
  package let nextVisit: Day?
  /// Until when it asked to be left alone.
  package let quietUntil: Day?
}

package enum SilentEnterprises {
  /// Enterprises of a subtree in business without any contact since a day, in the order of the tree; rides
  /// search_entries_kind, and for each entry visits_held, problems_enterprise and the key of
  /// problem_rounds.
  package static func page(
    under path: String, since day: Day, after: PlaceKey?, limit: Int, today: Day,
    in connection: any Connection
  ) throws -> Page<SilentEnterprise, PlaceKey> {
    var conditions = Conditions()
    conditions.add("s.id = e.id")
    conditions.add("s.kind = 'enterprise'")
    conditions.add("s.path >= ?", after?.start(within: path) ?? path)
    conditions.add("s.path < ?", UnitRows.subtreeEnd(path))
    if let after { conditions.add("(s.path, s.id) > (?, ?)", after.path, after.id) }
    conditions.add("e.status in ('normal', 'lost')")
    conditions.add(
      """
      not exists (
        select 1
        from visits v
        where v.enterprise_id = e.id and v.status = 'held' and v.day >= ?)
      """, day)
    conditions.add(
      """
      not exists (
        select 1
        from problems p
        left join problem_rounds r on r.problem_id = p.id
        where p.concerns_enterprise_id = e.id
          and (p.registered_at >= ? or r.evaluated_at >= ? or r.return_visited_at >= ?))
      """, Instant(startOf: day), Instant(startOf: day), Instant(startOf: day))
    let number = conditions.arguments.count + 1
    // SQLite reads tables that are joined so in this very order.
    let found = try connection.page(
      """
      select e.id, e.name, e.unit_id, e.is_key, s.path,
        (select max(v.day) from visits v where v.enterprise_id = e.id and v.status = 'held'),
        (select max(p.registered_at) from problems p where p.concerns_enterprise_id = e.id),
        (select max(r.evaluated_at)
          from problems p
          join problem_rounds r on r.problem_id = p.id
          where p.concerns_enterprise_id = e.id),
        (select max(r.return_visited_at)
          from problems p
          join problem_rounds r on r.problem_id = p.id
          where p.concerns_enterprise_id = e.id),
        (select min(v.day)
          from visits v
          where v.enterprise_id = e.id and v.day >= ?\(number)
            and v.status in ('planned', 'moved')),
        (select max(q.to_day)
          from visit_quiets q
          where q.enterprise_id = e.id and q.to_day >= ?\(number))
      from search_entries s
      cross join enterprises e
      \(conditions.clause)
      order by s.path, s.id
      """, conditions.arguments + [today], size: limit,
      key: { (row: (line: SilentEnterprise, path: String)) in
        PlaceKey(path: row.path, id: row.line.id.value)
      }
    ) { sql in
      let instants = try [6, 7, 8].compactMap { try sql.optionalInstant($0)?.day }
      let days = instants + [try sql.optionalDay(5)].compactMap(\.self)
      return (
        line: SilentEnterprise(
          id: EnterpriseID(try sql.int(0)), name: try sql.text(1), unit: try sql.unitID(2),
          isKey: try sql.int(3) == 1, lastContact: days.max(),
          nextVisit: try sql.optionalDay(9), quietUntil: try sql.optionalDay(10)),
        path: try sql.text(4)
      )
    }
    return Page(items: found.items.map(\.line), next: found.next)
  }
}
