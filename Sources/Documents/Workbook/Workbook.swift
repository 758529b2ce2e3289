import Domain

/// An .xlsx file (ECMA-376), of which one sheet is read.
struct Workbook {
  private let archive: Archive
  private let limits: TableLimits
  private let sheets: [(name: String, visible: Bool, part: String)]
  private let from1904: Bool
  private let dateStyles: [Bool]
  private let texts: [String]

  init(path: String, limits: TableLimits) throws(TableFault) {
    archive = try Archive(path: path, limits: limits)
    self.limits = limits
    try Workbook.checkKind(archive)

    let root = Relationships(of: "")
    try Workbook.read(root, Relationships.part(of: ""), archive)
    guard let part = root.first("officeDocument")?.target else { throw .damaged("_rels/.rels") }
    let workbook = WorkbookPart()
    try Workbook.read(workbook, part, archive)
    let relationships = Relationships(of: part)
    try Workbook.read(relationships, Relationships.part(of: part), archive)
    from1904 = workbook.from1904

    var sheets: [(name: String, visible: Bool, part: String)] = []
    for sheet in workbook.sheets {
      guard let relationship = relationships.byID[sheet.relationship] else { throw .damaged(part) }
      // Sheets of charts and dialogs have no cells.
      guard relationship.is("worksheet") else { continue }
      guard let target = relationship.target else { throw .damaged(sheet.name) }
      sheets.append((sheet.name, sheet.visible, target))
    }
    self.sheets = sheets

    let styles = Styles()
    if let target = relationships.first("styles")?.target {
      try Workbook.read(styles, target, archive)
    }
    dateStyles = styles.areDates
    let strings = SharedStrings(limits: limits)
    if let target = relationships.first("sharedStrings")?.target {
      try Workbook.read(strings, target, archive)
    }
    texts = strings.texts
  }

  /// Of the visible sheets.
  var names: [String] { sheets.filter(\.visible).map(\.name) }

  /// - Throws: `unknownSheet`; `empty` where no sheet, or not the one named, has a cell.
  func table(_ name: String?) throws(TableFault) -> Table {
    if let name {
      guard let sheet = sheets.first(where: { $0.name.trimmed == name.trimmed }) else {
        throw .unknownSheet(name: name, available: names)
      }
      let table = try read(sheet.name, sheet.part)
      guard !table.rows.isEmpty else { throw .empty }
      return table
    }
    for sheet in sheets where sheet.visible {
      let table = try read(sheet.name, sheet.part)
      if !table.rows.isEmpty { return table }
    }
    throw .empty
  }

  private func read(_ name: String, _ part: String) throws(TableFault) -> Table {
    let reader = SheetReader(
      texts: texts, dateStyles: dateStyles, from1904: from1904, limits: limits)
    try Workbook.read(reader, part, archive)
    return Table(
      rows: reader.rows, sheet: name, merges: reader.merges, formulas: reader.formulas)
  }

  private static func checkKind(_ archive: Archive) throws(TableFault) {
    guard archive["[Content_Types].xml"] != nil else { throw .notATable }
    let types = ContentTypes()
    try read(types, "[Content_Types].xml", archive)
    if types.isBinary { throw .legacyWorkbook }
    // Word and PowerPoint have macros as well, but this is asked of workbooks.
    if types.hasMacros { throw .macroWorkbook }
    guard types.isSpreadsheet else { throw .notATable }
  }

  private static func read(
    _ reader: PartReader, _ part: String, _ archive: Archive
  ) throws(TableFault) {
    guard let entry = archive[part] else { throw .damaged(part) }
    try reader.read(entry, of: archive)
  }
}
