import CXlsx
import Foundation

/// What Excel lets a person enter below a heading.
enum ColumnValidation {
  /// The rows of a template that are checked: 2 to 10001.
  private static let rows: ClosedRange<UInt32> = 1...10_000

  /// - Parameter source: the range of the choices where they are too long to be listed.
  static func add(
    _ column: OutputColumn, _ index: Int, source: String?,
    to sheet: UnsafeMutablePointer<lxw_worksheet>
  ) {
    var validation = lxw_data_validation()
    var strings: [UnsafeMutablePointer<CChar>?] = []
    defer { for string in strings { free(string) } }
    if let source {
      validation.validate = UInt8(LXW_VALIDATION_TYPE_LIST_FORMULA.rawValue)
      strings = [strdup(source)]
      validation.value_formula = strings[0]
      apply(&validation, index, sheet)
    } else if !column.choices.isEmpty {
      validation.validate = UInt8(LXW_VALIDATION_TYPE_LIST.rawValue)
      strings = column.choices.map { strdup(CellText.encode($0)) } + [nil]
      strings.withUnsafeMutableBufferPointer {
        validation.value_list = $0.baseAddress
        apply(&validation, index, sheet)
      }
    } else if column.form == .day {
      validation.validate = UInt8(LXW_VALIDATION_TYPE_DATE.rawValue)
      validation.criteria = UInt8(LXW_VALIDATION_CRITERIA_BETWEEN.rawValue)
      validation.minimum_datetime = lxw_datetime(
        year: 1900, month: 1, day: 1, hour: 0, min: 0, sec: 0)
      validation.maximum_datetime = lxw_datetime(
        year: 9999, month: 12, day: 31, hour: 0, min: 0, sec: 0)
      apply(&validation, index, sheet)
    } else if column.form == .number {
      validation.validate = UInt8(LXW_VALIDATION_TYPE_DECIMAL.rawValue)
      validation.criteria = UInt8(LXW_VALIDATION_CRITERIA_BETWEEN.rawValue)
      validation.minimum_number = -1e15
      validation.maximum_number = 1e15
      apply(&validation, index, sheet)
    }
  }

  private static func apply(
    _ validation: inout lxw_data_validation, _ index: Int,
    _ sheet: UnsafeMutablePointer<lxw_worksheet>
  ) {
    worksheet_data_validation_range(
      sheet, rows.lowerBound, UInt16(index), rows.upperBound, UInt16(index), &validation)
  }
}

extension OutputColumn {
  /// Excel lists choices within a validation only up to 255 characters, separated by commas.
  var needsListSheet: Bool {
    let length = choices.reduce(choices.count - 1) { $0 + $1.utf8.count }
    return length > 255 || choices.contains { $0.contains { ",\"\n\r".contains($0) } }
  }
}
