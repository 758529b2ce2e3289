import Domain
import HTTP
import Services
import Storage

/// What came of counting an issued report once more.
struct ReportCheckView {
  let words: Wording
  let platform: Platform

  func page(_ report: CheckReport.Report) -> View {
    let text = ReportText(words: words, platform: platform, content: report.frozen)
    return [
      "heading": text.title, "period": text.period, "about": text.about,
      "url_report": Route.report(report.frozen.address).path, "digest": report.head.digest,
      "holds": report.findings.isEmpty,
      "holds_text": words("report.holds", ["n": String(report.compared)]),
      "findings": report.findings.map {
        ["text": words("report.finding.\($0.rawValue)")] as View
      },
      "has_differences": !report.differences.isEmpty,
      "differences": report.differences.map { row($0, report.frozen, text) },
      "has_since": !report.knownSince.isEmpty,
      "since": report.knownSince.map { row($0, report.frozen, text) },
    ]
  }

  private func row(
    _ difference: ReportContent.Difference, _ content: ReportContent, _ text: ReportText
  ) -> View {
    let section = content.sections.first { $0.code == difference.section }
    return [
      "section": section.map { text.name($0.words) } ?? difference.section,
      "place": place(difference.place, section, text),
      "was": difference.was ?? words("report.absent"),
      "is": difference.now ?? words("report.absent"),
    ]
  }

  /// Codes of figures and groups by their names, as far as the report has them.
  private func place(
    _ place: String, _ section: ReportContent.Section?, _ text: ReportText
  ) -> String {
    var names: [String: String] = [:]
    for figure in section?.figures ?? [] { names[figure.code] = text.name(figure.name) }
    for column in section?.table?.columns ?? [] { names[column.code] = text.name(column.name) }
    for row in section?.table?.rows ?? [] { names[row.key] = row.name.map(text.name) }
    let parts = place.split(separator: "/").map(String.init)
    return parts.map { part in
      names[part] ?? (part.first?.isASCII == true ? named(part) : part)
    }.joined(separator: " · ")
  }

  /// The words the page itself has for a part of a number.
  private func named(_ part: String) -> String {
    let key = "report.part.\(part)"
    return words.catalogue.has(key) ? words(key) : part
  }
}
