import CXlsx
import Domain
import Foundation

/// One sheet being written: headings, then rows.
final class OutputSheet {
  let columns: [OutputColumn]
  let sources: [Int: String]
  /// Written below the headings.
  private(set) var rows = 0
  private let sheet: UnsafeMutablePointer<lxw_worksheet>
  private let formats: CellFormats
  private let text: UnsafeMutablePointer<lxw_format>?
  private let day: UnsafeMutablePointer<lxw_format>?

  init(
    _ sheet: UnsafeMutablePointer<lxw_worksheet>, columns: [OutputColumn],
    sources: [Int: String], formats: CellFormats
  ) {
    self.sheet = sheet
    self.columns = columns
    self.sources = sources
    self.formats = formats
    text = formats.cell(.text)
    day = formats.cell(.day)
  }

  func begin() throws(TableWriteFault) {
    for (index, column) in columns.enumerated() {
      let place = UInt16(index)
      let format = formats.cell(column.form)
      worksheet_set_column(sheet, place, place, Double(min(max(1, column.width), 255)), format)
      let heading = column.required ? formats.requiredHeading : formats.heading
      try write(column.heading, 0, index, heading)
      if let note = column.note { comment(note, 0, index) }
      ColumnValidation.add(column, index, source: sources[index], to: sheet)
    }
    worksheet_freeze_panes(sheet, 1, 0)
    // Codes are texts on purpose: no green corners.
    worksheet_ignore_errors(
      sheet, UInt8(LXW_IGNORE_NUMBER_STORED_AS_TEXT.rawValue), "A1:XFD1048576")
  }

  func write(_ row: [OutputCell]) throws(TableWriteFault) {
    rows += 1
    for (column, cell) in row.enumerated() { try write(cell, column, nil) }
  }

  /// - Throws: `file` where the disk is full: the library itself does not look.
  func end() throws(TableWriteFault) {
    if !columns.isEmpty {
      worksheet_autofilter(sheet, 0, 0, UInt32(rows), UInt16(columns.count - 1))
    }
    if let file = sheet.pointee.optimize_tmpfile, fflush(file) != 0 || ferror(file) != 0 {
      throw PartialFile.fault()
    }
  }

  private func write(
    _ cell: OutputCell, _ column: Int, _ mark: Mark?
  ) throws(TableWriteFault) {
    let severity = mark?.severity
    switch cell {
    case .empty:
      guard mark != nil else { return }
      let form = columns.indices.contains(column) ? columns[column].form : .text
      worksheet_write_blank(sheet, UInt32(rows), UInt16(column), formats.cell(form, severity))
    case .text(let value):
      try write(value, rows, column, severity == nil ? text : formats.cell(.text, severity))
    case .integer(let value):
      guard let exact = Double(exactly: value), abs(exact) < 0x1p53 else {
        return try write(.text(String(value)), column, mark)
      }
      return try write(.number(exact), column, mark)
    case .number(let value):
      guard value.isFinite else { throw .notANumber(row: rows, column: column) }
      let format = severity.flatMap { formats.cell(.number, $0) }
      worksheet_write_number(sheet, UInt32(rows), UInt16(column), value, format)
    case .day(let value):
      // Excel knows no day before 1900.
      guard let serial = DateFormat.serial(of: value) else {
        return try write(.text(value.description), column, mark)
      }
      worksheet_write_number(
        sheet, UInt32(rows), UInt16(column), Double(serial),
        severity == nil ? day : formats.cell(.day, severity))
    case .marked(let cell, let inner): return try write(cell, column, mark ?? inner)
    }
    if let mark { comment(mark.comment, rows, column) }
  }

  private func write(
    _ text: String, _ row: Int, _ column: Int, _ format: UnsafeMutablePointer<lxw_format>?
  ) throws(TableWriteFault) {
    let encoded = CellText.encode(text)
    let limit = XLSXWriter.longestText
    if encoded.utf8.count > limit, encoded.utf16.count > limit {
      throw .longText(row: row, column: column, limit: limit)
    }
    // The library would take an empty string for a blank cell of no use.
    if encoded.isEmpty, row > 0, format == self.text { return }
    worksheet_write_string(sheet, UInt32(row), UInt16(column), encoded, format)
  }

  /// Of a longer comment no one reads more in its box.
  private func comment(_ text: String, _ row: Int, _ column: Int) {
    var options = lxw_comment_options()
    options.x_scale = 1.5
    let encoded = CellText.encode(String(text.prefix(2000)))
    worksheet_write_comment_opt(sheet, UInt32(row), UInt16(column), encoded, &options)
  }
}
