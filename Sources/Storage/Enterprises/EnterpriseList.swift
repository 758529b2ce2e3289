import Domain

/// What the list of enterprises is narrowed to.
package struct EnterpriseFilter: Hashable, Sendable {
  /// A section or what begins with its digits: `C`, `C13`.
  package var industry: String?
  package var statisticalKind: StatisticalKind?
  package var scale: EnterpriseScale?
  package var status: EnterpriseStatus?
  package var isKey = false
  /// On a list of this level at present.
  package var whiteList: WhiteListLevel?

  package init() {}

  /// Each condition with the index it rides.
  fileprivate func conditions(today: Day) -> [(String, [any SQLConvertible])] {
    var all: [(String, [any SQLConvertible])] = []
    // Digits come before the colon.
    if let industry {
      all.append(("e.industry >= ? and e.industry < ?", [industry, industry + ":"]))
    }
    if let statisticalKind { all.append(("e.statistical_kind = ?", [statisticalKind])) }
    if let scale { all.append(("e.scale = ?", [scale])) }
    switch status {
    case nil: break
    case .normal?: all.append(("e.status = 'normal'", []))
    // Spelled out: the index is of those that are not normal.
    case let other?: all.append(("e.status <> 'normal' and e.status = ?", [other]))
    }
    if isKey { all.append(("e.is_key = 1", [])) }
    if let whiteList {
      all.append(
        (
          """
          e.id in (
            select w.enterprise_id
            from white_lists w
            where w.level = ? and w.valid_from <= ? and (w.valid_to is null or w.valid_to > ?))
          """, [whiteList, today, today]
        ))
    }
    return all
  }
}

extension EnterpriseRows {
  /// What fits so few is looked up by its own index and sorted; walking the tree for it would read
  /// nearly everything on the way.
  private static let few = 2000

  /// Enterprises of a subtree in the order of the tree, without those that were merged into others.
  /// Rides search_entries_kind, or the index of the condition that fits only a few.
  /// - Parameter ids: only these, as a search found them.
  package static func page(
    _ filter: EnterpriseFilter, under path: String, among ids: [EnterpriseID]? = nil,
    after: PlaceKey?, limit: Int, today: Day, in connection: any Connection
  ) throws -> Page<Stored, PlaceKey> {
    var conditions = Conditions()
    conditions.add("s.id = e.id")
    conditions.add("s.kind = 'enterprise'")
    conditions.add("s.path >= ?", after?.start(within: path) ?? path)
    conditions.add("s.path < ?", UnitRows.subtreeEnd(path))
    if let after { conditions.add("(s.path, s.id) > (?, ?)", after.path, after.id) }
    if let ids {
      conditions.add(
        connection.dialect.among("s.id", "?"), connection.dialect.list(ids.map(\.value)))
    }
    let own = filter.conditions(today: today)
    for (text, values) in own { conditions.add(text, values) }
    var isRare = false
    for (text, values) in own where try !isRare && fitsFew(text, values, in: connection) {
      isRare = true
    }
    // SQLite reads tables that are joined so in this very order.
    let tables =
      isRare
      ? "enterprises e cross join search_entries s" : "search_entries s cross join enterprises e"
    let found = try connection.page(
      """
      select \(register.selection("e")), s.path
      from \(tables)
      \(conditions.clause)
      order by s.path, s.id
      """, conditions.arguments, size: limit,
      key: { (row: (stored: Stored, path: String)) in
        PlaceKey(path: row.path, id: row.stored.id.value)
      }
    ) { (stored: try decode($0), path: try $0.text(register.width)) }
    return Page(items: found.items.map(\.stored), next: found.next)
  }

  /// Some, by their ids, in one query.
  package static func find(
    ids: [EnterpriseID], in connection: any Connection
  ) throws -> [EnterpriseID: Stored] {
    var found: [EnterpriseID: Stored] = [:]
    try connection.forEach(
      """
      select \(register.selection("e"))
      from enterprises e
      where \(connection.dialect.among("e.id", "?1"))
      """, [connection.dialect.list(ids.map(\.value))]
    ) {
      let stored = try decode($0)
      found[stored.id] = stored
    }
    return found
  }

  private static func fitsFew(
    _ condition: String, _ values: [any SQLConvertible], in connection: any Connection
  ) throws -> Bool {
    var one = Conditions()
    one.add(condition, values)
    return try connection.row(
      """
      select count(*)
      from (select 1 from enterprises e \(one.clause) limit \(few + 1)) as entries
      """, one.arguments
    ) { try $0.int(0) <= few }!
  }
}
