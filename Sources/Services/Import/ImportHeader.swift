import Documents
import Domain

/// Where the headings of a sheet are and what they mean. Titles may stand above them, and they may take
/// two rows, of which the upper one is merged over several columns.
struct ImportHeader<Column: ImportColumn>: Sendable {
  /// Sheet rows up to this one hold no data.
  let lastRow: Int
  /// The columns' places from 0.
  let places: [Column: Int]
  /// What the sheet calls the columns.
  let headings: [Column: String]
  let mapping: [ImportReport.Mapping]
  let diagnostics: [Diagnostic]
  /// How many columns the sheet has.
  let width: Int

  /// Headings further down are data.
  private static var reach: Int { 12 }

  init(_ table: Table) {
    var best: (row: Table.Row?, texts: [String], last: Int, found: [Column: Int]) = (
      nil, [], 0, [:]
    )
    let rows = Array(table.rows.prefix(Self.reach))
    for (index, row) in rows.enumerated() {
      let single = row.cells.map(\.heading)
      let found = Self.match(single)
      if found.count > best.found.count { best = (row, single, row.number, found) }
      guard index + 1 < rows.count, rows[index + 1].number == row.number + 1 else { continue }
      let double = Self.join(row, rows[index + 1], table.merges)
      let foundTwo = Self.match(double)
      // Two rows only where the second says more than the first alone.
      if foundTwo.count > best.found.count {
        best = (row, double, rows[index + 1].number, foundTwo)
      }
    }
    let first = best.row?.number ?? rows.first?.number ?? 1
    let texts = best.row == nil ? (rows.first?.cells.map(\.heading) ?? []) : best.texts
    lastRow = max(best.last, first)
    places = best.found
    headings = best.found.mapValues { texts[$0] }
    width = max(texts.count, 1)
    var mapping: [ImportReport.Mapping] = []
    var diagnostics: [Diagnostic] = []
    for (place, text) in texts.enumerated() where !text.isEmpty {
      let column = best.found.first { $0.value == place }?.key
      mapping.append(.init(heading: text, column: column?.headings[0]))
      let key = Heading.key(text)
      if column != nil || Column.ignored.contains(key) || key == "序号" || key == "no." { continue }
      let isRepeated = best.found.keys.contains { $0.headings.contains(key) }
      diagnostics.append(
        Diagnostic(
          row: lastRow, column: text, place: place,
          isRepeated ? .repeatedColumn : .unknownColumn, .warning, value: text))
    }
    for column in Column.allCases where column.isRequired && places[column] == nil {
      diagnostics.append(Diagnostic(row: lastRow, .missingColumn, value: column.headings[1]))
    }
    self.mapping = mapping
    self.diagnostics = diagnostics
  }

  /// The first place of each column that has one. What two rows say together counts before what the
  /// lower one says alone.
  private static func match(_ texts: [String]) -> [Column: Int] {
    var found: [Column: Int] = [:]
    for (place, text) in texts.enumerated() where !text.isEmpty {
      let key = Heading.key(text)
      if let column = Column.allCases.first(where: { $0.headings.contains(key) }),
        found[column] == nil
      {
        found[column] = place
      }
    }
    return found
  }

  private static func join(_ upper: Table.Row, _ lower: Table.Row, _ merges: [Merge]) -> [String] {
    (0..<max(upper.cells.count, lower.cells.count)).map { place in
      let merge = merges.first {
        $0.rows.contains(upper.number) && $0.columns.contains(place)
      }
      let above = upper.heading(merge?.columns.lowerBound ?? place)
      if let merge, merge.rows.contains(lower.number) { return above }
      let below = lower.heading(place)
      if below.isEmpty || above == below { return above }
      let joined = above + below
      let isKnown = Column.allCases.contains { $0.headings.contains(Heading.key(joined)) }
      return isKnown || above.isEmpty ? joined : below
    }
  }
}

extension Table.Row {
  fileprivate func heading(_ place: Int) -> String {
    place < cells.count ? cells[place].heading : ""
  }
}

extension Cell {
  fileprivate var heading: String {
    switch self {
    case .text(let text): text.trimmed.singleLine
    case .number(let text): text
    case .day(let day): day.description
    case .empty, .error: ""
    }
  }
}
