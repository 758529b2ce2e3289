/// What an import did, or would do.
package struct ImportReport: Sendable {
  /// Which heading was taken for which column.
  package struct Mapping: Hashable, Sendable {
    package let heading: String
    /// Our name of the column; nil where the heading means nothing to this import.
    package let column: String?
  }

  package var sheet: String?
  package var headerRow = 1
  package var mapping: [Mapping] = []
  package var rows = 0
  package var added = 0
  package var changed = 0
  package var unchanged = 0
  package var skipped = 0
  package var diagnostics: [Diagnostic] = []
  /// Whether the database now holds the rows.
  package var isSaved = false

  package init() {}

  package var refusedRows: Int {
    Set(diagnostics.filter { $0.severity == .error }.map(\.row)).count
  }

  /// Whether the sheet is not a list of this kind.
  var lacksColumns: Bool { diagnostics.contains { $0.code == .missingColumn } }

  package var worstFirst: [Diagnostic] {
    Diagnostic.Severity.allCases.flatMap { severity in
      diagnostics.filter { $0.severity == severity }
    }
  }

  package var hasErrors: Bool { diagnostics.contains { $0.severity == .error } }

  /// What is skipped is always told.
  mutating func skip(_ diagnostic: Diagnostic) {
    skipped += 1
    diagnostics.append(diagnostic)
  }
}
