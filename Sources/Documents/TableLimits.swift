/// How much a file may ask of the reader. Nothing is allocated for what a file only announces.
package struct TableLimits: Sendable {
  /// Rows that are not empty.
  package var rows = 500_000
  /// Columns of Excel since 2007.
  package var columns = 16_384
  /// Cells up to the last used one of each row, and different texts.
  package var cells = 20_000_000
  /// Characters of a cell, in UTF-16 units: Excel's own limit.
  package var characters = 32_767
  /// Bytes, all parts of a workbook together.
  package var unpacked = 512 << 20
  /// Bytes unpacked for each packed one; below `harmless` it does not count.
  package var ratio = 200

  package static let standard = TableLimits()
  /// Bytes unpacked that no ratio makes a bomb.
  static let harmless = 1 << 20

  package init() {}
}
