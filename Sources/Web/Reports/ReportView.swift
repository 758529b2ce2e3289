import Cryptography
import Domain
import HTTP
import Services
import Storage

/// A report's page: sections of figures, tables, lists and words.
struct ReportView {
  let text: ReportText
  let shown: ShowReport.Shown

  init(_ shown: ShowReport.Shown, _ words: Wording, _ platform: Platform) {
    text = ReportText(words: words, platform: platform, content: shown.content)
    self.shown = shown
  }

  private var words: Wording { text.words }
  private var content: ReportContent { shown.content }
  private var links: ReportFigureAddress {
    ReportFigureAddress(content: content, definitions: text.platform.definitions)
  }

  /// `许昌市 · 周工作报告`
  var heading: String { "\(shown.name) · \(text.title)" }

  func page(_ failure: ReportPages.Failure? = nil) -> View {
    let address = content.address
    return [
      "heading": heading, "period": text.period, "about": text.about,
      "url_list": Route.reports.path(query: [("of", content.subject.description)]),
      "url_paper": Route.reportPaper(address).path, "url_export": Route.reportExport(address).path,
      "url_issue": Route.reportIssue(address).path, "url_check": Route.reportCheck(address).path,
      "url_before": Route.report(before(address)).path,
      "is_draft": shown.issued == nil && content.isDraft,
      "is_open": shown.issued == nil && !content.isDraft,
      "issued": shown.issued.map(issued) ?? false,
      "may_write": shown.mayWrite, "may_issue": shown.mayWrite && shown.refusal == nil,
      "not_yet": shown.mayWrite
        ? (shown.refusal.map { words("report.refusal.\($0.rawValue)") } ?? "").orFalse : false,
      "is_own": content.face == .official,
      "faults": failure.map { [["text": $0.text] as View] } ?? [],
      "sections": sections(failure),
    ]
  }

  private func before(_ address: ReportAddress) -> ReportAddress {
    ReportAddress(address.kind, of: address.subject, in: address.period.previous)
  }

  func issued(_ issued: ShowReport.Issued) -> String {
    words(
      content.face == .official ? "report.handed_in_by" : "report.issued_by",
      [
        "time": words.time(issued.head.issuedAt),
        "name": issued.byName ?? words("actor.system"), "digest": issued.head.digest,
      ])
  }

  func sections(_ failure: ReportPages.Failure?) -> [View] {
    let ordinals = words("report.ordinals").split(separator: "|").map(String.init)
    return content.sections.enumerated().map { index, section in
      var view: View = [
        "code": section.code, "name": text.name(section.words),
        "ordinal": index < ordinals.count ? ordinals[index] : "",
        "has_figures": section.figures != nil,
        "figures": section.figures?.map(figure) ?? [],
        "has_table": section.table != nil, "table": section.table.map(table) ?? false,
        "has_list": section.list != nil, "list": section.list.map(list) ?? false,
      ]
      view.merge(remark(section, failure)) { $1 }
      return view
    }
  }

  // MARK: Words

  private func remark(
    _ section: ReportContent.Section, _ failure: ReportPages.Failure?
  ) -> View {
    let remark = shown.remarks[section.code]
    let now = shown.issued == nil ? remark?.text : section.remark
    let failed = failure?.section == section.code ? failure?.typed : nil
    let changes = remark?.changes ?? []
    let isBare = section.figures == nil && section.table == nil && section.list == nil
    return [
      "remark": (now ?? "").orFalse,
      "paragraphs": (now ?? "").split(whereSeparator: \.isNewline).map {
        ["text": String($0)] as View
      },
      "no_words": isBare && (now ?? "").isEmpty,
      "may_write": shown.mayWrite, "typed": failed ?? now ?? "",
      "write_open": failed != nil || (isBare && shown.mayWrite),
      "url_remark": Route.reportRemark(content.address, section.code).path,
      "limit": String(ReportContent.maximumText), "has_history": changes.count > 1,
      "changes": changes.map {
        [
          "when": words.time($0.at), "who": $0.byName ?? words("actor.system"),
          "text": $0.text ?? words("report.taken_back"),
        ] as View
      },
    ]
  }

