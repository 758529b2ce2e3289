import Domain

/// A table read from comma-separated values (RFC 4180), all cells as text.
package struct CSVTable: Sendable {
  package struct Record: Sendable {
    /// The record's number in the file, the header being 1.
    package let number: Int
    package let cells: [String]
  }

  package let header: [String]
  /// Records that are not entirely empty.
  package let records: [Record]

  package enum Fault: Error, Hashable, Sendable {
    case empty
    case notUTF8
    /// A quoted cell that never ends.
    case openQuote(record: Int)
    /// A byte no text contains: the file is of another kind.
    case controlCharacter(record: Int)
  }

  /// Reads UTF-8 with or without a byte order mark; lines end in LF or CRLF; cells may be quoted.
  package init(_ bytes: [UInt8]) throws(Fault) {
    let content = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes.dropFirst(3) : bytes[...]
    guard String(validating: content, as: UTF8.self) != nil else { throw .notUTF8 }
    var reader = CSVReader(bytes: content)
    guard let header = try reader.next() else { throw .empty }
    self.header = header.cells.map(\.trimmed)
    var records: [Record] = []
    while let record = try reader.next() {
      if record.cells.contains(where: { !$0.isEmpty }) { records.append(record) }
    }
    self.records = records
  }
}

private struct CSVReader {
  private let bytes: ArraySlice<UInt8>
  private var position: Int
  private var number = 0

  init(bytes: ArraySlice<UInt8>) {
    self.bytes = bytes
    position = bytes.startIndex
  }

  private static let (comma, quote) = (UInt8(ascii: ","), UInt8(ascii: "\""))
  private static let (lf, cr) = (UInt8(ascii: "\n"), UInt8(ascii: "\r"))

  mutating func next() throws(CSVTable.Fault) -> CSVTable.Record? {
    guard position < bytes.endIndex else { return nil }
    number += 1
    var cells: [String] = []
    while true {
      cells.append(try cell())
      guard position < bytes.endIndex else { break }
      let separator = bytes[position]
      position += 1
      if separator == CSVReader.comma { continue }
      if separator == CSVReader.cr, position < bytes.endIndex, bytes[position] == CSVReader.lf {
        position += 1
      }
      break
    }
    return CSVTable.Record(number: number, cells: cells)
  }

  /// Reads one cell and stops at the separator after it.
  private mutating func cell() throws(CSVTable.Fault) -> String {
    var content: [UInt8] = []
    var quoted = position < bytes.endIndex && bytes[position] == CSVReader.quote
    if quoted { position += 1 }
    while position < bytes.endIndex {
      let byte = bytes[position]
      if byte < 0x20, byte != CSVReader.lf, byte != CSVReader.cr, byte != UInt8(ascii: "\t") {
        throw .controlCharacter(record: number)
      }
      if quoted {
        position += 1
        if byte != CSVReader.quote {
          content.append(byte)
        } else if position < bytes.endIndex, bytes[position] == CSVReader.quote {
          content.append(byte)
          position += 1
        } else {
          quoted = false
        }
      } else {
        if [CSVReader.comma, CSVReader.lf, CSVReader.cr].contains(byte) { break }
        content.append(byte)
        position += 1
      }
    }
    if quoted { throw .openQuote(record: number) }
    return String(decoding: content, as: UTF8.self)
  }
}
