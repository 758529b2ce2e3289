import Domain

/// All that a pairing is computed from, read in a few passes over the registers.
package enum PairingFactRows {
  /// The tree as places, with names for those who explain a plan.
  package struct Tree: Sendable {
    package var places: [UnitID] = []
    package var names: [UnitID: String] = [:]
    /// Where each unit lies, and of what level it is.
    package var seats: [UnitID: (place: PairingFacts.Place, level: UnitLevel)] = [:]
    package var townships: [PairingFacts.Target] = []
    var villages: [(unit: UnitID, place: PairingFacts.Place)] = []
    /// Units that were merged away, by the ones that stand for them.
    var successors: [UnitID: UnitID] = [:]
  }

  /// Parents first; rides units_path.
  package static func tree(in connection: any Connection) throws -> Tree {
    var tree = Tree()
    try connection.stream(
      """
      select id, parent_id, kind, level, name, successor_id, valid_to
      from units
      order by path
      """, []
    ) { row in
      let id = try row.unitID(0)
      if let successor = try row.optionalUnitID(5) { tree.successors[id] = successor }
      guard try row.optionalInt(6) == nil else { return }
      let level = try row.value(3, UnitLevel.self)
      let parent = try row.optionalUnitID(1).flatMap { tree.seats[$0]?.place }
      var place = parent ?? PairingFacts.Place(city: PairingFacts.Place.none)
      tree.names[id] = try row.text(4)
      if try row.value(2, UnitKind.self) == .region {
        let number = Int32(tree.places.count)
        switch level {
        case .city: place.city = number
        case .county: place.county = number
        case .township: place.township = number
        case .village: tree.villages.append((id, place))
        }
        if level != .village { tree.places.append(id) }
        if level == .township { tree.townships.append(.init(.township(id), place: place)) }
      }
      tree.seats[id] = (place, level)
    }
    return tree
  }

  /// - Parameters:
  ///   - statuses: which enterprises have to have somebody.
  ///   - skills: the categories that words of expertise stand for, by bits.
  ///   - home: the unit that a home area means; not asked where it makes no difference.
  ///   - category: the bit of a category.
  package static func load(
    _ track: Track, _ tree: Tree, statuses: [EnterpriseStatus],
    skills: ([String]) -> UInt64, home: (String) -> UnitID?, category: (String) -> UInt8?,
    _ vault: Vault, in connection: any Connection
  ) throws -> PairingFacts {
    var facts = PairingFacts(places: tree.places)
    let needs = try needs(track, category, in: connection)
    if track == .enterprise {
      facts.targets[.enterprise] = try enterprises(statuses, tree, needs, in: connection)
    } else {
      facts.targets[.township] = tree.townships
      facts.targets[.village] = tree.villages.map {
        .init(.village($0.unit), place: $0.place, needs: needs[$0.unit.value] ?? [])
      }
    }
    facts.officials = try officials(
      track, tree, skills: skills, home: home, vault, in: connection)
    facts.current = try PairingRows.current(track, in: connection)
    facts.marks = try PairingMarkRows.open(limit: most, in: connection).map(\.mark).filter {
      $0.target.kind.track == track
    }
    return facts
  }

  /// More marks than anybody made by hand.
  package static let most = 100_000

  private static func enterprises(
    _ statuses: [EnterpriseStatus], _ tree: Tree, _ needs: [Int64: [UInt8]],
    in connection: any Connection
  ) throws -> [PairingFacts.Target] {
    let known = Set(statuses.map(\.rawValue))
    var found: [PairingFacts.Target] = []
    try connection.stream(
      """
      select id, unit_id, is_key, status
      from enterprises
      where merged_into is null
      order by id
      """, []
    ) { row in
      guard known.contains(try row.text(3)) else { return }
      let id = try row.int(0)
      guard let seat = tree.seat(of: try row.unitID(1)) else { return }
      found.append(
        .init(
          .enterprise(EnterpriseID(id)), place: seat.place, isKey: try row.int(2) == 1,
          needs: needs[id] ?? []))
    }
    return found
  }

  private static func officials(
    _ track: Track, _ tree: Tree, skills: ([String]) -> UInt64, home: (String) -> UnitID?,
    _ vault: Vault, in connection: any Connection
  ) throws -> [PairingFacts.Official] {
    var found: [PairingFacts.Official] = []
    try connection.stream(
      """
      select o.id, o.person_id, o.unit_id, o.rank, o.track, o.expertise, o.home,
        k.master_key_id, k.wrapped
      from officials o
      join person_keys k on k.person_id = o.person_id
      where o.status = 'serving' and o.track in (?1, 'both') and k.wrapped is not null
      order by o.id
      """, [track.rawValue]
    ) { row in
      guard let seat = tree.seat(of: try row.unitID(2)) else { return }
      var homeUnit: UnitID?
      if track == .village, let sealed = try row.optionalText(6) {
        let key = try vault.key(
          of: PersonID(try row.int(1)), masterID: try row.text(7), wrapped: try row.bytes(8))
        homeUnit = home(try key.open(sealed, .home))
      }
      let words = list(try row.optionalText(5))
      found.append(
        .init(
          id: OfficialID(try row.int(0)), unit: try row.unitID(2), level: seat.level,
          rank: try row.value(3, OfficialRank.self),
          track: try row.value(4, OfficialTrack.self), place: seat.place,
          skills: words.isEmpty ? 0 : skills(words), home: homeUnit))
    }
    return found
  }

  /// The categories of problems that are not done, by whom they concern; rides problems_open_enterprise or
  /// problems_open_unit.
  private static func needs(
    _ track: Track, _ category: (String) -> UInt8?, in connection: any Connection
  ) throws -> [Int64: [UInt8]] {
    let column = track == .enterprise ? "concerns_enterprise_id" : "concerns_unit_id"
    var needs: [Int64: [UInt8]] = [:]
    try connection.stream(
      """
      select \(column), category, count(*)
      from problems
      where \(column) is not null
        and \(OpenProblemRows.isOpen)
      group by \(column), category
      order by \(column), category
      """, []
    ) { row in
      // What nobody has judged yet is nobody's field.
      let bit = try row.optionalText(1).flatMap(category) ?? 63
      let id = try row.int(0)
      let room = PairingFacts.countedProblems - (needs[id]?.count ?? 0)
      for _ in 0..<min(room, Int(try row.int(2))) { needs[id, default: []].append(bit) }
    }
    return needs
  }
}

extension PairingFactRows.Tree {
  /// Where a unit lies, or the one that stands for it.
  func seat(of unit: UnitID) -> (place: PairingFacts.Place, level: UnitLevel)? {
    seats[unit] ?? successors[unit].flatMap { seats[$0] }
  }
}
