import Domain
import Language
import Storage

/// Where units are looked up: the database, or a copy of the whole tree in memory.
package protocol UnitSource {
  func unit(_ code: DivisionCode) throws -> UnitRows.Stored?
  func units(named name: String) throws -> [UnitRows.Stored]
  /// From the root down to the unit.
  func line(of stored: UnitRows.Stored) throws -> [UnitRows.Stored]
}

/// The database, for a few look-ups.
struct UnitsInDatabase: UnitSource {
  let connection: any Connection

  func unit(_ code: DivisionCode) throws -> UnitRows.Stored? {
    try UnitRows.find(code, in: connection)
  }
  func units(named name: String) throws -> [UnitRows.Stored] {
    try UnitRows.find(name: name, in: connection)
  }
  func line(of stored: UnitRows.Stored) throws -> [UnitRows.Stored] {
    try UnitRows.line(of: stored, in: connection)
  }
}

/// The tree of today in memory, for imports of many rows: no query per row.
struct UnitDirectory: UnitSource {
  private struct Place: Hashable {
    let parent: UnitID?
    let name: String
  }

  private var byID: [UnitID: UnitRows.Stored] = [:]
  private var byCode: [DivisionCode: UnitID] = [:]
  private var byName: [String: [UnitID]] = [:]
  private var byPlace: [Place: UnitID] = [:]
  private let successors: [UnitID: UnitID]
  private var children: [UnitID: [UnitID]] = [:]

  init(in connection: any Connection) throws {
    successors = try UnitRows.successors(in: connection)
    try UnitRows.all(in: connection) { add($0) }
    try UnitRows.codes(in: connection) { byCode[$0] = $1 }
  }

  var isEmpty: Bool { byID.isEmpty }
  var coded: [DivisionCode: UnitID] { byCode }

  /// The unit, or the one that stands for it.
  func unit(_ id: UnitID) -> UnitRows.Stored? { byID[successors[id] ?? id] }
  func unit(_ code: DivisionCode) -> UnitRows.Stored? { byCode[code].flatMap { byID[$0] } }
  func units(named name: String) -> [UnitRows.Stored] {
    (byName[name] ?? []).compactMap { byID[$0] }
  }
  func child(_ name: String, of parent: UnitID?) -> UnitRows.Stored? {
    byPlace[Place(parent: parent, name: name)].flatMap { byID[$0] }
  }

  /// The one child whose name is the same but for what says its sort: 桃园村 and 桃园村委会.
  func onlyChild(like name: String, of parent: UnitID) -> UnitRows.Stored? {
    let wanted = DivisionName(name)
    let like = (children[parent] ?? []).compactMap { byID[$0] }.filter {
      DivisionName($0.unit.name) == wanted
    }
    return like.count == 1 ? like[0] : nil
  }

  /// The one region of a level whose name begins or ends with what people call it for short: 禹州 is
  /// 禹州市, 示范区 is 城乡一体化示范区.
  func onlyRegion(calledShort text: String, where fits: (Unit) -> Bool) -> UnitRows.Stored? {
    guard text.count >= 2 else { return nil }
    let like = byID.values.filter { stored in
      stored.unit.kind == .region && stored.unit.level != .village && fits(stored.unit)
        && (stored.unit.name.hasPrefix(text) || stored.unit.name.hasSuffix(text))
    }
    return like.count == 1 ? like[0] : nil
  }

  /// Whether the city is in the tree that a code's first four digits stand for.
  func knowsCity(of code: DivisionCode) -> Bool {
    DivisionCode(code.text.prefix(4) + "00000000").map { byCode[$0] != nil } ?? false
  }

  func line(of stored: UnitRows.Stored) -> [UnitRows.Stored] {
    var line = [stored]
    while let parent = line[0].unit.parent, let above = byID[parent] { line.insert(above, at: 0) }
    return line
  }

  /// Names of places that firms put before their own: cities and counties.
  var placeNames: [String] {
    ["河南省"]
      + byID.values.filter { $0.unit.kind == .region && $0.unit.level <= .county }
      .map(\.unit.name)
  }

  /// The unit of a level that another lies in, or is.
  func ancestor(of id: UnitID, at level: UnitLevel) -> UnitRows.Stored? {
    var current = unit(id)
    while let stored = current, stored.unit.level != level {
      current = stored.unit.parent.flatMap { byID[$0] }
    }
    return current
  }

  mutating func add(_ new: NewUnit) {
    add(
      UnitRows.Stored(unit: new.unit, path: new.path, since: new.unit.validFrom))
    for code in new.otherCodes { byCode[code] = new.unit.id }
  }

  private mutating func add(_ stored: UnitRows.Stored) {
    let unit = stored.unit
    byID[unit.id] = stored
    byName[unit.name, default: []].append(unit.id)
    byPlace[Place(parent: unit.parent, name: unit.name)] = unit.id
    if let parent = unit.parent { children[parent, default: []].append(unit.id) }
    if let code = unit.divisionCode { byCode[code] = unit.id }
  }
}
