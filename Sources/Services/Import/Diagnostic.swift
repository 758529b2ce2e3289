/// Something to be said about a place in an imported file. Text comes from the catalogue, under
/// `import.<code>`.
package struct Diagnostic: Hashable, Sendable {
  package enum Severity: String, Sendable {
    /// The row is refused.
    case error
    /// The row is taken; a person should look.
    case warning
    /// Told so that nothing happens silently.
    case note
  }

  package enum Code: String, Sendable, CaseIterable {
    case missingColumn = "missing_column"
    case unknownColumn = "unknown_column"
    case missingValue = "missing_value"
    case valueTooLong = "value_too_long"
    case badName = "bad_name"
    case badCode = "bad_code"
    case duplicateInFile = "duplicate_in_file"
    case unknownParent = "unknown_parent"
    case ambiguousParent = "ambiguous_parent"
    case siblingName = "sibling_name"
    case provinceSkipped = "province_skipped"
    case placeholderSkipped = "placeholder_skipped"
    case renamed
    case kindDiffers = "kind_differs"
    case totalSkipped = "total_skipped"
    case unknownKind = "unknown_kind"
    case unknownTrack = "unknown_track"
    case unknownUnit = "unknown_unit"
    case ambiguousUnit = "ambiguous_unit"
    case badDay = "bad_day"
    case futureDay = "future_day"
    case extraCells = "extra_cells"
  }

  /// The sheet's row from 1; 0 for the file as a whole.
  package let row: Int
  /// The column's heading, or nil for the whole row.
  package let column: String?
  package let code: Code
  package let severity: Severity
  /// The value that is meant.
  package let value: String

  package init(
    row: Int, column: String? = nil, _ code: Code, _ severity: Severity = .error, value: String = ""
  ) {
    self.row = row
    self.column = column
    self.code = code
    self.severity = severity
    self.value = value
  }
}

/// What an import did, or would do.
package struct ImportReport: Sendable {
  package var rows = 0
  package var added = 0
  package var changed = 0
  package var unchanged = 0
  package var skipped = 0
  package var diagnostics: [Diagnostic] = []
  /// Whether the database now holds the rows.
  package var isSaved = false

  package var refusedRows: Int {
    Set(diagnostics.filter { $0.severity == .error }.map(\.row)).count
  }

  package var hasErrors: Bool { diagnostics.contains { $0.severity == .error } }
}
