extension Table {
  /// Reads separated values (RFC 4180), all cells as text. Cells are separated by commas, tabs or
  /// semicolons; records end in CRLF, LF or CR.
  package init(csv bytes: [UInt8], limits: TableLimits = .standard) throws(TableFault) {
    var text = try CSVText.decode(bytes)
    var fault: TableFault?
    // A closure that is given a buffer does not carry a typed error.
    rows = text.withUTF8 { bytes in
      var reader = CSVReader(bytes: bytes, limits: limits)
      do throws(TableFault) {
        return try reader.rows()
      } catch {
        fault = error
        return []
      }
    }
    if let fault { throw fault }
    if rows.isEmpty { throw .empty }
    (sheet, merges, formulas) = (nil, [], [])
  }
}

/// Walks through the bytes of valid UTF-8.
private struct CSVReader {
  private let bytes: UnsafeBufferPointer<UInt8>
  private let limits: TableLimits
  private let separator: UInt8
  private var position = 0
  private var number = 0
  private var content: [UInt8] = []

  private static let quote = UInt8(ascii: "\"")
  private static let (lf, cr) = (UInt8(ascii: "\n"), UInt8(ascii: "\r"))

  init(bytes: UnsafeBufferPointer<UInt8>, limits: TableLimits) {
    self.bytes = bytes
    self.limits = limits
    separator = CSVReader.separator(in: bytes)
  }

  /// The separator most used, outside quotes, in the first record that has any.
  private static func separator(in bytes: UnsafeBufferPointer<UInt8>) -> UInt8 {
    let candidates = Array(",\t;".utf8)
    var counts = [0, 0, 0]
    var quoted = false
    var atStart = true
    for byte in bytes {
      if quoted {
        quoted = byte != quote
      } else if byte == quote, atStart {
        quoted = true
      } else if let index = candidates.firstIndex(of: byte) {
        counts[index] += 1
        atStart = true
        continue
      } else if byte == lf || byte == cr {
        if counts != [0, 0, 0] { break }
        atStart = true
        continue
      }
      atStart = false
    }
    let most = counts.max() ?? 0
    return candidates[counts.firstIndex(of: most) ?? 0]
  }

  mutating func rows() throws(TableFault) -> [Table.Row] {
    var rows: [Table.Row] = []
    var count = 0
    while position < bytes.count {
      let cells = try record(width: rows.last?.cells.count ?? 0)
      guard !cells.isEmpty else { continue }
      guard rows.count < limits.rows else { throw .tooManyRows(limit: limits.rows) }
      count += cells.count
      guard count <= limits.cells else { throw .tooManyCells(limit: limits.cells) }
      rows.append(Table.Row(number: number, cells: cells))
    }
    return rows
  }

  /// The next record's cells up to the last that is not empty.
  private mutating func record(width: Int) throws(TableFault) -> [Cell] {
    number += 1
    var cells: [Cell] = []
    cells.reserveCapacity(width)
    var column = 0
    while true {
      guard column < limits.columns else { throw .tooManyColumns(limit: limits.columns) }
      let cell = try cell()
      if cell != .empty {
        while cells.count < column { cells.append(.empty) }
        cells.append(cell)
      }
      column += 1
      guard position < bytes.count else { return cells }
      let end = bytes[position]
      position += 1
      if end == separator { continue }
      if end == CSVReader.cr, position < bytes.count, bytes[position] == CSVReader.lf {
        position += 1
      }
      return cells
    }
  }

  /// Reads one cell and stops at the separator or line end after it.
  private mutating func cell() throws(TableFault) -> Cell {
    content.removeAll(keepingCapacity: true)
    var quoted = position < bytes.count && bytes[position] == CSVReader.quote
    if quoted { position += 1 }
    while position < bytes.count {
      let byte = bytes[position]
      if byte < 0x20, byte != CSVReader.lf, byte != CSVReader.cr, byte != UInt8(ascii: "\t") {
        throw .controlCharacter(record: number)
      }
      if quoted {
        position += 1
        if byte != CSVReader.quote {
          content.append(byte)
        } else if position < bytes.count, bytes[position] == CSVReader.quote {
          content.append(byte)
          position += 1
        } else {
          quoted = false
        }
      } else {
        if byte == separator || byte == CSVReader.lf || byte == CSVReader.cr { break }
        content.append(byte)
        position += 1
      }
    }
    if quoted { throw .openQuote(record: number) }
    if content.isEmpty { return .empty }
    let text = String(decoding: CSVGuard.removed(from: content), as: UTF8.self)
    if content.count > limits.characters, text.utf16.count > limits.characters {
      throw .longCell(row: number, limit: limits.characters)
    }
    return text.isEmpty ? .empty : .text(text)
  }
}
