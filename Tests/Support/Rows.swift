import Documents
import Domain
import Services

extension TestPlatform {
  /// Takes in a csv text.
  @discardableResult
  package func importRows(
    _ kind: ImportKind, _ text: String, _ mode: ImportMode = ImportMode(),
    by account: Account? = nil
  ) async throws -> ImportReport {
    try await RunImport(platform)(kind, Table(csv: Array(text.utf8)), mode: mode, by: account)
  }
}

extension ImportReport {
  /// `2 missing_value`, in the order of the report.
  package var codes: [String] { diagnostics.map { "\($0.row) \($0.code.rawValue)" } }
}
