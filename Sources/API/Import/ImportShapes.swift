import Domain
import Services

/// Imports as programs see them.
enum ImportShapes {
  private static let column = Shape<ImportReport.Mapping>(
    "ImportColumn",
    [.init("heading") { $0.heading }, .init("column") { $0.column }])

  private static let report = Shape<ImportReport>(
    "ImportReport",
    [
      .init("sheet") { $0.sheet },
      .init("header_row") { $0.headerRow },
      .init("columns", list: column) { $0.mapping },
      .init("rows") { $0.rows },
      .init("added") { $0.added },
      .init("changed") { $0.changed },
      .init("unchanged") { $0.unchanged },
      .init("skipped") { $0.skipped },
      .init("refused") { $0.refusedRows },
      .init("diagnostics") { $0.diagnostics.count },
      .init("has_errors") { $0.hasErrors },
      .init("is_saved") { $0.isSaved },
    ])

  private static let fields: [Field<ImportJob>] = [
    .init("id") { $0.id },
    .init(choice: "kind") { $0.kind },
    .init("file_name") { $0.fileName },
    .init("started_at") { $0.startedAt },
    .init("on") { $0.on },
    .init(choice: "stage") { $0.stage },
    .init("done") { job -> Int? in
      if case .running(let done, _) = job.state { done } else { nil }
    },
    .init("all") { job -> Int? in
      if case .running(_, let all) = job.state, all > 0 { all } else { nil }
    },
    .init("report", optional: report) { $0.report },
  ]

  static let job = Shape<ImportJob>("ImportJob", fields)
  /// The same after a deed.
  static let started = Shape<ImportJob>("StartedImport", fields)

  static let diagnostic = Shape<Diagnostic>(
    "ImportDiagnostic",
    [
      .init("row") { $0.row },
      .init("column") { $0.column },
      .init(choice: "severity") { $0.severity },
      .init(choice: "code") { $0.code },
      .init("value") { $0.value },
    ])
}
