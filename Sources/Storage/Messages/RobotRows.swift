import Cryptography
import Domain
import Ledger

/// The robots of groups. Their changes are in the ledger, in `robot/ID`, without address and secret.
package enum RobotRows {
  package struct Stored: Hashable, Sendable {
    package let id: RobotID
    package let version: Int
    package let name: String
    package let kind: Robot.Kind
    /// The county whose office it belongs to; nil for the city's.
    package let unit: UnitID?
    package let unitName: String?
    package let state: Robot.State
    package let reason: String?
    package let language: String
    package let kinds: [Notice.Kind]
    fileprivate let address: String?
    fileprivate let secret: String?

    /// - Throws: `StorageError`, `KeyRing.Fault`
    package func openAddress(_ vault: Vault) throws -> String? {
      try address.map { try vault.open($0, purpose: "robot/\(id.value) address") }
    }

    /// - Throws: `StorageError`, `KeyRing.Fault`
    package func openSecret(_ vault: Vault) throws -> String? {
      try secret.map { try vault.open($0, purpose: "robot/\(id.value) secret") }
    }
  }

  /// What an office fills in.
  package struct New: Sendable {
    package let name: String
    package let kind: Robot.Kind
    package let unit: UnitID?
    package let address: String
    package let secret: String?
    package let kinds: [Notice.Kind]
    package let language: String

    package init(
      name: String, kind: Robot.Kind, unit: UnitID?, address: String, secret: String?,
      kinds: [Notice.Kind], language: String
    ) {
      (self.name, self.kind, self.unit, self.address) = (name, kind, unit, address)
      (self.secret, self.kinds, self.language) = (secret, kinds, language)
    }
  }

  package enum Event: String, Sendable {
    case made = "robot.made"
    case chosen = "robot.chosen"
    case paused = "robot.paused"
    case resumed = "robot.resumed"
    case removed = "robot.removed"
  }

  private struct Made: Encodable {
    var name: String
    var kind: String
    var unit: UnitID?
    var kinds: [String]
  }

  private struct Chosen: Encodable { var kinds: [String] }
  private struct Paused: Encodable { var reason: String? }
  private struct Nothing: Encodable {}

  /// - Throws: `KeyRing.Fault`, `StorageError`
  package static func add(
    _ new: New, at now: Instant, by actor: Actor, _ vault: Vault, in connection: any Connection
  ) throws -> RobotID {
    let id = RobotID(Identifiers.shared.next(now))
    try connection.run(
      """
      insert into message_robots (
        id, version, name, kind, unit_id, address, secret, state, language)
      values (?1, 1, ?2, ?3, ?4, ?5, ?6, 'active', ?7)
      """,
      [
        id, new.name, new.kind, new.unit,
        try vault.seal(new.address, purpose: "robot/\(id.value) address"),
        try new.secret.map { try vault.seal($0, purpose: "robot/\(id.value) secret") },
        new.language,
      ])
    try setKinds(new.kinds, of: id, in: connection)
    try append(
      .made,
      Made(
        name: new.name, kind: new.kind.rawValue, unit: new.unit,
        kinds: new.kinds.map(\.rawValue)), to: id, version: 1, at: now, by: actor, in: connection)
    return id
  }

  package static func choose(
    _ kinds: [Notice.Kind], of robot: Stored, at now: Instant, by actor: Actor,
    in connection: any Connection
  ) throws {
    try setKinds(kinds, of: robot.id, in: connection)
    try change(
      robot, to: robot.state, reason: robot.reason, .chosen,
      Chosen(kinds: kinds.map(\.rawValue)), at: now, by: actor, in: connection)
  }

  /// - Parameter reason: a code; nil where somebody of the office did it.
  package static func pause(
    _ robot: Stored, reason: String?, at now: Instant, by actor: Actor,
    in connection: any Connection
  ) throws {
    try change(
      robot, to: .paused, reason: reason, .paused, Paused(reason: reason), at: now, by: actor,
      in: connection)
  }

  package static func resume(
    _ robot: Stored, at now: Instant, by actor: Actor, in connection: any Connection
  ) throws {
    try change(
      robot, to: .active, reason: nil, .resumed, Nothing(), at: now, by: actor, in: connection)
  }

  /// Address and secret go; what it was stays in the ledger.
  package static func remove(
    _ robot: Stored, at now: Instant, by actor: Actor, in connection: any Connection
  ) throws {
    try change(
      robot, to: .removed, reason: nil, .removed, Nothing(), at: now, by: actor, in: connection)
    try connection.run(
      "update message_robots set address = null, secret = null where id = ?1", [robot.id])
    try setKinds([], of: robot.id, in: connection)
  }

  private static func change(
    _ robot: Stored, to state: Robot.State, reason: String?, _ event: Event,
    _ payload: some Encodable, at now: Instant, by actor: Actor, in connection: any Connection
  ) throws {
    try connection.run(
      "update message_robots set state = ?2, reason = ?3, version = ?4 where id = ?1",
      [robot.id, state, reason, robot.version + 1])
    try append(
      event, payload, to: robot.id, version: robot.version + 1, at: now, by: actor, in: connection)
  }

  private static func setKinds(
    _ kinds: [Notice.Kind], of id: RobotID, in connection: any Connection
  ) throws {
    try connection.run("delete from message_robot_kinds where robot_id = ?1", [id])
    for kind in kinds {
      try connection.run(
        "insert into message_robot_kinds (kind, robot_id) values (?1, ?2)", [kind, id])
    }
  }

  /// - Throws: `StorageError.contention` where somebody else changed it at the same time.
  private static func append(
    _ event: Event, _ payload: some Encodable, to id: RobotID, version: Int, at now: Instant,
    by actor: Actor, in connection: any Connection
  ) throws {
    do {
      try LedgerRows.append(
        LedgerEntry(
          id: Identifiers.shared.next(now), stream: "robot/\(id.value)", version: version, at: now,
          actor: actor, kind: event.rawValue, payload: try Payload.encode(payload)),
        to: connection)
    } catch is LedgerRows.Conflict {
      throw StorageError.contention
    }
  }

  /// Those that are not removed, by name; a table of some dozens.
  /// - Parameter unit: the county whose office asks; nil for the city's, which sees all.
  package static func list(
    of unit: UnitID?, in connection: any Connection
  ) throws -> [Stored] {
    try load("r.state <> 'removed' and (?1 = 0 or r.unit_id = ?1)", [unit?.value ?? 0], connection)
  }

  package static func find(_ id: RobotID, in connection: any Connection) throws -> Stored? {
    try load("r.id = ?1 and r.state <> 'removed'", [id], connection).first
  }

  private static func load(
    _ condition: String, _ arguments: [any SQLConvertible], _ connection: any Connection
  ) throws -> [Stored] {
    var kinds: [Int64: [Notice.Kind]] = [:]
    try connection.forEach(
      """
      select k.robot_id, k.kind
      from message_robot_kinds k
      join message_robots r on r.id = k.robot_id
      where \(condition)
      order by k.kind
      """, arguments
    ) { row in
      guard let kind = Notice.Kind(rawValue: try row.text(1)) else { return }
      kinds[try row.int(0), default: []].append(kind)
    }
    return try connection.rows(
      """
      select r.id, r.version, r.name, r.kind, r.unit_id, u.name, r.state, r.reason, r.language,
        r.address, r.secret
      from message_robots r
      left join units u on u.id = r.unit_id
      where \(condition)
      order by r.name, r.id
      """, arguments
    ) { row in
      Stored(
        id: RobotID(try row.int(0)), version: Int(try row.int(1)), name: try row.text(2),
        kind: try row.value(3, Robot.Kind.self),
        unit: try row.optionalInt(4).map { UnitID($0) }, unitName: try row.optionalText(5),
        state: try row.value(6, Robot.State.self), reason: try row.optionalText(7),
        language: try row.text(8), kinds: kinds[try row.int(0)] ?? [],
        address: try row.optionalText(9), secret: try row.optionalText(10))
    }
  }
}

extension Robot.Kind: SQLConvertible {}
extension Robot.State: SQLConvertible {}
