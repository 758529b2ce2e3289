import CXlsx
import Domain
import Foundation

/// An .xlsx workbook written row by row, in memory that does not grow with the rows. It grows with
/// the marked cells, whose comments are written last. Texts are texts, never formulas; their
/// control characters become spaces, their line ends LF. Numbers have 16 digits.
package final class XLSXWriter: TableWriter {
  private let partial: PartialFile
  private let formats: CellFormats
  /// nil once it is closed, which frees it.
  private var workbook: UnsafeMutablePointer<lxw_workbook>?
  private var sheet: OutputSheet?
  private let rowsPerSheet: Int
  /// The last sheet's name, and how many sheets have continued it.
  private var name = ""
  private var part = 1
  private var lists = 0

  /// Characters, Excel's own limit.
  static let longestText = 32_767
  static let mostColumns = 16_384

  /// - Parameter rowsPerSheet: below the headings; after them the rows go on on a further sheet.
  package init(path: String, rowsPerSheet: Int = 1_048_575) throws(TableWriteFault) {
    partial = try PartialFile(target: path)
    self.rowsPerSheet = min(max(1, rowsPerSheet), 1_048_575)
    // Beside the file: there is as much room as the file itself needs, and it is as private.
    let slash = path.lastIndex(of: "/")
    let folder = strdup(slash.map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? ".")
    defer { free(folder) }
    var options = lxw_workbook_options()
    options.constant_memory = 1
    options.tmpdir = folder
    options.use_zip64 = 0
    guard let workbook = workbook_new_opt(partial.path, &options) else {
      throw PartialFile.fault()
    }
    self.workbook = workbook
    formats = CellFormats(workbook)
  }

  deinit {
    if let workbook { lxw_workbook_free(workbook) }
  }

  /// Begins a sheet; the one before it is complete.
  package func beginSheet(_ name: String, _ columns: [OutputColumn]) throws(TableWriteFault) {
    guard columns.count <= XLSXWriter.mostColumns else {
      throw .tooManyColumns(limit: XLSXWriter.mostColumns)
    }
    try endSheet()
    let sheet = try add(name)
    let sources = try columns.contains { $0.needsListSheet } ? addLists(columns) : [:]
    (self.name, part) = (name, 1)
    self.sheet = OutputSheet(sheet, columns: columns, sources: sources, formats: formats)
    try self.sheet?.begin()
  }

  package func write(_ row: [OutputCell]) throws(TableWriteFault) {
    guard workbook != nil else { throw .finished }
    guard let sheet else { throw .noSheet }
    guard row.count <= XLSXWriter.mostColumns else {
      throw .tooManyColumns(limit: XLSXWriter.mostColumns)
    }
    if sheet.rows < rowsPerSheet { return try sheet.write(row) }
    try endSheet()
    part += 1
    let suffix = " (\(part))"
    let next = OutputSheet(
      try add(shortened(name, to: 31 - suffix.count) + suffix), columns: sheet.columns,
      sources: sheet.sources, formats: formats)
    self.sheet = next
    try next.begin()
    try next.write(row)
  }

  package func finish() throws(TableWriteFault) {
    guard let workbook else { throw .finished }
    guard sheet != nil else { throw .noSheet }
    try endSheet()
    self.workbook = nil
    let result = workbook_close(workbook)
    guard result == LXW_NO_ERROR else {
      throw .file(String(cString: lxw_strerror(result)))
    }
    try partial.place()
  }

  /// In UTF-16 units, but whole characters.
  private func shortened(_ name: String, to count: Int) -> String {
    var name = name
    while name.utf16.count > count { name.removeLast() }
    return name
  }

  private func endSheet() throws(TableWriteFault) {
    try sheet?.end()
    sheet = nil
  }

  private func add(_ name: String) throws(TableWriteFault) -> UnsafeMutablePointer<lxw_worksheet> {
    guard let workbook else { throw .finished }
    // The library counts code points, Excel UTF-16 units.
    guard (1...31).contains(name.utf16.count), !name.contains("\n"),
      CellText.encode(name) == name,
      workbook_validate_sheet_name(workbook, name) == LXW_NO_ERROR
    else { throw .sheetName(name) }
    guard let sheet = workbook_add_worksheet(workbook, name) else { throw PartialFile.fault() }
    return sheet
  }

  /// Writes the choices too long for a validation to a hidden sheet, a column each.
  /// - Returns: the ranges by the index of the column they are for.
  private func addLists(_ columns: [OutputColumn]) throws(TableWriteFault) -> [Int: String] {
    lists += 1
    let name = "_lists\(lists)"
    let sheet = try add(name)
    worksheet_hide(sheet)
    let long = columns.enumerated().filter { $0.element.needsListSheet }
    let height = long.map { $0.element.choices.count }.max() ?? 0
    // Rows must be written in order.
    for row in 0..<height {
      for (column, list) in long.enumerated() where row < list.element.choices.count {
        worksheet_write_string(
          sheet, UInt32(row), UInt16(column), CellText.encode(list.element.choices[row]), nil)
      }
    }
    var sources: [Int: String] = [:]
    for (column, list) in long.enumerated() {
      let letters = CellAddress.letters(column)
      sources[list.offset] = "=\(name)!$\(letters)$1:$\(letters)$\(list.element.choices.count)"
    }
    return sources
  }
}
