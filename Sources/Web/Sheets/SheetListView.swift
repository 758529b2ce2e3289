import Domain
import HTTP
import Services
import Storage

/// The list of sheets, and the form that begins one.
struct SheetListView {
  let words: Wording
  let platform: Platform

  func page(
    _ lines: [SheetRows.Line], mayManage: Bool, _ failure: (form: FormData, faults: [String])?
  ) -> View {
    [
      "sheets": lines.map(row), "is_empty": lines.isEmpty, "may_manage": mayManage,
      "actions": mayManage ? [draftForm(failure).view] : [View](),
    ]
  }

  private func row(_ line: SheetRows.Line) -> View {
    let objections =
      line.openObjections > 0
      ? words(
        "sheets.open_of",
        ["n": String(line.openObjections), "all": String(line.objections)])
      : line.objections == 0 ? "—" : String(line.objections)
    return [
      "url": Route.sheet(line.id.description).path, "month": words.month(line.month),
      "kind": words("sheet.kind.\(line.kind.rawValue)"),
      "edition": words("sheet.edition", ["n": String(line.edition)]),
      "state": words("sheet.state.\(line.state.rawValue)"), "objections": objections,
      "until": line.state == .preview ? line.objectionsUntil.map(words.lastDay) ?? "" : "",
      "day": line.publishedAt.map { words.day($0.day) } ?? "",
    ]
  }

  private func draftForm(_ failure: (form: FormData, faults: [String])?) -> ActForm {
    var form = ActForm(
      id: "draft", name: words("sheets.draft"), will: words("sheets.draft_will"),
      url: Route.sheets.path)
    form.fields = [
      .input("month", label: words("sheet.month"), type: "month"),
      .radio(
        "kind", label: words("sheet.about"),
        SheetKind.allCases.map { ($0.rawValue, words("sheet.kind.\($0.rawValue)")) }),
      .text(
        "reason", label: words("sheet.edition_reason"), isRequired: false,
        hint: words("sheet.edition_hint")),
    ]
    form.initial = [
      "month": SheetMonth(of: platform.now().day).previous.description,
      "kind": SheetKind.county.rawValue,
    ]
    if let failure { (form.posted, form.faults) = (failure.form, failure.faults) }
    return form
  }
}

extension Wording {
  /// `2022 年 12 月`
  func month(_ month: SheetMonth) -> String {
    let (year, number, _) = month.first.components
    return self(
      "sheet.month_text", ["year": String(year), "month": self("month.\(number)")])
  }

  /// The day at whose end an instant lies.
  func lastDay(_ end: Instant) -> String {
    day(Instant(milliseconds: end.milliseconds - 1).day)
  }
}
