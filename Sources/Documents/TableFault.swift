/// Why a file could not be read as a table.
package enum TableFault: Error, Hashable, Sendable {
  /// It cannot be opened or read.
  case unreadable
  /// It has no cell.
  case empty
  case unknownSheet(name: String, available: [String])
  /// A picture, a PDF, a web page, an archive that is no workbook.
  case notATable
  /// Of Excel before 2007 (.xls), or binary (.xlsb): to be saved as .xlsx.
  case legacyWorkbook
  /// Protected by a password.
  case encrypted
  case macroWorkbook
  case tooManyRows(limit: Int)
  case tooManyColumns(limit: Int)
  /// More cells, or more different texts, than `TableLimits` allows.
  case tooManyCells(limit: Int)
  /// A cell of more than so many characters (UTF-16 units); row 0 for a text rows share.
  case longCell(row: Int, limit: Int)
  /// Larger than so many bytes once unpacked.
  case tooLarge(limit: Int)
  /// Unpacks to more than so many times its size.
  case bomb(ratio: Int)
  /// A part of the workbook is missing or against the format.
  case damaged(String)
  /// Neither UTF-8, UTF-16 with a byte order mark nor GB 18030.
  case unknownEncoding
  /// A quoted cell that never ends.
  case openQuote(record: Int)
  /// A character no text contains: the file is of another kind.
  case controlCharacter(record: Int)
}
