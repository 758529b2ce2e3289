import Domain
import HTTP
import Services
import Storage

/// The page of one sheet: what it says, how it came about, whether it comes out again, what can be done.
struct SheetView {
  let words: Wording
  let now: Instant
  let detail: ShowSheet.Detail
  /// What came out when it was computed again.
  var report: VerifySheet.Report?
  /// What was sent and refused.
  var failure: (action: SheetAction, form: FormData, faults: [String])?

  private var sheet: CommentSheet { detail.sheet }
  private var content: SheetContent { sheet.content }

  var title: String {
    words(
      "sheet.heading",
      [
        "month": words.month(content.month),
        "kind": words("sheet.kind.\(content.kind.rawValue)"),
      ])
  }

  var page: View {
    let id = sheet.id.description
    let table = SheetTable(words: words, content: content, traceable: detail.traceable)
    let forms = SheetForms(words: words, detail: detail, failure: failure).views
    return [
      "heading": title, "url_list": Route.sheets.path,
      "state": words("sheet.state.\(sheet.state.rawValue)"),
      "is_published": sheet.state == .published,
      "edition": words("sheet.edition", ["n": String(content.edition)]),
      "url_later": (detail.later.map { Route.sheet($0.description).path } ?? "").orFalse,
      "facts": facts, "columns": table.columns, "groups": table.groups, "totals": table.totals,
      "rule": formulaText, "url_definitions": Route.definitions.path,
      "objections": sheet.objections.map(objection), "has_objections": !sheet.objections.isEmpty,
      "actions": forms, "has_actions": !forms.isEmpty, "failed": failure != nil,
      "failures": failure?.faults.map { ["text": $0] as View } ?? [],
      "failed_field": failure.map { SheetForms.id($0.action) } ?? "",
      "url_file": Route.sheetFile(id).path, "url_proof": Route.sheetProof(id).path,
      "is_verified": report != nil, "holds": report?.findings.isEmpty == true,
      "compared": words("sheet.compared", ["n": String(report?.compared ?? 0)]),
      "findings": report?.findings.map {
        ["text": words("sheet.finding.\($0.rawValue)")] as View
      } ?? [],
      "differences": differences, "has_differences": !differences.isEmpty,
      "proof": proof, "command": "lianbang sheet verify \(id) --as …",
      "steps": detail.history.steps.reversed().map(step),
    ]
  }

  private var facts: [View] {
    var facts: [View] = []
    func add(_ label: String, _ value: String, link: String = "") {
      if !value.isEmpty {
        facts.append(["label": words(label), "value": value, "link": link.orFalse])
      }
    }
    add("sheet.as_of", words("sheet.end_of", ["day": words.day(content.month.last)]))
    add("sheet.known_on", words.time(content.knownOn))
    add(
      "sheet.formula",
      words.pick(content.formula.zh, content.formula.en) + " "
        + words("rules.version", ["n": String(content.formula.version)]))
    add("sheet.until", sheet.objectionsUntil.map(words.lastDay) ?? "")
    add("sheet.published_at", sheet.publishedAt.map { words.time($0) } ?? "")
    if let earlier = content.supersedes {
      add(
        "sheet.supersedes", words("sheet.edition", ["n": String(content.edition - 1)]),
        link: Route.sheet(earlier.description).path)
    }
    add("sheet.edition_reason", content.reason ?? "")
    return facts
  }

  private var formulaText: String {
    let formula = content.formula
    return words(
      "sheet.rule",
      [
        "minimum": String(content.minimum), "least": String(formula.leastWeight),
        "a": String(formula.grades.first ?? 0), "b": String(formula.grades.dropFirst().first ?? 0),
        "c": String(formula.grades.last ?? 0),
        "source": words.pick(formula.source.zh, formula.source.en),
      ])
  }

  private var proof: [View] {
    let ledger = content.ledger
    let facts: [(String, String?)] = [
      ("sheet.digest", sheet.digest), ("sheet.ledger_size", ledger.map { String($0.size) }),
      ("sheet.ledger_root", ledger?.root),
    ]
    return facts.compactMap { label, value in
      value.map { ["label": words(label), "value": $0] }
    }
  }

  private func unit(_ id: UnitID) -> String {
    content.lines.first { $0.unit == id }?.name ?? words("sheet.gone")
  }

  private func objection(_ objection: CommentSheet.Objection) -> View {
    [
      "number": String(objection.number), "unit": unit(objection.unit), "text": objection.text,
      "time": words.time(objection.at),
      "result": objection.ruling.map {
        words($0.upheld ? "sheet.upheld" : "sheet.rejected")
      } ?? words("sheet.open"),
      "reason": objection.ruling?.reason ?? "",
    ]
  }

  /// Of either way of computing it again; a page of them is enough to see that it does not hold.
  private var differences: [View] {
    guard let report else { return [] }
    let both = [("sheet.from_tables", report.tables), ("sheet.from_ledger", report.ledger)]
    return both.flatMap { label, found in
      found.prefix(100).map { difference in
        [
          "way": words(label),
          "unit": difference.name.isEmpty ? words("sheet.total") : difference.name,
          "figure": name(difference.figure), "printed_value": difference.printed,
          "found_value": difference.found,
        ] as View
      }
    }
  }

  private func name(_ figure: String?) -> String {
    guard let figure else { return words("sheet.standing") }
    return content.definitions.first { $0.code == figure }.map {
      words.pick($0.name.zh, $0.name.en)
    } ?? figure
  }

  private func step(_ step: SheetHistory.Step) -> View {
    var (name, text) = ("", "")
    switch step.event {
    case .drafted: name = words("sheet.event.drafted")
    case .recomputed: name = words("sheet.event.recomputed")
    case .previewed: name = words("sheet.event.previewed")
    case .objected(let objected): (name, text) = (words("sheet.event.objected"), objected.text)
    case .ruled(let ruled):
      (name, text) = (words(ruled.upheld ? "sheet.upheld" : "sheet.rejected"), ruled.reason)
    case .published: name = words("sheet.event.published")
    }
    return [
      "name": name, "who": detail.actorNames[step.actor] ?? words("actor.erased"),
      "ago": words.ago(step.at, now: now), "time": words.time(step.at), "text": text,
      "has_text": !text.isEmpty,
    ]
  }
}
