import Documents
import Domain

/// Empty sheets with headings, drop-downs and the required columns marked.
package struct WriteTemplate: Sendable {
  let words: WordTables

  package init(_ words: WordTables) { self.words = words }

  /// - Throws: `TableWriteFault`
  package func callAsFunction(
    _ kind: ImportKind, to path: String, language: SheetLanguage
  ) throws {
    switch kind {
    case .divisions: try write(ImportDivisions.Column.self, kind, path, language)
    case .units: try write(ImportUnits.Column.self, kind, path, language)
    case .villages: try write(ImportVillages.Column.self, kind, path, language)
    case .enterprises: try write(ImportEnterprises.Column.self, kind, path, language)
    case .officials: try write(ImportOfficials.Column.self, kind, path, language)
    case .problems: try write(ImportProblems.Column.self, kind, path, language)
    case .reorganisations: try write(ImportReorganisations.Column.self, kind, path, language)
    }
  }

  private func write<Column: ImportColumn>(
    _ type: Column.Type, _ kind: ImportKind, _ path: String, _ language: SheetLanguage
  ) throws {
    let columns = SheetColumns<Column>(language: language, words: words)
    let writer = try XLSXWriter(path: path)
    try writer.beginSheet(kind.rawValue, columns.output)
    try writer.finish()
  }
}
