import Domain
import Ledger

/// Writing what was decided about the tree: the rows, the past they leave behind, and one entry.
extension UnitRows {
  /// All of the tree that the rules look at before a unit is changed.
  /// - Returns: nil where the unit, or the other one, is not there.
  package static func surroundings(
    of id: UnitID, for change: Reorganisation, today: Day, in connection: any Connection
  ) throws -> Reorganisation.Surroundings? {
    guard let stored = try find(id, in: connection) else { return nil }
    var other: Stored?
    switch change {
    case .change(_, let otherID?, _), .merge(let otherID):
      other = try find(otherID, in: connection)
      if other == nil { return nil }
    case .change, .split, .close: break
    }
    var code: DivisionCode?
    if case .change(_, _, let new) = change { code = new }
    // Children go into a unit that is merged with; everything else goes beside its siblings.
    let place: UnitID? =
      if case .split = change { stored.unit.parent } else { other?.unit.id ?? stored.unit.parent }
    let children = try self.children(of: id, in: connection)
    let there = try self.children(of: place, in: connection)
    return Reorganisation.Surroundings(
      unit: stored.unit, since: stored.since, other: other?.unit, otherSince: other?.since,
      otherIsBelow: other.map { $0.path.hasPrefix(stored.path) } ?? false,
      namesThere: Set(there.filter { $0.unit.id != id }.map(\.unit.name)),
      codeHolder: try code.flatMap { try find($0, in: connection)?.unit.id },
      codeFreeSince: try code.flatMap { try freeSince($0, in: connection) },
      children: children.map(\.unit),
      lastChangeOfChildren: try (children.map(\.since) + [lastLeaving(id, in: connection)])
        .compactMap { $0 }.max(),
      uses: try uses(of: id, in: connection), today: today)
  }

  /// The day a code was given up last; nil where it was never in use.
  package static func freeSince(
    _ code: DivisionCode, in connection: any Connection
  ) throws -> Day? {
    try connection.row("select max(valid_to) from unit_codes where code = ?1", [code]) {
      try $0.optionalDay(0)
    } ?? nil
  }

  /// The day the last child left or ended; rides unit_history_parent.
  private static func lastLeaving(_ id: UnitID, in connection: any Connection) throws -> Day? {
    try connection.row("select max(to_day) from unit_history where parent_id = ?1", [id]) {
      try $0.optionalDay(0)
    } ?? nil
  }

  /// - Parameter change: one that the rules allow.
  /// - Returns: the unit that was split off; else the unit itself.
  @discardableResult
  package static func apply(
    _ change: Reorganisation, to id: UnitID, on day: Day, at now: Instant, by actor: Actor,
    in connection: any Connection
  ) throws -> UnitID {
    guard let stored = try find(id, in: connection) else {
      throw StorageError.unreadable("unit \(id)")
    }
    switch change {
    case .change(let name, let parent, let code):
      try self.change(stored, name, parent, code, on: day, at: now, by: actor, in: connection)
    case .merge(let into):
      try merge(stored, into: into, on: day, in: connection)
      for (gone, kept) in [
        (PairingTarget.village(id), PairingTarget.village(into)),
        (.township(id), .township(into)),
      ] {
        try PairingRows.move(from: gone, to: kept, on: day, at: now, by: actor, in: connection)
        try PairingMarkRows.move(from: gone, to: kept, at: now, by: actor, in: connection)
      }
      try append(
        "unit.merged", UnitEvents.Merged(into: into, on: day), to: id, at: now, by: actor,
        in: connection)
    case .split(let name, let children):
      return try split(stored, name, children, on: day, at: now, by: actor, in: connection)
    case .close:
      try remember(stored, until: day, in: connection)
      try end(stored, on: day, in: connection)
      try append(
        "unit.closed", UnitEvents.Closed(on: day), to: id, at: now, by: actor, in: connection)
    }
    return id
  }

  /// Gives units other names, all at once: they may exchange them.
  package static func rename(
    _ renames: [(stored: Stored, name: String)], on day: Day, at now: Instant, by actor: Actor,
    in connection: any Connection
  ) throws {
    // No sibling may have a name twice, not even for a moment.
    for (stored, _) in renames {
      try connection.run(
        "update units set name = ?2 where id = ?1", [stored.unit.id, "/\(stored.unit.id)"])
    }
    for (stored, name) in renames {
      try change(stored, name, nil, nil, on: day, at: now, by: actor, in: connection)
    }
  }

  private static func change(
    _ stored: Stored, _ name: String?, _ parent: UnitID?, _ code: DivisionCode?, on day: Day,
    at now: Instant, by actor: Actor, in connection: any Connection
  ) throws {
    let unit = stored.unit
    let (newName, newParent) = (name ?? unit.name, parent ?? unit.parent)
    var event = UnitEvents.Changed(on: day)
    if newName != unit.name { event.name = .init(from: unit.name, to: newName) }
    if let newParent, newParent != unit.parent {
      event.parent = .init(from: unit.parent, to: newParent)
    }
    try remember(stored, until: day, in: connection)
    try connection.run(
      "update units set name = ?2, parent_id = ?3, since = ?4 where id = ?1",
      [unit.id, newName, newParent, day])
    if event.parent != nil, let newParent, let above = try find(newParent, in: connection) {
      try move(stored.path, to: above.path + "\(unit.id)/", in: connection)
    }
    if let code, code != unit.divisionCode {
      event.code = .init(from: unit.divisionCode?.text, to: code.text)
      try endCode(unit.divisionCode, on: day, in: connection)
      try connection.run(
        "insert into unit_codes (code, unit_id, valid_from) values (?1, ?2, ?3)",
        [code, unit.id, day])
    }
    try append("unit.changed", event, to: unit.id, at: now, by: actor, in: connection)
    try SearchRows.refresh([unit.id], in: connection)
  }

