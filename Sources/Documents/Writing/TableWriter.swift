/// Writes rows one after another; the file appears under its name when all are written. After a
/// fault there is nothing to do but to let the writer go.
package protocol TableWriter: AnyObject {
  func write(_ row: [OutputCell]) throws(TableWriteFault)
  /// Puts the file in its place. A writer that goes without this leaves nothing behind.
  func finish() throws(TableWriteFault)
}

/// Why a table could not be written.
package enum TableWriteFault: Error, Hashable, Sendable {
  /// The file cannot be made or put in its place: the system's own words.
  case file(String)
  /// A name Excel does not allow, or one that is taken.
  case sheetName(String)
  /// Rows were written before a sheet was begun, or none was.
  case noSheet
  case tooManyColumns(limit: Int)
  /// A text of more characters (UTF-16 units) than a cell holds.
  /// Rows count from 1 below the headings, columns from 0.
  case longText(row: Int, column: Int, limit: Int)
  /// Infinite, or no number.
  case notANumber(row: Int, column: Int)
  case finished
}
