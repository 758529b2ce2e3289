import Domain
import Foundation

/// Separated values (RFC 4180) in UTF-8 with a byte order mark, without which Excel in China takes
/// them for GBK. A text that a spreadsheet would run as a formula gets an apostrophe before it,
/// which the reader takes off again.
package final class CSVWriter: TableWriter {
  private let partial: PartialFile
  private let file: UnsafeMutablePointer<FILE>
  private var open = true
  private var line: [UInt8] = []
  private var rows = 0

  package init(path: String, columns: [OutputColumn]) throws(TableWriteFault) {
    partial = try PartialFile(target: path)
    guard let file = fopen(partial.path, "wb") else { throw PartialFile.fault() }
    self.file = file
    line = [0xEF, 0xBB, 0xBF]
    try write(columns.map { .text($0.heading) })
  }

  deinit {
    if open { fclose(file) }
  }

  package func write(_ row: [OutputCell]) throws(TableWriteFault) {
    guard open else { throw .finished }
    for (column, cell) in row.enumerated() {
      if column > 0 { line.append(UInt8(ascii: ",")) }
      guard append(cell) else { throw .notANumber(row: rows, column: column) }
    }
    rows += 1
    line += [0x0D, 0x0A]
    guard fwrite(line, 1, line.count, file) == line.count else { throw PartialFile.fault() }
    line.removeAll(keepingCapacity: true)
  }

  package func finish() throws(TableWriteFault) {
    guard open else { throw .finished }
    open = false
    // What did not fit on the disk is told only here.
    guard fclose(file) == 0 else { throw PartialFile.fault() }
    try partial.place()
  }

  /// - Returns: false for a number that is none.
  private func append(_ cell: OutputCell) -> Bool {
    switch cell {
    case .empty: break
    case .text(let text): append(CSVGuard.added(to: text))
    case .integer(let number): line += String(number).utf8
    case .number(let number):
      guard number.isFinite else { return false }
      line += NumberText.text(number).utf8
    case .day(let day): line += day.description.utf8
    case .marked(let cell, _): return append(cell)
    }
    return true
  }

  private func append(_ text: String) {
    let quote = UInt8(ascii: "\"")
    let start = line.count
    var plain = true
    for byte in text.utf8 {
      switch byte {
      case quote:
        line.append(quote)
        plain = false
      case UInt8(ascii: ","), UInt8(ascii: ";"), 0x09, 0x0A, 0x0D: plain = false
      // A control character would make the file unreadable.
      case 0..<0x20:
        line.append(0x20)
        continue
      default: break
      }
      line.append(byte)
    }
    if !plain {
      line.insert(quote, at: start)
      line.append(quote)
    }
  }
}
