import Domain

/// Until when enterprises asked to be left alone.
package enum QuietRows {
  package static let register = Register(
    "visit_quiets", stream: "visit_quiet",
    [
      .init("enterprise_id", .id), .init("from_day", .int), .init("to_day", .int), .init("note"),
    ])

  package struct Stored: Sendable {
    package let quiet: Quiet
    let row: Register.Row
  }

  package static func add(
    _ quiet: Quiet, at now: Instant, by actor: Actor, in connection: any Connection
  ) throws {
    let row = Register.Row(id: Identifiers.shared.next(now), values: values(of: quiet))
    try register.add([row], at: now, by: actor, in: connection)
  }

  package static func change(
    _ stored: Stored, to quiet: Quiet, at now: Instant, by actor: Actor,
    in connection: any Connection
  ) throws {
    try register.change(
      stored.row, to: values(of: quiet), at: now, by: actor, in: connection)
  }

  /// The wish that holds on a day or begins later; rides visit_quiets_enterprise.
  package static func current(
    of enterprise: EnterpriseID, on day: Day, in connection: any Connection
  ) throws -> Stored? {
    try connection.row(
      """
      select \(register.selection("q"))
      from visit_quiets q
      where q.enterprise_id = ?1 and q.to_day >= ?2
      order by q.to_day desc
      limit 1
      """, [enterprise, day]
    ) { sql in
      let row = try register.row(sql)
      return Stored(
        quiet: Quiet(
          enterprise: EnterpriseID(try sql.int(2)), from: try sql.day(3), to: try sql.day(4),
          note: try sql.optionalText(5)), row: row)
    }
  }

  /// Gives an enterprise's wishes to the entry that stands for it.
  package static func move(
    from gone: EnterpriseID, to kept: EnterpriseID, at now: Instant, by actor: Actor,
    in connection: any Connection
  ) throws {
    try register.handOver(from: gone, to: kept, at: now, by: actor, in: connection)
  }

  private static func values(of quiet: Quiet) -> [any SQLConvertible] {
    [quiet.enterprise, quiet.from, quiet.to, quiet.note]
  }
}
