import Domain

/// What waits for the security administrator, at most one thing for an account.
package enum GrantRows {
  package struct Request: Sendable {
    package let account: AccountID
    package let kind: GrantKind
    /// What the account is to be.
    package let seat: AccountSeat
    package let askedAt: Instant
    package let askedBy: Actor
  }

  /// Puts a request in the place of the account's last one.
  static func ask(
    _ kind: GrantKind, of account: AccountID, _ seat: AccountSeat, at now: Instant,
    by actor: Actor, in connection: any Connection
  ) throws {
    try connection.run("delete from account_requests where account_id = ?1", [account])
    try connection.run(
      """
      insert into account_requests (
        account_id, kind, role, unit_id, official_id, enterprise_id, asked_at, asked_by)
      values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
      """,
      [
        account, kind, seat.role, seat.unit, seat.official, seat.enterprise, now, actor,
      ])
  }

  /// Asks for another seat.
  package static func askSeat(
    _ seat: AccountSeat, of account: AccountID, at now: Instant, by actor: Actor,
    in connection: any Connection
  ) throws {
    let pending = try find(account, in: connection)
    try ask(pending?.kind ?? .seat, of: account, seat, at: now, by: actor, in: connection)
    try AccountEvents.append(
      .seatAsked, AccountEvents.Seat(seat), to: account, at: now, by: actor, in: connection)
  }

  package static func find(
    _ account: AccountID, in connection: any Connection
  ) throws -> Request? {
    try connection.row(
      "select \(columns) from account_requests r where r.account_id = ?1", [account], decode)
  }

  /// All that waits, the longest waiting first.
  package static func list(
    after key: AccountID?, size: Int, in connection: any Connection
  ) throws -> Page<Request, AccountID> {
    try connection.page(
      """
      select \(columns)
      from account_requests r
      where r.account_id > ?1
      order by r.account_id
      """, [key?.value ?? 0], size: size, key: \.account, decode)
  }

  /// - Returns: false where it was decided meanwhile.
  package static func grant(
    _ request: Request, at now: Instant, by actor: Actor, in connection: any Connection
  ) throws -> Bool {
    guard try remove(request, in: connection) else { return false }
    let seat = request.seat
    // Tokens were given for what their holder was then, and so were its programs.
    if request.kind != .account,
      try AccountRows.seat(of: request.account, in: connection) != seat
    {
      try TokenRows.revokeAll(of: request.account, at: now, by: actor, in: connection)
      try ServiceRows.closeAll(of: request.account, at: now, by: actor, in: connection)
    }
    try connection.run(
      """
      update accounts
      set role = ?2, unit_id = ?3, official_id = ?4, enterprise_id = ?5, granted_at = ?6
      where id = ?1
      """, [request.account, seat.role, seat.unit, seat.official, seat.enterprise, now])
    try AccountEvents.append(
      .granted, AccountEvents.Seat(seat), to: request.account, at: now, by: actor, in: connection)
    return true
  }

  /// - Returns: false where it was decided meanwhile.
  package static func refuse(
    _ request: Request, reason: String, at now: Instant, by actor: Actor,
    in connection: any Connection
  ) throws -> Bool {
    guard try remove(request, in: connection) else { return false }
    try AccountEvents.append(
      .refused, AccountEvents.Refused(reason: reason), to: request.account, at: now, by: actor,
      in: connection)
    if request.kind == .account {
      try AccountRows.close(request.account, at: now, by: actor, in: connection)
    }
    return true
  }

  private static func remove(_ request: Request, in connection: any Connection) throws -> Bool {
    try connection.run(
      "delete from account_requests where account_id = ?1 and asked_at = ?2",
      [request.account, request.askedAt]) == 1
  }

  private static let columns =
    "r.account_id, r.kind, r.role, r.unit_id, r.official_id, r.enterprise_id, r.asked_at, r.asked_by"

  private static func decode(_ row: any SQLRow) throws -> Request {
    Request(
      account: AccountID(try row.int(0)), kind: try row.value(1, GrantKind.self),
      seat: AccountSeat(
        try row.value(2, Role.self), unit: try row.optionalUnitID(3),
        official: try row.optionalInt(4).map { OfficialID($0) },
        enterprise: try row.optionalInt(5).map { EnterpriseID($0) }),
      askedAt: try row.instant(6), askedBy: try row.actor(7))
  }
}

extension GrantKind: SQLConvertible {}
