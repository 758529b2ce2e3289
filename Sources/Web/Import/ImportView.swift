import Domain
import HTTP
import Services

/// One import in the reader's words.
struct ImportView {
  let words: Wording
  let text: DiagnosticText

  /// So many diagnostics are on the page, the worst first; the workbook has all.
  private static let shown = 100

  func page(_ job: ImportJob) -> View {
    let state = job.stage.rawValue
    let words = words
    var view: View = [
      "url": Route.importJob(job.id).path, "url_imports": Route.imports.path,
      "url_again": Route.imports.path(query: [("kind", job.kind.rawValue)]),
      "file": job.fileName, "kind": words("imports.kind.\(job.kind.rawValue)"),
      "on": (job.on.map { words.day($0) } ?? "").orFalse,
      "state": words("imports.state.\(state)"), "state_hint": words("imports.state.\(state).hint"),
      "is_running": job.isRunning, "is_counted": false, "report": false,
    ]
    if case .running(let done, let all) = job.state, all > 0 {
      view["is_counted"] = true
      view["done"] = String(done)
      view["all"] = String(all)
      view["progress_text"] = words(
        "imports.progress", ["done": String(done), "all": String(all)])
    }
    if let report = job.report { view["report"] = self.report(report, job) }
    return view
  }

  private func report(_ report: ImportReport, _ job: ImportJob) -> View {
    var count: [Diagnostic.Severity: Int] = [:]
    for diagnostic in report.diagnostics { count[diagnostic.severity, default: 0] += 1 }
    let worst = Diagnostic.Severity.allCases.flatMap { severity in
      report.diagnostics.lazy.filter { $0.severity == severity }.prefix(Self.shown)
    }.prefix(Self.shown)
    let good = report.added + report.changed
    let isWhole = job.kind == .reorganisations
    let rest = report.diagnostics.count - worst.count
    return [
      "figures": [
        ("rows", report.rows), ("added", report.added), ("changed", report.changed),
        ("unchanged", report.unchanged), ("skipped", report.skipped),
        ("refused", report.refusedRows),
      ].map { name, number -> View in
        ["label": words("imports.figure.\(name)"), "number": String(number)]
      },
      "sheet": (report.sheet ?? "").orFalse,
      "columns": report.mapping.map { mapping -> View in
        ["heading": mapping.heading, "is_known": mapping.column != nil]
      },
      "has_columns": !report.mapping.isEmpty,
      "counts": Diagnostic.Severity.allCases.compactMap { severity -> View? in
        count[severity].map { ["name": text.severity(severity), "number": String($0)] }
      },
      "diagnostics": worst.map { diagnostic -> View in
        let (says, advice) = text(diagnostic)
        return [
          "severity": text.severity(diagnostic.severity),
          "is_error": diagnostic.severity == .error, "place": text.place(diagnostic),
          "text": says, "advice": advice,
        ]
      },
      "has_diagnostics": !report.diagnostics.isEmpty,
      "more": (rest > 0 ? words("imports.more", ["n": String(rest)]) : "").orFalse,
      "url_diagnostics": Route.importDiagnostics(job.id).path,
      "url_take_over": Route.importTakeOver(job.id).path,
      "can_take_all": !report.isSaved && !report.hasErrors && good > 0,
      "can_take_good": !report.isSaved && report.hasErrors && good > 0 && !isWhole,
      "take_all": words("imports.take_all", ["n": String(good)]),
      "take_good": words("imports.take_good", ["n": String(good)]),
      "nothing_new": !report.isSaved && !report.hasErrors && good == 0,
      "url_register": (registerPath(job.kind) ?? "").orFalse, "is_saved": report.isSaved,
    ]
  }

  /// Where what was taken over can be seen.
  private func registerPath(_ kind: ImportKind) -> String? {
    switch kind {
    case .divisions, .units, .reorganisations: Route.units.path
    case .villages: Route.villages.path
    case .enterprises: Route.enterprises.path
    case .officials: Route.officials.path
    case .problems: Route.problems.path
    }
  }
}
