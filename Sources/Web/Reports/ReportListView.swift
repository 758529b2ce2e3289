import Domain
import HTTP
import Services
import Storage

/// The reports open to somebody, by kind and period.
struct ReportListView {
  let words: Wording
  let platform: Platform

  func page(_ overview: ListReports.Overview) -> View {
    [
      "subject_name": overview.name, "url": Route.reports.path,
      "sees_others": overview.seesOthers,
      "is_own": overview.subject.official != nil, "url_week": Route.ownWeek.path,
      "kinds": overview.kinds.map { kind in
        [
          "name": words.pick(kind.kind.zh, kind.kind.en),
          "lines": kind.lines.map { line($0) },
        ] as View
      },
      "has_handed_in": !overview.handedIn.isEmpty,
      "handed_in": overview.handedIn.map { handed in
        [
          "url": Route.report(handed.head.address).path,
          "period": words.period(handed.head.address.period),
          "who": handed.name ?? words("report.erased"), "place": handed.unit ?? "",
          "when": words.time(handed.head.issuedAt),
        ] as View
      },
    ]
  }

  private func line(_ line: ListReports.Line) -> View {
    let isOwn = line.address.subject.official != nil
    let state =
      if let issued = line.issued {
        words(
          isOwn ? "report.state.handed_in" : "report.state.issued",
          ["time": words.time(issued.issuedAt)])
      } else {
        words(
          line.isRunning
            ? "report.state.draft" : isOwn ? "report.state.not_handed_in" : "report.state.open")
      }
    return [
      "url": Route.report(line.address).path, "period": words.period(line.address.period),
      "state": state, "is_done": line.issued != nil,
    ]
  }
}
