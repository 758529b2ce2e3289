import Documents
import Domain
import Services
import Storage

/// A report as a workbook: the same numbers as on the page, a sheet for each section.
package struct ReportWorkbook {
  private let text: ReportText
  private let shown: ShowReport.Shown

  package init(_ shown: ShowReport.Shown, _ words: Wording, _ platform: Platform) {
    text = ReportText(words: words, platform: platform, content: shown.content)
    self.shown = shown
  }

  private var words: Wording { text.words }

  /// What the file is called.
  package static func name(
    of address: ReportAddress, _ words: Wording, _ platform: Platform
  ) -> String {
    let layout = platform.reports[address.kind]
    let name = layout.map { words.pick($0.zh, $0.en) } ?? address.kind.rawValue
    return "\(name)-\(address.period).xlsx"
  }

  package var sheets: [ReportSheet] {
    let parts = shown.content.sections.enumerated().flatMap { index, section in
      self.sheets(section, index + 1)
    }
    return [cover] + parts
  }

  /// What the report is, and what was written in it.
  private var cover: ReportSheet {
    let facts: [(String, String)] =
      [
        (words("report.sheet.report"), "\(shown.name) · \(text.title)"),
        (words("report.sheet.period"), text.period), (words("report.sheet.basis"), text.about),
      ]
      + (shown.issued.map { [(words("report.sheet.digest"), $0.head.digest)] } ?? [
        (words("report.sheet.state"), words("report.state.draft"))
      ])
    let remarks = shown.content.sections.compactMap { section -> (String, String)? in
      let remark = shown.issued == nil ? shown.remarks[section.code]?.text : section.remark
      return remark.map { (text.name(section.words), $0) }
    }
    return ReportSheet(
      words("report.sheet.report"),
      [
        OutputColumn(words("report.sheet.what"), width: 24),
        OutputColumn(words("report.sheet.text"), width: 100),
      ], (facts + remarks).map { [.text($0.0), .text($0.1)] })
  }

  private func sheets(_ section: ReportContent.Section, _ number: Int) -> [ReportSheet] {
    let name = sheetName("\(number) \(text.name(section.words))")
    if let figures = section.figures { return [sheet(name, figures)] }
    if let table = section.table { return [sheet(name, table)] }
    if let list = section.list { return [sheet(name, list)] }
    return []
  }

  /// Excel takes 31 characters, and not all of them.
  private func sheetName(_ name: String) -> String {
    var name = name.filter { !"[]:*?/\\'".contains($0) }
    while name.utf16.count > 31 { name.removeLast() }
    return name
  }

  private func sheet(_ name: String, _ figures: [ReportContent.Figure]) -> ReportSheet {
    func number(_ key: String) -> OutputColumn {
      OutputColumn(words("report.column.\(key)"), width: 14, form: .number)
    }
    let columns = [
      OutputColumn(words("report.column.figure"), width: 28), number("numerator"),
      number("denominator"), number("value"), number("low"), number("high"),
      number("before_numerator"), number("before_denominator"), number("before_value"),
      OutputColumn(words("report.column.difference"), width: 16),
      OutputColumn(words("report.column.notes"), width: 60),
    ]
    return ReportSheet(
      name, columns,
      figures.map { figure in
        [.text(text.name(figure.name))] + cells(figure.now) + [
          value(figure.now, figure.measure), bound(figure.now.interval?.low),
          bound(figure.now.interval?.high),
        ] + cells(figure.before) + [
          value(figure.before, figure.measure), .text(text.difference(figure)),
          .text(notes(figure)),
        ]
      })
  }

  private func cells(_ counts: ReportContent.Counts) -> [OutputCell] {
    [
      counts.numerator.map { .integer(Int64($0)) } ?? .empty,
      .integer(Int64(counts.denominator)),
    ]
  }

  /// In percent or hours; the count itself where it is one.
  private func value(
    _ counts: ReportContent.Counts, _ measure: Definition.Measure
  ) -> OutputCell {
    switch measure {
    case .percent: bound(counts.percent)
    case .hours: counts.medianHours.map { .integer(Int64($0)) } ?? .empty
    case .count, .shares: .integer(Int64(counts.denominator))
    }
  }

  /// To one decimal, as on the page.
  private func bound(_ number: Double?) -> OutputCell {
    number.map { .number(($0 * 10).rounded() / 10) } ?? .empty
  }

  private func notes(_ figure: ReportContent.Figure) -> String {
    let shares = text.shares(figure.now, of: figure.code).map {
      "\(text.share($0, of: figure.code)) \($0.count)"
    }
    return (text.parts(figure.now).map(\.1) + shares).joined(separator: words("punctuation.list"))
  }

  private func sheet(_ name: String, _ table: ReportContent.Table) -> ReportSheet {
    let columns = table.columns.flatMap { column -> [OutputColumn] in
      let name = text.name(column.name)
      return column.measure == .percent
        ? [
          OutputColumn("\(name) %", width: 14, form: .number),
          OutputColumn("\(name) \(words("report.column.numerator"))", width: 14, form: .number),
          OutputColumn("\(name) \(words("report.column.denominator"))", width: 14, form: .number),
        ] : [OutputColumn(name, width: 14, form: .number)]
    }
    return ReportSheet(
      name, [OutputColumn(words("report.by.\(table.by.rawValue)"), width: 28)] + columns,
      table.rows.map { row in
        [.text(row.name.map(text.name) ?? words("report.without"))]
          + zip(table.columns, row.cells).flatMap { column, counts in
            column.measure == .percent
              ? [bound(counts.percent)] + cells(counts) : [value(counts, column.measure)]
          }
      })
  }

  private func sheet(_ name: String, _ list: ReportContent.List) -> ReportSheet {
    let columns =
      [
        OutputColumn(words("field.number"), width: 10),
        OutputColumn(words("field.title"), width: 40),
        OutputColumn(words("field.concerns"), width: 24),
      ] + list.columns.map { OutputColumn(text.heading($0), width: 16) }
    let note: [OutputCell] = [.empty, .text(text.count(list))]
    return ReportSheet(
      name, columns,
      list.lines.map { line in
        [
          .text(line.number.map(words.number) ?? ""), .text(line.title),
          .text(line.concerns ?? ""),
        ] + list.columns.map { .text(text.cell($0, line)) }
      } + [note])
  }
}
