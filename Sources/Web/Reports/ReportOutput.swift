import Domain
import HTTP
import Services

/// A report in words for whoever has a terminal.
package struct ReportOutput {
  private let view: ReportView
  private let text: ReportText
  private let shown: ShowReport.Shown

  package init(_ shown: ShowReport.Shown, _ catalogue: Catalogue, _ platform: Platform) {
    view = ReportView(shown, Wording(catalogue), platform)
    text = view.text
    self.shown = shown
  }

  /// The sheets of its workbook.
  package static func sheets(
    _ shown: ShowReport.Shown, _ catalogue: Catalogue, _ platform: Platform
  ) -> [ReportSheet] {
    ReportWorkbook(shown, Wording(catalogue), platform).sheets
  }

  package var lines: [String] {
    var lines = ["\(view.heading) \(text.period)", text.about]
    if let issued = shown.issued { lines.append(view.issued(issued)) }
    for section in shown.content.sections {
      lines += ["", text.name(section.words)]
      lines += (section.figures ?? []).map(line)
      if let table = section.table { lines += table.rows.map { line($0, table) } }
      if let list = section.list { lines += [text.count(list)] + list.lines.map { line($0, list) } }
      let remark =
        shown.issued == nil ? shown.remarks[section.code]?.text : section.remark
      if let remark { lines.append(remark) }
    }
    return lines
  }

  private func line(_ figure: ReportContent.Figure) -> String {
    let value = text.value(figure.now, figure.measure) ?? "—"
    let before = text.value(figure.before, figure.measure) ?? "—"
    let basis = text.basis(figure.now, figure.measure)
    return
      "  \(text.name(figure.name))  \(value)  (\(before), \(text.difference(figure)))  \(basis)"
  }

  private func line(_ row: ReportContent.Table.Row, _ table: ReportContent.Table) -> String {
    let cells = zip(table.columns, row.cells).map { column, counts in
      "\(text.name(column.name)) \(text.value(counts, column.measure) ?? "—")"
    }
    let name = row.name.map(text.name) ?? text.words("report.without")
    return "  \(name)  \(cells.joined(separator: "  "))"
  }

  private func line(_ line: ReportContent.Line, _ list: ReportContent.List) -> String {
    let cells = list.columns.map { text.cell($0, line) }
    let number = line.number.map(text.words.number) ?? ""
    return "  \(number) \(line.title)  \(cells.joined(separator: "  "))"
  }
}
