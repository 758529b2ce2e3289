import Documents
import Foundation
import HTTP
import Services
import Synchronization

/// What imports say to people.
extension Console {
  /// So many diagnostics are shown on a terminal; the workbook and JSON have all.
  private static let shown = 100

  func show(_ report: ImportReport, dryRun: Bool = false) {
    let known = report.mapping.compactMap { mapping in
      mapping.column.map { "\(mapping.heading) → \($0)" }
    }
    if !known.isEmpty {
      print(
        catalogue.text(
          "import.mapping",
          ["row": "\(report.headerRow)", "columns": known.joined(separator: ", ")]))
    }
    let worst = report.diagnostics.sorted { $0.severity.order < $1.severity.order }
      .prefix(Console.shown)
    for diagnostic in report.diagnostics where worst.contains(diagnostic) {
      print(text(diagnostic))
    }
    if report.diagnostics.count > Console.shown {
      print(
        catalogue.text(
          "import.more", ["n": "\(report.diagnostics.count - Console.shown)"]))
    }
    print(
      catalogue.text(
        report.isSaved
          ? "import.saved"
          : dryRun && !report.hasErrors ? "import.would_save" : "import.not_saved",
        [
          "rows": "\(report.rows)", "added": "\(report.added)", "changed": "\(report.changed)",
          "unchanged": "\(report.unchanged)", "skipped": "\(report.skipped)",
          "refused": "\(report.refusedRows)",
        ]))
  }

  func texts(of diagnostic: Diagnostic) -> (text: String, advice: String) {
    DiagnosticText(catalogue)(diagnostic)
  }

  func text(_ diagnostic: Diagnostic) -> String {
    let says = DiagnosticText(catalogue)
    let (text, advice) = says(diagnostic)
    return "\(says.severity(diagnostic.severity)) \(says.place(diagnostic)): \(text)"
      + (advice.isEmpty ? "" : " \(advice)")
  }

  /// - Throws: `TableWriteFault`
  func diagnosticsWriter(_ report: ImportReport, _ table: Table?, _ path: String) throws {
    try DiagnosticText(catalogue).writer(report, of: table, to: path)
  }

  var sheetLanguage: SheetLanguage { catalogue.language.sheet }
}

extension Diagnostic.Severity {
  fileprivate var order: Int {
    switch self {
    case .error: 0
    case .warning: 1
    case .note: 2
    }
  }
}

/// One line that tells how far work has come, how fast it goes and how long it will take; only where
/// somebody sits at a terminal.
final class ProgressBar: Sendable {
  private let isShown = isatty(STDERR_FILENO) == 1
  private let begun = Date()
  private let last = Mutex(Date.distantPast)
  private let console: Console

  init(_ console: Console) { self.console = console }

  func show(_ done: Int, _ all: Int) {
    guard isShown, all > 0 else { return }
    let now = Date()
    let isDue = last.withLock { last in
      guard done == all || now.timeIntervalSince(last) > 0.2 else { return false }
      last = now
      return true
    }
    guard isDue else { return }
    let seconds = max(now.timeIntervalSince(begun), 0.001)
    let rate = Double(done) / seconds
    let filled = 30 * done / all
    let bar = String(repeating: "█", count: filled) + String(repeating: "░", count: 30 - filled)
    let text = console.catalogue.text(
      "import.progress",
      [
        "done": "\(done)", "all": "\(all)", "rate": "\(Int(rate))",
        "left": "\(rate > 0 ? Int((Double(all - done) / rate).rounded(.up)) : 0)",
      ])
    FileHandle.standardError.write(Data("\r\(bar) \(text)\u{1B}[K".utf8))
  }

  func clear() {
    guard isShown else { return }
    FileHandle.standardError.write(Data("\r\u{1B}[K".utf8))
  }
}