  // MARK: Numbers

  private func figure(_ figure: ReportContent.Figure) -> View {
    let now = links.now(isOfPeriod: figure.isOfPeriod)
    let before = links.before(isOfPeriod: figure.isOfPeriod)
    var notes = text.parts(figure.now).map { part, words in
      note(words, link(figure.code, now, slice: links.slice(part.code, of: figure.code)))
    }
    notes += text.shares(figure.now, of: figure.code).map { part in
      var which = now
      which.share = part.code
      return note(
        "\(text.share(part, of: figure.code)) \(part.count)", links.path(figure.code, which))
    }
    if let then = figure.knownThen {
      let value = text.value(then, figure.measure) ?? words("report.nothing")
      notes.append(note(words("report.known_then", ["value": value]), nil))
    }
    return [
      "name": text.name(figure.name), "url_definition": Route.definitions.path + "#" + figure.code,
      "now": number(figure.now, figure.measure, figure.code, now),
      "before": number(figure.before, figure.measure, figure.code, before),
      "difference": text.difference(figure), "notes": notes,
    ]
  }

  private func note(_ text: String, _ url: String?) -> View {
    ["text": text, "url": (url ?? "").orFalse]
  }

  private func number(
    _ counts: ReportContent.Counts, _ measure: Definition.Measure, _ code: String,
    _ which: ReportFigureAddress.Which
  ) -> View {
    let slice = measure == .percent ? Definition.Slice.numerator : .denominator
    let value = text.value(counts, measure)
    let url = value == nil ? nil : link(code, which, slice: slice)
    return [
      "value": value ?? "—", "basis": text.basis(counts, measure).orFalse,
      "url": (url ?? "").orFalse,
    ]
  }

  private func link(
    _ code: String, _ which: ReportFigureAddress.Which, slice: Definition.Slice
  ) -> String? {
    var which = which
    which.slice = slice
    return links.path(code, which)
  }

  private func table(_ table: ReportContent.Table) -> View {
    [
      "by": words("report.by.\(table.by.rawValue)"), "is_empty": table.rows.isEmpty,
      "columns": table.columns.map { ["name": text.name($0.name)] as View },
      "rows": table.rows.map { row in
        [
          "name": row.name.map(text.name) ?? words("report.without"),
          "cells": zip(table.columns, row.cells).map { column, counts -> View in
            let isOfPeriod = text.platform.definitions[column.code]?.member != nil
            var which = links.now(isOfPeriod: isOfPeriod)
            (which.by, which.group) = (table.by, row.key)
            return number(counts, column.measure, column.code, which)
          },
        ] as View
      },
    ]
  }

  private func list(_ list: ReportContent.List) -> View {
    let which = ReportFigureAddress.Which(asOf: content.asOf, days: list.days)
    return [
      "count": text.count(list), "is_empty": list.lines.isEmpty,
      "url": (list.count == 0 ? nil : list.figure.flatMap { links.path($0, which) } ?? "")
        .map { $0.orFalse } ?? false,
      "columns": list.columns.map { ["name": text.heading($0)] as View },
      "lines": list.lines.map { line(list, $0) },
    ]
  }

  private func line(_ list: ReportContent.List, _ line: ReportContent.Line) -> View {
    [
      "number": line.number.map(words.number) ?? "", "title": line.title,
      "url": line.problem.map { Route.problem($0).path }
        ?? line.visit.map { Route.visit($0.description).path } ?? "",
      "concerns": line.concerns ?? "",
      "cells": list.columns.map { column -> View in
        let shownLamp = column == .lamp ? line.lamp.map(words.lamp) : nil
        return [
          "text": text.cell(column, line), "heading": text.heading(column),
          "lamp": shownLamp ?? false, "is_short": [.day, .due, .lamp, .review].contains(column),
        ]
      },
    ]
  }
}
