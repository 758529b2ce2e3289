import Domain

/// The state rows of sheets: what lists are made of. Every row follows from the ledger.
package enum SheetRows {
  static let columns = [
    "version", "kind", "month", "edition", "supersedes", "state", "formula_version", "known_on",
    "computed_at", "objections_until", "objections", "objections_open", "published_at",
    "published_by", "digest", "content",
  ]

  static func values(of sheet: CommentSheet) throws -> [any SQLConvertible] {
    let content = sheet.content
    return [
      sheet.version, content.kind, content.month, content.edition, content.supersedes,
      sheet.state, content.formula.version, content.knownOn, sheet.computedAt,
      sheet.objectionsUntil, sheet.objections.count, sheet.openObjections.count,
      sheet.publishedAt, sheet.publishedBy, sheet.digest, try SheetJSON.encode(content),
    ]
  }

  static func units(of sheet: CommentSheet) -> [[any SQLConvertible]] {
    sheet.content.lines.map { [sheet.id, $0.unit] }
  }

  static func insert(_ sheet: CommentSheet, in connection: any Connection) throws {
    try connection.run(
      insertion(into: "sheets", ["id"] + columns), [sheet.id] + (try values(of: sheet)))
    try connection.insert(into: "sheet_units", ["sheet_id", "unit_id"], units(of: sheet))
  }

  private static let updating =
    "update sheets set "
    + columns.enumerated().map { "\($1) = ?\($0 + 2)" }.joined(separator: ", ")
    + " where id = ?1"

  static func update(_ sheet: CommentSheet, in connection: any Connection) throws {
    try connection.run(updating, [sheet.id] + (try values(of: sheet)))
    // Computed again, it may have other units than before.
    try connection.run("delete from sheet_units where sheet_id = ?1", [sheet.id])
    try connection.insert(into: "sheet_units", ["sheet_id", "unit_id"], units(of: sheet))
  }

  /// The sheet of this month and kind with the highest edition; rides sheets_month.
  package static func last(
    _ kind: SheetKind, _ month: SheetMonth, in connection: any Connection
  ) throws -> SheetID? {
    try connection.row(
      """
      select id
      from sheets
      where month = ?1 and kind = ?2
      order by edition desc
      limit 1
      """, [month, kind]
    ) { try $0.sheetID(0) }
  }

  /// A sheet that corrects this one; nil where none does.
  package static func later(_ sheet: CommentSheet, in connection: any Connection) throws -> SheetID?
  {
    try connection.row(
      """
      select id
      from sheets
      where month = ?1 and kind = ?2 and edition = ?3 and state = 'published'
      """, [sheet.content.month, sheet.content.kind, sheet.content.edition + 1]
    ) { try $0.sheetID(0) }
  }

  /// The content and the digest as the row has them, to be held against the ledger.
  package static func stored(
    _ id: SheetID, in connection: any Connection
  ) throws -> (content: String, digest: String?)? {
    try connection.row("select content, digest from sheets where id = ?1", [id]) {
      (try $0.text(0), try $0.optionalText(1))
    }
  }

  /// Who looks.
  package enum Visibility: Sendable {
    case all
    /// Previews and what is published.
    case shown
    /// Of these, sheets with a unit of this path or below it.
    case below(String)
    /// Of these, sheets with this very unit, or one it stands for since a merger.
    case unit(UnitID)
  }

  /// The unit's own line on a sheet, or that of one it stands for; rides sheet_units.
  package static func unit(
    on sheet: SheetID, of unit: UnitID, in connection: any Connection
  ) throws -> UnitID? {
    try connection.row(
      """
      select u.id
      from sheet_units l
      join units u on u.id = l.unit_id
      where l.sheet_id = ?1 and (u.id = ?2 or u.successor_id = ?2)
      order by u.id
      limit 1
      """, [sheet, unit]
    ) { try $0.unitID(0) }
  }

  package struct Line: Sendable {
    package let id: SheetID
    package let kind: SheetKind
    package let month: SheetMonth
    package let edition: Int
    package let state: SheetState
    package let objectionsUntil: Instant?
    package let objections: Int
    package let openObjections: Int
    package let publishedAt: Instant?
  }

  /// The newest month first; rides sheets_month, a few for each month.
  /// - Parameter id: only this one; nil for all.
  package static func list(
    _ visibility: Visibility, only id: SheetID? = nil, limit: Int, in connection: any Connection
  ) throws -> [Line] {
    var (condition, arguments) = ("s.state <> 'draft'", [any SQLConvertible]())
    switch visibility {
    case .all: condition = "true"
    case .shown: break
    case .below(let path):
      condition += """
         and exists (
          select 1
          from sheet_units l
          join units u on u.id = l.unit_id
          where l.sheet_id = s.id and u.path >= ?1 and u.path < ?2)
        """
      arguments = [path, UnitRows.subtreeEnd(path)]
    case .unit(let unit):
      condition += """
         and exists (
          select 1
          from sheet_units l
          join units u on u.id = l.unit_id
          where l.sheet_id = s.id and (u.id = ?1 or u.successor_id = ?1))
        """
      arguments = [unit]
    }
    if let id {
      arguments.append(id)
      condition += " and s.id = ?\(arguments.count)"
    }
    return try connection.rows(
      """
      select s.id, s.kind, s.month, s.edition, s.state, s.objections_until, s.objections,
        s.objections_open, s.published_at
      from sheets s
      where \(condition)
      order by s.month desc, s.kind, s.edition desc
      limit \(limit)
      """, arguments
    ) { row in
      Line(
        id: try row.sheetID(0), kind: try row.value(1, SheetKind.self),
        month: try row.present(SheetMonth(row.text(2)), 2), edition: Int(try row.int(3)),
        state: try row.value(4, SheetState.self), objectionsUntil: try row.optionalInstant(5),
        objections: Int(try row.int(6)), openObjections: Int(try row.int(7)),
        publishedAt: try row.optionalInstant(8))
    }
  }

  /// The units that have a line on sheets of a kind, as they were on a day.
  package static func entries(
    _ kind: SheetKind, on day: Day, in connection: any Connection
  ) throws -> [SheetScore.Entry] {
    try connection.rows(
      """
      \(UnitRows.select)
      where u.level = ?1 and u.valid_from <= ?2 and (u.valid_to is null or u.valid_to > ?2)
      order by u.id
      """, [kind == .county ? UnitLevel.county : .city, day], UnitRows.decode
    ).filter { kind.has($0.unit) }.map { .init($0.unit.id, $0.unit.name) }
  }
}
