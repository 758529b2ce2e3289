import Domain

/// Which enterprises are on which white list, and since when.
package enum WhiteListRows {
  package static let register = Register(
    "white_lists", stream: "white_list",
    [
      .init("enterprise_id", .id), .init("level"), .init("issuer"), .init("valid_from", .int),
      .init("valid_to", .int),
    ])

  /// Puts an enterprise on a list, or corrects issuer and end of what is there; what is not said stays.
  /// - Parameter from: nil for the place of that level it has now, or one from the listing's day on.
  /// - Returns: false where nothing differs.
  package static func put(
    _ listing: WhiteListing, from: Day?, at now: Instant, by actor: Actor,
    in connection: any Connection
  ) throws -> Bool {
    let known = try connection.row(
      """
      select \(register.selection("w"))
      from white_lists w
      where w.enterprise_id = ?1 and w.level = ?2 and (w.valid_from = ?3 or ?4 = 1)
      order by w.valid_from desc
      limit 1
      """, [listing.enterprise, listing.level, listing.validFrom, from == nil], register.row)
    guard let known else {
      let row = Register.Row(
        id: Identifiers.shared.next(now),
        values: [
          listing.enterprise, listing.level, listing.issuer, listing.validFrom, listing.validTo,
        ])
      try register.add([row], at: now, by: actor, in: connection)
      return true
    }
    var values = known.values
    if let issuer = listing.issuer { values[2] = issuer.sql }
    if let end = listing.validTo { values[4] = end.sql }
    return try register.change(known, to: values, at: now, by: actor, in: connection)
      != known.version
  }

  /// Gives an enterprise's places to the entry that stands for it; where both are on a list, its own
  /// stays.
  package static func move(
    from gone: EnterpriseID, to kept: EnterpriseID, at now: Instant, by actor: Actor,
    in connection: any Connection
  ) throws {
    let rows = try connection.rows(
      """
      select \(register.selection("w"))
      from white_lists w
      where w.enterprise_id = ?1 and not exists (
        select 1
        from white_lists o
        where o.enterprise_id = ?2 and o.level = w.level and o.valid_from = w.valid_from)
      """, [gone, kept], register.row)
    for row in rows {
      try register.change(
        row, to: [kept.sql] + row.values.dropFirst(), verb: "moved", at: now, by: actor,
        in: connection)
    }
  }

  /// The lists an enterprise is on; rides white_lists_entry.
  package static func of(
    _ enterprise: EnterpriseID, in connection: any Connection
  ) throws -> [WhiteListing] {
    try connection.rows(
      """
      select level, issuer, valid_from, valid_to
      from white_lists
      where enterprise_id = ?1
      order by level, valid_from
      """, [enterprise]
    ) {
      WhiteListing(
        enterprise: enterprise, level: try $0.value(0, WhiteListLevel.self),
        issuer: try $0.optionalText(1), validFrom: try $0.day(2), validTo: try $0.optionalDay(3))
    }
  }
}
