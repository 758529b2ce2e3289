import Foundation
import Services

/// What diagnostics of an import say, and what is to be done.
package struct DiagnosticText: Sendable {
  let catalogue: Catalogue

  package init(_ catalogue: Catalogue) { self.catalogue = catalogue }

  package func callAsFunction(_ diagnostic: Diagnostic) -> (text: String, advice: String) {
    (
      catalogue.text("import.\(diagnostic.code.rawValue)", ["value": words(diagnostic.value)]),
      catalogue.text("import.advice.\(diagnostic.code.rawValue)")
    )
  }

  package func severity(_ severity: Diagnostic.Severity) -> String {
    catalogue.text("import.severity.\(severity.rawValue)")
  }

  /// `第 7 行 手机号`
  package func place(_ diagnostic: Diagnostic) -> String {
    diagnostic.row == 0
      ? catalogue.text("import.file")
      : catalogue.text(
        diagnostic.column == nil ? "import.row" : "import.cell",
        ["row": String(diagnostic.row), "column": diagnostic.column ?? ""])
  }

  package var writer: WriteDiagnostics {
    WriteDiagnostics(
      language: catalogue.language.sheet, text: { self($0) }, severity: { severity($0) })
  }

  /// Reasons against a change of the tree in words; any other value as it is.
  private func words(_ value: String) -> String {
    value.components(separatedBy: ", ").map { part in
      catalogue.has("unit.refusal.\(part)") ? catalogue.text("unit.refusal.\(part)") : part
    }.joined(separator: ", ")
  }
}
