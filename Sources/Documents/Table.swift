import Domain

/// What one cell of a table holds.
package enum Cell: Hashable, Sendable {
  case empty
  case text(String)
  /// Plain decimal text without an exponent (`411002001000`); only whole numbers from 2^53 on, of
  /// which a workbook has lost digits, keep one: `4.1102319900101123E+17`.
  case number(String)
  /// A number shown as a date; its time of day is dropped.
  case day(Day)
  /// A formula's failure, as shown: `#N/A`.
  case error(String)
}

/// A sheet of a workbook, or a file of separated values, read whole.
package struct Table: Sendable {
  package struct Row: Hashable, Sendable {
    /// The sheet's row, or the record's number in a csv file, from 1.
    package let number: Int
    /// Up to the last cell that is not empty.
    package var cells: [Cell]

    package init(number: Int, cells: [Cell]) {
      self.number = number
      self.cells = cells
    }
  }

  /// In order; entirely empty rows are left out.
  package var rows: [Row]
  /// The sheet's name; nil for csv.
  package let sheet: String?
  package let merges: [Merge]
  /// The cells whose value is a formula's stored result.
  package let formulas: Set<Place>

  package init(
    rows: [Row], sheet: String? = nil, merges: [Merge] = [], formulas: Set<Place> = []
  ) {
    self.rows = rows
    self.sheet = sheet
    self.merges = merges
    self.formulas = formulas
  }
}

/// A range of cells merged to one, which has the value of the first.
package struct Merge: Hashable, Sendable {
  /// The sheet's rows, from 1.
  package let rows: ClosedRange<Int>
  /// From 0.
  package let columns: ClosedRange<Int>

  package init(rows: ClosedRange<Int>, columns: ClosedRange<Int>) {
    self.rows = rows
    self.columns = columns
  }
}

package struct Place: Hashable, Sendable {
  /// The sheet's row, from 1.
  package let row: Int
  /// From 0.
  package let column: Int

  package init(row: Int, column: Int) {
    self.row = row
    self.column = column
  }
}
