import Domain
import Language

/// One thing that was found.
package struct SearchHit: Hashable, Sendable {
  package let id: Int64
  package let kind: SearchKind
  package let unit: UnitID
  package let title: String
  package let former: [String]
  package let codes: [String]
}

/// Looking things up by name.
package enum SearchIndex {
  /// Subtrees up to this many entries are read through: an index of words would bring up mostly what
  /// lies elsewhere.
  private static let smallSubtree = 4000
  /// Of words that very many have, so many entries are looked at; the best of them are shown.
  private static let candidates = 400
  /// Where most of those only seemed to fit, so many.
  private static let manyCandidates = 5000

  package struct Answer: Sendable {
    /// The best first.
    package let hits: [SearchHit]
    /// Whether there may be more than are shown.
    package let hasMore: Bool

    package init(hits: [SearchHit], hasMore: Bool) {
      self.hits = hits
      self.hasMore = hasMore
    }
  }

  /// Whether there are names that the index does not have: from before there was one.
  package static func isIncomplete(in connection: any Connection) throws -> Bool {
    try connection.row(
      """
      select 1
      from units
      where valid_to is null and not exists (select 1 from search_entries)
      limit 1
      """
    ) { _ in true } ?? false
  }

  package static func complete(in connection: any Connection) throws {
    try SearchRows.addMissing(in: connection)
  }

  /// To be called once in a transaction that searches.
  package static func prepare(_ connection: any Connection) throws {
    for setting in connection.dialect.searchSettings { try connection.run(setting) }
  }

  /// - Parameters:
  ///   - path: the subtree that may be seen.
  ///   - vault: without its key no person is found.
  package static func find(
    _ query: SearchQuery, under path: String, limit: Int, _ vault: Vault,
    in connection: any Connection
  ) throws -> Answer {
    guard !query.isEmpty, !query.terms.isEmpty else { return Answer(hits: [], hasMore: false) }
    var found: [Int64: (order: SearchOrder, hit: SearchHit)] = [:]
    func take(_ hit: SearchHit) {
      let entry = SearchEntry(name: hit.title, formerNames: hit.former, codes: hit.codes)
      if let order = query.order(entry) { found[hit.id] = (order, hit) }
    }
    let range: [any SQLConvertible] = [path, UnitRows.subtreeEnd(path)]
    var isCut = false
    if try isSmall(range, in: connection) {
      let filter = filter(query.terms, connection.dialect)
      try connection.forEach(
        """
        \(select)
        where s.path >= ?1 and s.path < ?2 and s.title <> '' and \(filter.condition)
        """, range + filter.arguments
      ) { take(try decode($0)) }
    } else {
      // First what begins with the text, in order; then what has it anywhere.
      let key = TextFolding.fold(query.text)
      try connection.forEach(
        """
        \(select)
        where s.key >= ?3 and s.key < ?4 and s.path >= ?1 and s.path < ?2
        order by s.key
        limit \(limit + 1)
        """, range + [key, key + "\u{10FFFF}"]
      ) { take(try decode($0)) }
      // Where names enough begin with it, those that have it elsewhere would come after them all.
      isCut = found.count > limit
      for most in [candidates, manyCandidates] where found.count <= limit {
        var count = 0
        try connection.forEach(
          "\(select) \(matching(connection.dialect)) limit \(most)",
          range + [condition(query.terms, connection.dialect)]
        ) {
          count += 1
          take(try decode($0))
        }
        isCut = count == most
        if !isCut { break }
      }
    }
    if vault.hasKey {
      isCut = try findPersons(query, range, vault, in: connection, take) || isCut
    }
    let best = found.values.sorted { ($0.order, $0.hit.id) < ($1.order, $1.hit.id) }
    return Answer(hits: best.prefix(limit).map(\.hit), hasMore: isCut || best.count > limit)
  }

  /// People are found by keyed terms, and their names opened to be compared.
  /// - Returns: whether there were too many to look at all.
  private static func findPersons(
    _ query: SearchQuery, _ range: [any SQLConvertible], _ vault: Vault,
    in connection: any Connection, _ take: (SearchHit) -> Void
  ) throws -> Bool {
    let terms = try vault.keyedTerms(query.terms)
    var count = 0
    try connection.forEach(
      """
      select s.id, s.unit_id, o.name, o.person_id, k.master_key_id, k.wrapped
      from search_entries s
      join officials o on o.id = s.id
      join person_keys k on k.person_id = o.person_id and k.wrapped is not null
      \(matching(connection.dialect))
      limit \(candidates)
      """, range + [condition(terms, connection.dialect)]
    ) { row in
      count += 1
      let key = try vault.key(
        of: PersonID(try row.int(3)), masterID: try row.text(4), wrapped: try row.bytes(5))
      take(
        SearchHit(
          id: try row.int(0), kind: .official, unit: try row.unitID(1),
          title: try key.open(try row.text(2), .name), former: [], codes: []))
    }
    return count == candidates
  }

  private static func decode(_ row: any SQLRow) throws -> SearchHit {
    SearchHit(
      id: try row.int(0), kind: try row.value(1, SearchKind.self), unit: try row.unitID(2),
      title: try row.text(3), former: list(try row.optionalText(4)),
      codes: list(try row.optionalText(5)))
  }

  private static let select = """
    select s.id, s.kind, s.unit_id, s.title, s.former, s.codes
    from search_entries s
    """

  /// Rides search_entries_path.
  private static func isSmall(
    _ range: [any SQLConvertible], in connection: any Connection
  ) throws -> Bool {
    try connection.row(
      """
      select count(*)
      from (
        select 1
        from search_entries
        where path >= ?1 and path < ?2
        limit \(smallSubtree + 1)
      ) as entries
      """, range
    ) { try $0.int(0) <= smallSubtree }!
  }

  /// Rides the full-text index.
  private static func matching(_ dialect: Dialect) -> String {
    switch dialect {
    case .sqlite:
      """
      join search_terms on search_terms.rowid = s.id
      where search_terms match ?3 and s.path >= ?1 and s.path < ?2
      """
    case .postgres:
      "where s.terms @> ?3 and s.path >= ?1 and s.path < ?2"
    }
  }

  /// Terms have neither quotes nor blanks.
  private static func condition(_ terms: [String], _ dialect: Dialect) -> SQLValue {
    switch dialect {
    case .sqlite: .text(terms.map { "\"\($0)\"" }.joined(separator: " AND "))
    case .postgres: .texts(terms)
    }
  }

  /// The same without the full-text index, row by row. On SQLite the terms of an entry stand between
  /// blanks in one text; of many terms the first few say enough.
  private static func filter(
    _ terms: [String], _ dialect: Dialect
  ) -> (condition: String, arguments: [any SQLConvertible]) {
    switch dialect {
    case .sqlite:
      let some = terms.prefix(8)
      let conditions = some.indices.map { "instr(' ' || s.terms || ' ', ?\($0 + 3)) > 0" }
      return (conditions.joined(separator: " and "), some.map { " \($0) " })
    case .postgres:
      return ("s.terms @> ?3", [SQLValue.texts(terms)])
    }
  }
}
