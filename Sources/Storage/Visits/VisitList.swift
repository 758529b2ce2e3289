import Domain

/// Lists of visits.
package enum VisitList {
  /// Whose visits are listed.
  package enum Scope: Sendable {
    /// To enterprises of a subtree.
    case area(path: String)
    /// By units of a subtree.
    case units(path: String)
    case official(OfficialID)
    case enterprise(EnterpriseID)
  }

  /// Which of them.
  package enum Span: Sendable {
    /// Those that are still to come about, also on days that have passed.
    case open
    case month(VisitMonth)
  }

  /// Where a page ends.
  package struct Key: Hashable, Sendable {
    package let day: Day
    package let id: VisitID

    package init(day: Day, id: VisitID) { (self.day, self.id) = (day, id) }

    /// Reads `2026-11-21-1234`, as `description` writes it.
    package init?(_ text: String) {
      guard text.count > 11, let day = Day(text.prefix(10)),
        let id = VisitID(String(text.dropFirst(11)))
      else { return nil }
      self.init(day: day, id: id)
    }

    package var description: String { "\(day)-\(id)" }
  }

  /// In the order of their days; rides visits_open, visits_day, visits_unit, visits_official or
  /// visits_enterprise.
  package static func page(
    _ scope: Scope, _ span: Span, after key: Key?, limit: Int, in connection: any Connection
  ) throws -> Page<VisitRows.Stored, Key> {
    var conditions = Conditions()
    switch scope {
    case .area("/"): break
    case .area(let path):
      conditions.add(
        """
        exists (
          select 1
          from enterprises e
          join units u on u.id = e.unit_id
          where e.id = v.enterprise_id and u.path >= ? and u.path < ?)
        """, path, UnitRows.subtreeEnd(path))
    case .units(let path):
      conditions.add(
        "v.unit_id in (select u.id from units u where u.path >= ? and u.path < ?)", path,
        UnitRows.subtreeEnd(path))
    case .official(let id): conditions.add("v.official_id = ?", id)
    case .enterprise(let id): conditions.add("v.enterprise_id = ?", id)
    }
    switch span {
    case .open: conditions.add("v.status in ('asked', 'planned', 'moved')")
    case .month(let month):
      conditions.add("v.day >= ? and v.day <= ?", month.first, month.last)
    }
    if let key { conditions.add("(v.day, v.id) > (?, ?)", key.day, key.id) }
    return try connection.page(
      """
      \(VisitRows.select)
      \(conditions.clause)
      order by v.day, v.id
      """, conditions.arguments, size: limit,
      key: { Key(day: $0.visit.date.day, id: $0.id) }, VisitRows.decode)
  }

  /// An enterprise's visits on some days; rides visits_enterprise.
  package static func of(
    _ enterprise: EnterpriseID, on days: ClosedRange<Day>, in connection: any Connection
  ) throws -> [VisitRows.Stored] {
    try connection.rows(
      """
      \(VisitRows.select)
      where v.enterprise_id = ?1 and v.day >= ?2 and v.day <= ?3
      order by v.day, v.id
      limit \(most)
      """, [enterprise, days.lowerBound, days.upperBound], VisitRows.decode)
  }

  /// More than any enterprise has in a season, and a bound all the same.
  private static let most = 200
}
