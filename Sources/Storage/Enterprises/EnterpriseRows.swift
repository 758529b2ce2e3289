import Domain

/// The register of enterprises.
package enum EnterpriseRows {
  package static let register = Register(
    "enterprises", stream: "enterprise",
    [
      .init("code"), .init("code_override"), .init("name"), .init("former_names"),
      .init("unit_id", .id), .init("industry"), .init("statistical_kind"), .init("is_key", .int),
      .init("scale"), .init("status"), .init("merged_into", .id),
    ])

  package struct Stored: Sendable {
    package let id: EnterpriseID
    package let enterprise: Enterprise
    let row: Register.Row
  }

  /// - Returns: their ids, in order.
  /// - Throws: `StorageError.notUnique` where a credit code is known.
  @discardableResult
  package static func add(
    _ new: [Enterprise], at now: Instant, by actor: Actor, in connection: any Connection
  ) throws -> [EnterpriseID] {
    let rows = new.map {
      Register.Row(id: Identifiers.shared.next(now), values: values(of: $0))
    }
    try register.add(rows, at: now, by: actor, in: connection)
    try SearchRows.insert(
      zip(rows, new).map { entry(EnterpriseID($0.id), $1) }, in: connection)
    return rows.map { EnterpriseID($0.id) }
  }

  /// - Returns: false where nothing differs.
  @discardableResult
  package static func change(
    _ stored: Stored, to new: Enterprise, verb: String = "changed", at now: Instant,
    by actor: Actor, in connection: any Connection
  ) throws -> Bool {
    if stored.enterprise == new { return false }
    try register.change(
      stored.row, to: values(of: new), verb: verb, at: now, by: actor, in: connection)
    let item = entry(stored.id, new)
    if item != entry(stored.id, stored.enterprise) || new.mergedInto != nil {
      try SearchRows.remove([stored.id.value], in: connection)
      if new.mergedInto == nil { try SearchRows.insert([item], in: connection) }
    }
    return true
  }

  package static func find(
    _ id: EnterpriseID, in connection: any Connection
  ) throws -> Stored? {
    try connection.row("\(select) where e.id = ?1", [id], decode)
  }

  /// The entries that one stands for; rides enterprises_merged.
  package static func merged(
    into id: EnterpriseID, in connection: any Connection
  ) throws -> [Stored] {
    try connection.rows("\(select) where e.merged_into = ?1", [id], decode)
  }

  /// The enterprises with these credit codes; rides enterprises_code.
  package static func find(
    codes: [String], in connection: any Connection
  ) throws -> [Stored] {
    try find(codes, by: "code", in: connection)
  }

  /// The enterprises with these very names, by the name; one that was merged away is the one that stands
  /// for it. Rides enterprises_name.
  package static func find(
    names: [String], in connection: any Connection
  ) throws -> [String: [Stored]] {
    var found: [String: [Stored]] = [:]
    for stored in try find(names, by: "name", in: connection) {
      found[stored.enterprise.name, default: []].append(stored)
    }
    for start in stride(from: 0, to: names.count, by: 500) {
      let some = Array(names[start..<min(start + 500, names.count)])
      try connection.forEach(
        """
        select \(register.selection("e")), g.name
        from enterprises g
        join enterprises e on e.id = g.merged_into and e.merged_into is null
        where g.name in (\(places(some.count)))
        """, some
      ) { found[try $0.text(register.width), default: []].append(try decode($0)) }
    }
    return found
  }

  /// The first one registered.
  package static func first(in connection: any Connection) throws -> EnterpriseID? {
    try connection.row("select min(id) from enterprises where merged_into is null") {
      try $0.optionalInt(0).map { EnterpriseID($0) }
    } ?? nil
  }

  /// What these are called.
  package static func names(
    of ids: Set<EnterpriseID>, in connection: any Connection
  ) throws -> [EnterpriseID: String] {
    var names: [EnterpriseID: String] = [:]
    try connection.forEach(
      "select id, name from enterprises where \(connection.dialect.among("id", "?1"))",
      [connection.dialect.list(ids.map(\.value))]
    ) { names[EnterpriseID(try $0.int(0))] = try $0.text(1) }
    return names
  }

  /// Where it lies.
  package static func unit(
    of id: EnterpriseID, in connection: any Connection
  ) throws -> UnitID? {
    try connection.row("select unit_id from enterprises where id = ?1", [id]) { try $0.unitID(0) }
  }

  /// The one enterprise with this very name; nil where none has it, or several.
  package static func only(
    named name: String, in connection: any Connection
  ) throws -> EnterpriseID? {
    let found = try find(names: [name], in: connection)[name] ?? []
    return found.count == 1 ? found[0].id : nil
  }

  private static func find(
    _ texts: [String], by column: String, in connection: any Connection
  ) throws -> [Stored] {
    var found: [Stored] = []
    for start in stride(from: 0, to: texts.count, by: 500) {
      let some = Array(texts[start..<min(start + 500, texts.count)])
      found += try connection.rows(
        "\(select) where e.\(column) in (\(places(some.count))) and e.merged_into is null", some,
        decode)
    }
    return found
  }

  /// An enterprise with its contact and the white list it came on last.
  package struct Full: Sendable {
    package let enterprise: Enterprise
    package let contact: Contact?
    package let listing: WhiteListing?
  }

  /// Enterprises of a subtree, without those that were merged into others; rides units_path,
  /// enterprises_unit, contacts_enterprise and white_lists_entry.
  package static func forEachInFull(
    under path: String, _ vault: Vault, in connection: any Connection,
    _ body: (Full) throws -> Void
  ) throws {
    try connection.stream(
      """
      select \(register.selection("e")), \(ContactRows.selection),
        w.level, w.issuer, w.valid_from, w.valid_to
      from enterprises e
      join units u on u.id = e.unit_id
      left join contacts c on c.enterprise_id = e.id and c.status = 'current'
      left join person_keys k on k.person_id = c.person_id
      left join white_lists w on w.enterprise_id = e.id and w.id = (
        select max(l.id) from white_lists l where l.enterprise_id = e.id)
      where u.path >= ?1 and u.path < ?2 and e.merged_into is null
      """, [path, UnitRows.subtreeEnd(path)]
    ) { sql in
      let stored = try decode(sql)
      let after = register.width + ContactRows.selectionWidth
      try body(
        Full(
          enterprise: stored.enterprise,
          contact: try ContactRows.contact(sql, from: register.width, vault),
          listing: try sql.optionalValue(after, WhiteListLevel.self).map { level in
            WhiteListing(
              enterprise: stored.id, level: level, issuer: try sql.optionalText(after + 1),
              validFrom: try sql.day(after + 2), validTo: try sql.optionalDay(after + 3))
          }))
    }
  }

  /// Id, name and unit of every enterprise of a subtree, without those that were merged into others.
  package static func names(
    under path: String, in connection: any Connection,
    _ body: (EnterpriseID, String, UnitID) throws -> Void
  ) throws {
    try connection.stream(
      """
      select e.id, e.name, e.unit_id
      from enterprises e
      join units u on u.id = e.unit_id
      where u.path >= ?1 and u.path < ?2 and e.merged_into is null
      """, [path, UnitRows.subtreeEnd(path)]
    ) { try body(EnterpriseID($0.int(0)), $0.text(1), $0.unitID(2)) }
  }

  /// Which of these an account may see that sees a subtree: one query, however many there are.
  package static func visible(
    among ids: [EnterpriseID], under path: String, in connection: any Connection
  ) throws -> Set<EnterpriseID> {
    try SearchIndex.prepare(connection)
    var seen: Set<EnterpriseID> = []
    try connection.forEach(
      """
      select e.id
      from enterprises e
      join units u on u.id = e.unit_id
      where \(connection.dialect.among("e.id", "?1")) and u.path >= ?2 and u.path < ?3
      """, [connection.dialect.list(ids.map(\.value)), path, UnitRows.subtreeEnd(path)]
    ) { seen.insert(EnterpriseID(try $0.int(0))) }
    return seen
  }

  private static let select = "select \(register.selection("e")) from enterprises e"

  static func decode(_ sql: any SQLRow) throws -> Stored {
    let row = try register.row(sql)
    return Stored(
      id: EnterpriseID(row.id),
      enterprise: Enterprise(
        code: try sql.optionalText(2), codeOverride: try sql.optionalText(3),
        name: try sql.text(4), formerNames: list(try sql.optionalText(5)),
        unit: try sql.unitID(6), industry: try sql.optionalText(7),
        statisticalKind: try sql.optionalValue(8, StatisticalKind.self),
        isKey: try sql.int(9) == 1, scale: try sql.optionalValue(10, EnterpriseScale.self),
        status: try sql.value(11, EnterpriseStatus.self),
        mergedInto: try sql.optionalInt(12).map { EnterpriseID($0) }), row: row)
  }

  private static func values(of enterprise: Enterprise) -> [any SQLConvertible] {
    [
      enterprise.code, enterprise.codeOverride, enterprise.name, text(enterprise.formerNames),
      enterprise.unit, enterprise.industry, enterprise.statisticalKind, enterprise.isKey,
      enterprise.scale, enterprise.status, enterprise.mergedInto,
    ]
  }

  private static func entry(_ id: EnterpriseID, _ enterprise: Enterprise) -> SearchItem {
    SearchItem(
      id: id.value, kind: .enterprise, unit: enterprise.unit, title: enterprise.name,
      former: enterprise.formerNames, codes: [enterprise.code].compactMap { $0 })
  }
}
