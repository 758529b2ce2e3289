import Domain

/// Which enterprises are on which white list, and since when.
package enum WhiteListRows {
  package static let register = Register(
    "white_lists", stream: "white_list",
    [
      .init("enterprise_id", .id), .init("level"), .init("issuer"), .init("valid_from", .int),
      .init("valid_to", .int),
    ])

  /// Puts an enterprise on a list, or corrects issuer and end of what is there.
  /// - Returns: false where nothing differs.
  package static func put(
    _ listing: WhiteListing, at now: Instant, by actor: Actor, in connection: any Connection
  ) throws -> Bool {
    let values: [any SQLConvertible] = [
      listing.enterprise, listing.level, listing.issuer, listing.validFrom, listing.validTo,
    ]
    let known = try connection.row(
      """
      select \(register.selection("w"))
      from white_lists w
      where w.enterprise_id = ?1 and w.level = ?2 and w.valid_from = ?3
      """, [listing.enterprise, listing.level, listing.validFrom], register.row)
    guard let known else {
      let row = Register.Row(id: Identifiers.shared.next(now), values: values)
      try register.add([row], at: now, by: actor, in: connection)
      return true
    }
    return try register.change(known, to: values, at: now, by: actor, in: connection)
      != known.version
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
