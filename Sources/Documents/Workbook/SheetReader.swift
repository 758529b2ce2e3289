import Domain

/// A worksheet's rows, merges and formulas, streamed.
final class SheetReader: PartReader {
  private enum Capture { case nothing, value }
  private enum Kind { case number, shared, formulaText, inline, boolean, error, date }

  private let texts: [String]
  private let dateStyles: [Bool]
  private let from1904: Bool
  private let limits: TableLimits

  private(set) var rows: [Table.Row] = []
  private(set) var merges: [Merge] = []
  private(set) var formulas: Set<Place> = []
  private var count = 0

  private var inData = false
  private var inRow = false
  private var row = 0
  private var cells: [Cell] = []

  private var inCell = false
  private var column = -1
  private var kind = Kind.number
  private var isDate = false
  private var capture = Capture.nothing
  private var value: [UInt8] = []
  private var inline: RichText
  private var inInline = false

  private static let mostMerges = 1_000_000

  init(texts: [String], dateStyles: [Bool], from1904: Bool, limits: TableLimits) {
    self.texts = texts
    self.dateStyles = dateStyles
    self.from1904 = from1904
    self.limits = limits
    inline = RichText(limit: limits.characters)
  }

  override func start(_ name: XMLName, _ attributes: XMLAttributes) {
    if inCell {
      startInCell(name, attributes)
    } else if inRow {
      if name == "c" { startCell(attributes) }
    } else if inData {
      if name == "row" { startRow(attributes) }
    } else if name == "sheetData" {
      inData = true
    } else if name == "mergeCell" {
      guard merges.count < SheetReader.mostMerges,
        let merge = attributes["ref"].flatMap({ CellAddress.range($0.bytes) })
      else { return damaged("mergeCell") }
      merges.append(merge)
    }
  }

  override func text(_ bytes: UnsafeBufferPointer<UInt8>) {
    if capture == .value {
      if value.count <= limits.characters * CellText.mostBytes { value.append(contentsOf: bytes) }
    } else if inInline {
      inline.add(bytes)
    }
  }

  override func end(_ name: XMLName) {
    if inCell {
      endInCell(name)
    } else if inRow {
      if name == "row" { endRow() }
    } else if inData, name == "sheetData" {
      inData = false
    }
  }

  /// Rows may be left out and need not say their number, but never go back.
  private func startRow(_ attributes: XMLAttributes) {
    var number = row + 1
    if let given = attributes["r"] {
      guard let index = given.index else { return damaged("row") }
      number = index
    }
    guard number > row, number <= CellAddress.lastRow else { return damaged("row \(number)") }
    row = number
    column = -1
    inRow = true
  }

  private func endRow() {
    inRow = false
    guard !cells.isEmpty else { return }
    guard rows.count < limits.rows else { return fail(.tooManyRows(limit: limits.rows)) }
    let width = cells.count
    rows.append(Table.Row(number: row, cells: cells))
    cells = []
    cells.reserveCapacity(width)
  }

  private func startCell(_ attributes: XMLAttributes) {
    column += 1
    if let reference = attributes["r"] {
      guard let place = CellAddress.parse(reference.bytes), place.row == row else {
        return damaged("row \(row)")
      }
      column = place.column
    }
    guard column < limits.columns else { return fail(.tooManyColumns(limit: limits.columns)) }
    guard let kind = SheetReader.kind(attributes["t"]) else { return damaged(here) }
    self.kind = kind
    isDate =
      attributes["s"]?.index.map { dateStyles.indices.contains($0) && dateStyles[$0] } ?? false
    inCell = true
    value.removeAll(keepingCapacity: true)
    if kind == .inline { inline.clear() }
  }

  private static func kind(_ type: XMLValue?) -> Kind? {
    guard let type, !(type == "n") else { return .number }
    if type == "s" { return .shared }
    if type == "str" { return .formulaText }
    if type == "inlineStr" { return .inline }
    if type == "b" { return .boolean }
    if type == "e" { return .error }
    return type == "d" ? .date : nil
  }

  private func startInCell(_ name: XMLName, _ attributes: XMLAttributes) {
    if inInline {
      inline.start(name, attributes)
    } else if name == "v" {
      capture = .value
    } else if name == "f" {
      guard formulas.count < limits.cells else { return fail(.tooManyCells(limit: limits.cells)) }
      formulas.insert(Place(row: row, column: column))
    } else if name == "is" {
      inInline = true
    } else if name == "c" || name == "row" {
      damaged(here)
    }
  }

  private func endInCell(_ name: XMLName) {
    if name == "c" {
      inCell = false
      inInline = false
      if let cell = finished(), cell != .empty { place(cell) }
    } else if name == "is" {
      inInline = false
    } else if inInline {
      inline.end(name)
    } else if name == "v" {
      capture = .nothing
    }
  }

  /// Cells may stand in any order: the columns before are filled up.
  private func place(_ cell: Cell) {
    let missing = column + 1 - cells.count
    if missing > 0 {
      count += missing
      guard count <= limits.cells else { return fail(.tooManyCells(limit: limits.cells)) }
      for _ in 1..<missing { cells.append(.empty) }
      cells.append(cell)
    } else {
      cells[column] = cell
    }
  }

  /// The cell read, nil after a fault.
  private func finished() -> Cell? {
    if kind == .inline {
      guard let text = inline.text else { return long() }
      return text.isEmpty ? .empty : .text(text)
    }
    // Programs that indent their XML put white space around values; in texts it counts.
    if kind != .formulaText { trim() }
    if value.isEmpty { return .empty }
    switch kind {
    case .number: return number()
    case .shared:
      guard let index = NumberText.index(value), texts.indices.contains(index) else { break }
      return texts[index].isEmpty ? .empty : .text(texts[index])
    case .formulaText, .inline:
      guard let text = CellText.decode(value, limit: limits.characters) else { return long() }
      return .text(text)
    case .boolean: return .text(value == [0x31] || value == Array("true".utf8) ? "TRUE" : "FALSE")
    case .error:
      guard let text = CellText.decode(value, limit: limits.characters) else { return long() }
      return .error(text)
    case .date:
      // ISO 8601, only in the strict edition.
      guard let day = Day(String(decoding: value.prefix(10), as: UTF8.self)) else { break }
      return .day(day)
    }
    damaged(here)
    return nil
  }

  private func trim() {
    while let last = value.last, last <= 0x20 { value.removeLast() }
    guard let first = value.first, first <= 0x20 else { return }
    value.removeFirst(value.prefix { $0 <= 0x20 }.count)
  }

  private func number() -> Cell? {
    if !isDate, NumberText.isPlain(value) {
      return .number(String(decoding: value, as: UTF8.self))
    }
    guard let number = NumberText.parse(value) else {
      damaged(here)
      return nil
    }
    if isDate, let day = DateFormat.day(serial: number, from1904: from1904) { return .day(day) }
    return .number(NumberText.text(number, stored: value))
  }

  private func long() -> Cell? {
    fail(.longCell(row: row, limit: limits.characters))
    return nil
  }

  private var here: String { CellAddress.letters(column) + String(row) }
}
