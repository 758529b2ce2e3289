import Domain

/// What accounts are told: derived rows, nothing the ledger knows of.
package enum NoticeRows {
  /// A notice as it is written for everybody it goes to.
  package struct New: Sendable {
    package let id: Int64
    package let kind: Notice.Kind
    package let subject: Notice.Subject
    package let order: OrderID?
    package let at: Instant
    /// From when on it is shown, told at once or in the day's bundle.
    package let visible: [Notice.Mode: Instant]
    /// Who did it, and is not told.
    package let actor: Actor

    package init(
      id: Int64, kind: Notice.Kind, subject: Notice.Subject, order: OrderID? = nil, at: Instant,
      visible: [Notice.Mode: Instant], actor: Actor
    ) {
      (self.id, self.kind, self.subject, self.order) = (id, kind, subject, order)
      (self.at, self.visible, self.actor) = (at, visible, actor)
    }
  }

  /// Those whom a notice is for, by what their accounts are linked to.
  package enum Audience: Sendable {
    case account(AccountID)
    case official(OfficialID)
    case enterprise(EnterpriseID)
    case unit(UnitID, roles: [Role])
    case role(Role)
  }

  /// How many accounts one notice reaches: more than any unit or office has, and a bound all the same.
  private static let most = 500

  /// Tells everybody of an audience in one statement, as each wants it; who was told of the same event
  /// before is not told again. Rides accounts_unit and its kin.
  package static func tell(
    _ new: New, to audience: Audience, in connection: any Connection
  ) throws {
    var arguments: [any SQLConvertible] = [
      new.id, new.kind, new.subject.problem, new.order, new.at, new.visible[.on],
      new.visible[.bundled],
      new.kind.bundle(of: new.subject), new.kind.bundle(of: new.subject, mode: .bundled),
      new.kind.defaultMode, actorID(new.actor), new.subject.enterprise, new.subject.unit,
      new.subject.webhook,
    ]
    let condition = condition(audience, &arguments)
    // What is obligatory comes at once, whatever was set before it became so.
    let integer = connection.dialect == .sqlite ? "integer" : "bigint"
    let mode = new.kind.isObligatory ? "'on'" : "coalesce(s.mode, ?10)"
    let told = try connection.run(
      """
      insert into notices (
        account_id, id, kind, problem_id, order_id, at, visible_at, bundle, enterprise_id,
        unit_id, webhook_id)
      select a.id, ?1, ?2, cast(?3 as \(integer)), cast(?4 as \(integer)), ?5,
        case \(mode) when 'bundled' then ?7 else ?6 end,
        case \(mode) when 'bundled' then ?9 else ?8 end, cast(?12 as \(integer)),
        cast(?13 as \(integer)), cast(?14 as \(integer))
      from accounts a
      left join notice_settings s on s.account_id = a.id and s.kind = ?2
      where \(condition)
        and a.username is not null and a.closed_at is null
        and a.id <> ?11 and \(mode) <> 'off'
      limit \(most)
      on conflict (account_id, id) do nothing
      """, arguments)
    if told == 0 { return }
    var own: [any SQLConvertible] = [new.id, new.kind]
    let audience = Self.condition(audience, &own)
    try MessageRows.add(new, toAccounts: audience, own, in: connection)
  }

  /// A number none of the accounts has stands for the platform itself.
  private static func actorID(_ actor: Actor) -> Int64 {
    if case .account(let id) = actor { id.value } else { 0 }
  }

  private static func condition(
    _ audience: Audience, _ arguments: inout [any SQLConvertible]
  ) -> String {
    func place(_ value: any SQLConvertible) -> String {
      arguments.append(value)
      return "?\(arguments.count)"
    }
    switch audience {
    case .account(let id): return "a.id = \(place(id))"
    case .official(let id): return "a.official_id = \(place(id))"
    case .enterprise(let id):
      return "a.enterprise_id = \(place(id)) and a.role = \(place(Role.enterprise))"
    case .role(let role): return "a.role = \(place(role))"
    case .unit(let unit, let roles):
      let unit = place(unit)
      return
        "a.unit_id = \(unit) and a.role in (\(roles.map { place($0) }.joined(separator: ", ")))"
    }
  }

  /// The lowest of these units in which somebody has one of the roles; rides accounts_unit. Roles are told apart
  /// here: asked for them, SQLite would ride accounts_role_id through all handlers of the city.
  /// - Parameter units: from the bottom up.
  package static func staffed(
    _ units: [UnitID], _ roles: [Role], in connection: any Connection
  ) throws -> UnitID? {
    if units.isEmpty || roles.isEmpty { return nil }
    var found: Set<UnitID> = []
    try connection.forEach(
      """
      select unit_id, role
      from accounts
      where unit_id in (\(places(units.count))) and username is not null and closed_at is null
      """, units
    ) { row in
      if roles.contains(try row.value(1, Role.self)) { found.insert(try row.unitID(0)) }
    }
    return units.first { found.contains($0) }
  }

  /// Marks what an account was told of a problem as read.
  /// - Returns: how many were not.
  @discardableResult
  package static func read(
    _ problem: ProblemID, by account: AccountID, at now: Instant, in connection: any Connection
  ) throws -> Int {
    try connection.run(
      """
      update notices
      set read_at = ?3
      where account_id = ?1 and problem_id = ?2 and read_at is null
      """, [account, problem, now])
  }

  /// Marks what an account was told of an enterprise as read; rides notices_unread.
  package static func read(
    _ enterprise: EnterpriseID, _ kinds: [Notice.Kind], by account: AccountID, at now: Instant,
    in connection: any Connection
  ) throws {
    let told = kinds.indices.map { "?\($0 + 4)" }.joined(separator: ", ")
    try connection.run(
      """
      update notices
      set read_at = ?3
      where account_id = ?1 and enterprise_id = ?2 and kind in (\(told)) and read_at is null
      """, [account, enterprise, now] + kinds.map { $0 as any SQLConvertible })
  }

  /// Marks an account's notices of some kinds as read, whatever they are about; rides notices_unread.
  package static func read(
    _ kinds: [Notice.Kind], by account: AccountID, at now: Instant, in connection: any Connection
  ) throws {
    let told = kinds.indices.map { "?\($0 + 3)" }.joined(separator: ", ")
    try connection.run(
      """
      update notices
      set read_at = ?2
      where account_id = ?1 and kind in (\(told)) and read_at is null
      """, [account, now] + kinds.map { $0 as any SQLConvertible })
  }

  /// Whether an account has unread notices of some kinds; rides notices_unread.
  package static func isUnread(
    _ kinds: [Notice.Kind], by account: AccountID, in connection: any Connection
  ) throws -> Bool {
    let told = kinds.indices.map { "?\($0 + 2)" }.joined(separator: ", ")
    return try connection.row(
      """
      select 1
      from notices
      where account_id = ?1 and kind in (\(told)) and read_at is null
      limit 1
      """, [account] + kinds.map { $0 as any SQLConvertible }
    ) { _ in true } ?? false
  }

  /// Whether an account has unread notices of an enterprise; rides notices_unread.
  package static func isUnread(
    _ enterprise: EnterpriseID, by account: AccountID, in connection: any Connection
  ) throws -> Bool {
    try connection.row(
      """
      select 1
      from notices
      where account_id = ?1 and enterprise_id = ?2 and read_at is null
      limit 1
      """, [account, enterprise]
    ) { _ in true } ?? false
  }

  /// Whether an account has unread notices of a problem; rides notices_problem.
  package static func isUnread(
    _ problem: ProblemID, by account: AccountID, in connection: any Connection
  ) throws -> Bool {
    try connection.row(
      """
      select 1
      from notices
      where account_id = ?1 and problem_id = ?2 and read_at is null
      limit 1
      """, [account, problem]
    ) { _ in true } ?? false
  }

  /// Marks everything as read that an account has been shown.
  package static func readAll(
    by account: AccountID, at now: Instant, in connection: any Connection
  ) throws {
    try connection.run(
      """
      update notices
      set read_at = ?2
      where account_id = ?1 and read_at is null and visible_at <= ?2
      """, [account, now])
  }

  /// How many wait to be read, up to a limit; one range of notices_unread.
  package static func unread(
    by account: AccountID, limit: Int, now: Instant, in connection: any Connection
  ) throws -> Int {
    let count = try connection.row(
      """
      select count(*)
      from (
        select 1
        from notices
        where account_id = ?1 and read_at is null and visible_at <= ?2
        limit ?3
      ) n
      """, [account, now, limit]
    ) { try $0.int(0) }
    return Int(count ?? 0)
  }

  /// Removes what an account was told of problems that it does not see any more, and of kinds that it is
  /// not told of any more.
  package static func keep(
    _ kinds: [Notice.Kind], _ visible: ProblemList.Visibility, of account: AccountID,
    in connection: any Connection
  ) throws {
    var arguments: [any SQLConvertible] = [account] + kinds.map { $0 as any SQLConvertible }
    var conditions = ["p.id = notices.problem_id"]
    ProblemList.narrow(visible, &conditions, &arguments)
    let told = kinds.indices.map { "?\($0 + 2)" }.joined(separator: ", ")
    try connection.run(
      """
      delete from notices
      where account_id = ?1
        and (kind not in (\(told))
          or problem_id is not null and not exists (
            select 1
            from problems p
            where \(conditions.joined(separator: " and "))))
      """, arguments)
  }

  package static func removeAll(of account: AccountID, in connection: any Connection) throws {
    try connection.run("delete from notices where account_id = ?1", [account])
  }

  /// Removes some of what was read before an instant; rides notices_old.
  /// - Returns: how many.
  package static func remove(
    readBefore instant: Instant, limit: Int, in connection: any Connection
  ) throws -> Int {
    try connection.run(
      """
      delete from notices
      where (account_id, id) in (
        select account_id, id
        from notices
        where read_at < ?1
        order by read_at
        limit ?2)
      """, [instant, limit])
  }
}

extension Notice.Kind: SQLConvertible {}
extension Notice.Mode: SQLConvertible {}
