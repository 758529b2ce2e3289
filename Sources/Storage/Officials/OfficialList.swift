import Domain

/// What the list of officials is narrowed to.
package struct OfficialFilter: Hashable, Sendable {
  package var track: OfficialTrack?
  package var rank: OfficialRank?
  package var status: OfficialStatus?

  package init() {}
}

extension OfficialRows {
  /// Officials of a subtree in the order of the tree; rides search_entries_kind, which has all but those
  /// whose data were erased.
  /// - Parameter ids: only these, as a search found them.
  package static func page(
    _ filter: OfficialFilter, under path: String, among ids: [OfficialID]? = nil,
    after: PlaceKey?, limit: Int, _ vault: Vault, in connection: any Connection
  ) throws -> Page<Stored, PlaceKey> {
    var conditions = Conditions()
    conditions.add("s.kind = 'official'")
    conditions.add("s.path >= ?", after?.start(within: path) ?? path)
    conditions.add("s.path < ?", UnitRows.subtreeEnd(path))
    if let after { conditions.add("(s.path, s.id) > (?, ?)", after.path, after.id) }
    if let ids {
      conditions.add(
        connection.dialect.among("s.id", "?"), connection.dialect.list(ids.map(\.value)))
    }
    if let track = filter.track { conditions.add("o.track = ?", track) }
    if let rank = filter.rank { conditions.add("o.rank = ?", rank) }
    if let status = filter.status { conditions.add("o.status = ?", status) }
    let found = try connection.page(
      """
      select \(register.selection("o")), k.master_key_id, k.wrapped, s.path
      from search_entries s
      join officials o on o.id = s.id
      join person_keys k on k.person_id = o.person_id
      \(conditions.clause)
        and k.wrapped is not null
      order by s.path, s.id
      """, conditions.arguments, size: limit,
      key: { (row: (stored: Stored, path: String)) in
        PlaceKey(path: row.path, id: row.stored.id.value)
      }
    ) { (stored: try decode($0, vault), path: try $0.text(register.width + 2)) }
    return Page(items: found.items.map(\.stored), next: found.next)
  }

  /// Those of one unit itself, and of units that it stands for; rides officials_unit.
  package static func of(
    _ unit: UnitID, limit: Int, _ vault: Vault, in connection: any Connection
  ) throws -> [Stored] {
    try connection.rows(
      """
      \(select)
      where o.unit_id in (select id from units where id = ?1 or successor_id = ?1)
        and o.status = 'serving' and k.wrapped is not null
      order by o.id
      limit ?2
      """, [unit, limit]
    ) { try decode($0, vault) }
  }
}
