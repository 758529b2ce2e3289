import Domain
import Language

/// What sort of thing was found.
package enum SearchKind: String, Sendable, CaseIterable, SQLConvertible {
  case unit, official, enterprise
}

/// Something that can be found by its name.
struct SearchItem: Equatable {
  let id: Int64
  let kind: SearchKind
  let unit: UnitID
  /// The unit's, where it is at hand.
  var path: String?
  /// Empty for a person: what stands here would outlive the person's key.
  let title: String
  var former: [String] = []
  var codes: [String] = []
  /// Of a person's name, under the instance's key; of a thing's they follow from its names.
  var keyedTerms: [String]?
}

/// The index of names: made from tree and registers in the transaction that changes them. Full-text
/// search is FTS5 on one engine and a GIN index on the other; the terms are the same.
enum SearchRows {
  static func insert(_ items: [SearchItem], in connection: any Connection) throws {
    if items.isEmpty { return }
    let paths = try paths(of: items, in: connection)
    var indexed: [[any SQLConvertible]] = []
    let rows = try items.map { item -> [any SQLConvertible] in
      let terms = SQLValue.texts(
        item.keyedTerms
          ?? SearchEntry(name: item.title, formerNames: item.former, codes: item.codes).terms)
      if connection.dialect == .sqlite { indexed.append([item.id, terms]) }
      guard let path = item.path ?? paths[item.unit] else {
        throw StorageError.unreadable("unit \(item.unit)")
      }
      return [
        item.id, item.kind, item.unit, path, item.title, text(item.former), text(item.codes),
        TextFolding.fold(item.title), terms,
      ]
    }
    try connection.insert(
      into: "search_entries",
      ["id", "kind", "unit_id", "path", "title", "former", "codes", "key", "terms"], rows)
    if connection.dialect == .sqlite {
      try connection.insert(into: "search_terms", ["rowid", "terms"], indexed)
    }
  }

  private static func paths(
    of items: [SearchItem], in connection: any Connection
  ) throws -> [UnitID: String] {
    let units = Set(items.filter { $0.path == nil }.map(\.unit.value))
    if units.isEmpty { return [:] }
    var paths: [UnitID: String] = [:]
    try connection.forEach(
      "select id, path from units where \(connection.dialect.among("id", "?1"))",
      [connection.dialect.list(Array(units))]
    ) { paths[try $0.unitID(0)] = try $0.text(1) }
    return paths
  }

  static func remove(_ ids: [Int64], in connection: any Connection) throws {
    for id in ids {
      if connection.dialect == .sqlite {
        try connection.run(
          """
          insert into search_terms (search_terms, rowid, terms)
          select 'delete', id, terms from search_entries where id = ?1
          """, [id])
      }
      try connection.run("delete from search_entries where id = ?1", [id])
    }
  }

  /// Makes the entries of units that were there before there was an index.
  static func addMissing(in connection: any Connection) throws {
    let missing = try connection.rows(
      """
      select u.id
      from units u
      where u.valid_to is null and not exists (select 1 from search_entries s where s.id = u.id)
      """
    ) { try $0.unitID(0) }
    try refresh(missing, in: connection)
  }

  /// Makes the entries of units anew.
  static func refresh(_ units: [UnitID], in connection: any Connection) throws {
    try remove(units.map(\.value), in: connection)
    let items = try units.compactMap { id -> SearchItem? in
      guard let stored = try UnitRows.find(id, in: connection), stored.unit.validTo == nil else {
        return nil
      }
      let codes = try connection.rows(
        "select code from unit_codes where unit_id = ?1 and valid_to is null order by code", [id]
      ) { try $0.text(0) }
      return SearchItem(
        id: id.value, kind: .unit, unit: id, path: stored.path, title: stored.unit.name,
        former: try UnitHistory.formerNames(of: id, in: connection), codes: codes)
    }
    try insert(items, in: connection)
  }

  /// The units of a subtree have other paths from now on; rides search_entries_path.
  static func move(_ path: String, to new: String, in connection: any Connection) throws {
    try connection.run(
      """
      update search_entries set path = ?1 || substr(path, cast(?2 as integer))
      where path >= ?3 and path < ?4
      """, [new, path.utf8.count + 1, path, UnitRows.subtreeEnd(path)])
  }
}
