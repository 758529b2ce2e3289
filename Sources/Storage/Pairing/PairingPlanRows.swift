import Domain

/// Plans: that one was computed, adopted or discarded is in the ledger; its pairs are kept beside it until
/// it is discarded.
package enum PairingPlanRows {
  package static let register = Register(
    "pairing_plans", stream: "pairing_plan",
    [
      .init("track"), .init("kind"), .init("status"), .init("rules"), .init("rules_version", .int),
      .init("digest"), .init("computed_at", .int), .init("cost", .int), .init("bound", .int),
      .init("pairs", .int), .init("changed", .int), .init("begins", .int),
    ])

  package enum Status: String, Sendable, CaseIterable { case draft, adopted, discarded }

  /// Whether everything was weighed anew, or only what has to change.
  package enum Kind: String, Sendable, CaseIterable { case plan, repair }

  package struct Head: Sendable {
    package let id: PairingPlanID
    package let track: Track
    package let kind: Kind
    package let status: Status
    package let rules: String
    package let rulesVersion: Int
    package let digest: String
    package let computedAt: Instant
    package let cost: Int64
    package let bound: Int64
    package let pairs: Int
    package let changed: Int
    package let begins: Day?
    let row: Register.Row?

    package init(
      id: PairingPlanID, track: Track, kind: Kind, status: Status = .draft, rules: String,
      rulesVersion: Int, digest: String, computedAt: Instant, cost: Int64, bound: Int64,
      pairs: Int, changed: Int, begins: Day? = nil
    ) {
      (self.id, self.track, self.kind, self.status) = (id, track, kind, status)
      (self.rules, self.rulesVersion, self.digest) = (rules, rulesVersion, digest)
      (self.computedAt, self.cost, self.bound) = (computedAt, cost, bound)
      (self.pairs, self.changed, self.begins) = (pairs, changed, begins)
      row = nil
    }

    fileprivate init(_ sql: any SQLRow) throws {
      let row = try register.row(sql)
      id = PairingPlanID(row.id)
      track = try sql.present(Track(rawValue: try sql.text(2)), 2)
      kind = try sql.value(3, Kind.self)
      status = try sql.value(4, Status.self)
      rules = try sql.text(5)
      rulesVersion = Int(try sql.int(6))
      digest = try sql.text(7)
      computedAt = try sql.instant(8)
      cost = try sql.int(9)
      bound = try sql.int(10)
      pairs = Int(try sql.int(11))
      changed = Int(try sql.int(12))
      begins = try sql.optionalDay(13)
      self.row = row
    }
  }

  /// What is shown of a plan beside its pairs: JSON that only the use cases read.
  package struct Detail: Sendable {
    package let figures: String
    package let rules: String
    package let potentials: [UInt8]

    package init(figures: String, rules: String, potentials: [UInt8]) {
      (self.figures, self.rules, self.potentials) = (figures, rules, potentials)
    }
  }

  package static func add(
    _ head: Head, _ detail: Detail, _ pairs: [PlannedPair], at now: Instant, by actor: Actor,
    in connection: any Connection
  ) throws {
    try register.add(
      [Register.Row(id: head.id.value, values: values(of: head, head.status, head.begins))],
      at: now, by: actor, in: connection)
    try connection.run(
      """
      insert into pairing_plan_details (plan_id, figures, rules, potentials)
      values (?1, ?2, ?3, ?4)
      """, [head.id, detail.figures, detail.rules, detail.potentials])
    try PlannedPairRows.insert(pairs, of: head.id, in: connection)
  }

  /// Adopts or discards a draft. What was shown of a discarded one is gone.
  /// - Throws: `LedgerRows.Conflict` where somebody else was quicker.
  package static func settle(
    _ head: Head, _ status: Status, begins: Day? = nil, at now: Instant, by actor: Actor,
    in connection: any Connection
  ) throws {
    guard let row = head.row else { return }
    try register.change(
      row, to: values(of: head, status, begins), verb: status.rawValue, at: now, by: actor,
      in: connection)
    guard status == .discarded else { return }
    try connection.run("delete from pairing_plan_pairs where plan_id = ?1", [head.id])
    try connection.run("delete from pairing_plan_details where plan_id = ?1", [head.id])
  }

  package static func find(
    _ id: PairingPlanID, in connection: any Connection
  ) throws -> Head? {
    try connection.row("\(select) where p.id = ?1", [id]) { try Head($0) }
  }

  /// The latest first.
  package static func list(limit: Int, in connection: any Connection) throws -> [Head] {
    try connection.rows("\(select) order by p.id desc limit ?1", [limit]) { try Head($0) }
  }

  package static func detail(
    of id: PairingPlanID, in connection: any Connection
  ) throws -> Detail? {
    try connection.row(
      "select figures, rules, potentials from pairing_plan_details where plan_id = ?1", [id]
    ) { Detail(figures: try $0.text(0), rules: try $0.text(1), potentials: try $0.bytes(2)) }
  }

  private static let select = "select \(register.selection("p")) from pairing_plans p"

  private static func values(
    of head: Head, _ status: Status, _ begins: Day?
  ) -> [any SQLConvertible] {
    [
      head.track.rawValue, head.kind.rawValue, status.rawValue, head.rules, head.rulesVersion,
      head.digest, head.computedAt, head.cost, head.bound, head.pairs, head.changed, begins,
    ]
  }
}