  /// It lies below its successor from then on, and so does all that names it: a subtree's range finds
  /// it there.
  private static func merge(
    _ stored: Stored, into: UnitID, on day: Day, in connection: any Connection
  ) throws {
    guard let other = try find(into, in: connection) else {
      throw StorageError.unreadable("unit \(into)")
    }
    for child in try children(of: stored.unit.id, in: connection) {
      try put(child, under: other, on: day, in: connection)
    }
    try remember(stored, until: day, in: connection)
    let codes = try end(stored, on: day, in: connection)
    if other.unit.divisionCode == nil {
      try connection.insert(
        into: "unit_codes", ["code", "unit_id", "valid_from"], codes.map { [$0, into, day] })
    }
    try move(stored.path, to: other.path + "\(stored.unit.id)/", in: connection)
    try connection.run(
      "update units set successor_id = ?2, parent_id = ?2 where id = ?1", [stored.unit.id, into])
    try connection.run(
      "update units set successor_id = ?2 where successor_id = ?1", [stored.unit.id, into])
    try SearchRows.refresh([into], in: connection)
  }

  private static func split(
    _ stored: Stored, _ name: String, _ children: [UnitID], on day: Day, at now: Instant,
    by actor: Actor, in connection: any Connection
  ) throws -> UnitID {
    guard let above = try stored.unit.parent.flatMap({ try find($0, in: connection) }) else {
      throw StorageError.unreadable("unit \(stored.unit.id)")
    }
    let unit = Unit(
      id: UnitID(Identifiers.shared.next(now)), parent: above.unit.id, kind: stored.unit.kind,
      level: stored.unit.level, name: name, validFrom: day)
    let new = NewUnit(unit, under: above.path)
    try insert([new], in: connection)
    let created = Stored(unit: unit, path: new.path, since: day, successor: nil)
    for child in try self.children(of: stored.unit.id, in: connection)
    where children.contains(child.unit.id) {
      try put(child, under: created, on: day, in: connection)
    }
    let event = UnitEvents.Created(
      parent: above.unit.id, kind: unit.kind.rawValue, level: unit.level.rawValue, name: name,
      validFrom: day, splitFrom: stored.unit.id, children: children)
    try append("unit.split", event, to: unit.id, at: now, by: actor, in: connection)
    return unit.id
  }

  private static func put(
    _ child: Stored, under parent: Stored, on day: Day, in connection: any Connection
  ) throws {
    try remember(child, until: day, in: connection)
    try connection.run(
      "update units set parent_id = ?2, since = ?3 where id = ?1",
      [child.unit.id, parent.unit.id, day])
    try move(child.path, to: parent.path + "\(child.unit.id)/", in: connection)
  }

  /// Keeps what a unit was until a day; what lasted no whole day is no state.
  private static func remember(
    _ stored: Stored, until day: Day, in connection: any Connection
  ) throws {
    guard day > stored.since else { return }
    try connection.run(
      """
      insert into unit_history (unit_id, from_day, to_day, parent_id, name)
      values (?1, ?2, ?3, ?4, ?5)
      """, [stored.unit.id, stored.since, day, stored.unit.parent, stored.unit.name])
  }

  /// - Returns: the codes that are free now.
  @discardableResult
  private static func end(
    _ stored: Stored, on day: Day, in connection: any Connection
  ) throws -> [DivisionCode] {
    // A unit that ends on the day of its last change was as it is only since then.
    try connection.run(
      "update units set valid_to = ?2, since = ?2 where id = ?1", [stored.unit.id, day])
    let codes = try connection.rows(
      "select code from unit_codes where unit_id = ?1 and valid_to is null", [stored.unit.id]
    ) { try $0.present(DivisionCode($0.text(0)), 0) }
    for code in codes { try endCode(code, on: day, in: connection) }
    try SearchRows.remove([stored.unit.id.value], in: connection)
    return codes
  }

  private static func endCode(
    _ code: DivisionCode?, on day: Day, in connection: any Connection
  ) throws {
    guard let code else { return }
    try connection.run(
      "delete from unit_codes where code = ?1 and valid_to is null and valid_from >= ?2",
      [code, day])
    try connection.run(
      "update unit_codes set valid_to = ?2 where code = ?1 and valid_to is null", [code, day])
  }

  private static func move(
    _ path: String, to new: String, in connection: any Connection
  ) throws {
    try connection.run(
      """
      update units set path = ?1 || substr(path, cast(?2 as integer))
      where path >= ?3 and path < ?4
      """, [new, path.utf8.count + 1, path, subtreeEnd(path)])
    try SearchRows.move(path, to: new, in: connection)
  }

  private static func append(
    _ kind: String, _ event: some Encodable, to id: UnitID, at now: Instant, by actor: Actor,
    in connection: any Connection
  ) throws {
    let version = try LedgerRows.lastVersion(of: "unit/\(id)", in: connection) + 1
    try LedgerRows.append(
      entry(kind, try Payload.encode(event), to: id, version: version, at: now, by: actor),
      to: connection)
  }
}
