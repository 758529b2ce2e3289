import Domain
import Language
import Storage

/// What looks like another enterprise of the register is told, never merged.
enum ImportNearDuplicates {
  /// So many are told for one file; `lianbang enterprise duplicates` has them all.
  private static let limit = 1000
  /// Names told of one row.
  private static let shown = 3

  static func diagnostics(
    for added: [EnterpriseID: ImportSheet<ImportEnterprises.Column>.Row],
    of sheet: ImportSheet<ImportEnterprises.Column>, _ units: UnitDirectory, _ work: ImportWork
  ) throws -> [Diagnostic] {
    if added.isEmpty { return [] }
    let names = try EnterpriseNames(units, in: work.connection)
    var like: [EnterpriseID: [String]] = [:]
    // Most pairs may be among what was there before.
    for pair in names.nearDuplicates(limit: 1_000_000).pairs where like.count < limit {
      for (one, other) in [(pair.first, pair.second), (pair.second, pair.first)] {
        let id = EnterpriseID(one)
        guard added[id] != nil, let name = names.name[other] else { continue }
        like[id, default: []].append(name)
      }
    }
    var found = like.map { id, names in
      let more = names.count > shown ? "…" : ""
      return sheet.fault(
        added[id]!, .name, .nearDuplicate, .warning,
        value: names.prefix(shown).joined(separator: "、") + more)
    }
    if like.count == limit {
      found.append(Diagnostic(row: 0, .moreNearDuplicates, .note, value: "\(limit)"))
    }
    return found
  }
}

/// The names of all enterprises with their counties, for comparing them.
struct EnterpriseNames {
  private(set) var name: [Int64: String] = [:]
  private var keys: [(id: Int64, county: Int64, key: String)] = []

  init(_ units: UnitDirectory, under path: String = "/", in connection: any Connection) throws {
    let places = PlaceNames(units.placeNames)
    var counties: [UnitID: Int64] = [:]
    try EnterpriseRows.names(under: path, in: connection) { id, name, unit in
      let county: Int64
      if let known = counties[unit] {
        county = known
      } else {
        county = units.ancestor(of: unit, at: .county)?.unit.id.value ?? 0
        counties[unit] = county
      }
      self.name[id.value] = name
      keys.append((id.value, county, EnterpriseName(name, places: places).key))
    }
  }

  func nearDuplicates(limit: Int) -> NearDuplicates { NearDuplicates(of: keys, limit: limit) }
}
