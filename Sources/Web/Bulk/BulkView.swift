import Domain
import HTTP
import Services

/// The page of one thing done to many problems: what to do, what will happen to each, what came of it.
struct BulkView {
  let words: Wording
  let platform: Platform
  let form: BulkForm

  private var name: String { words("action.\(form.action.rawValue)") }

  var title: String { words("bulk.title", ["action": name]) }

  /// What is asked first.
  func asking() -> View {
    base.merging([
      "is_asking": true, "faults": form.faults.map { ["text": fault($0)] as View },
      "has_faults": !form.faults.isEmpty,
    ]) { $1 }
  }

  func previewing(_ preview: PreviewBulk.Preview) -> View {
    let able = preview.results.filter(\.isDone)
    return base.merging([
      "is_preview": true, "able": able.map { row($0, preview.units) },
      "unable": preview.results.filter { !$0.isDone }.map { row($0, [:]) },
      "has_able": !able.isEmpty, "has_unable": able.count < preview.results.count,
      "summary": words(
        "bulk.preview",
        [
          "able": String(able.count), "unable": String(preview.results.count - able.count),
        ]),
      "confirm": words.counted("bulk.confirm.\(form.action.rawValue)", able.count),
      "able_ids": able.map { String($0.pick.problem.value) }.joined(separator: ","),
    ]) { $1 }
  }

  func finished(_ results: [BulkResult]) -> View {
    let done = results.filter(\.isDone)
    return base.merging([
      "is_result": true, "done": done.map { row($0, [:]) },
      "undone": results.filter { !$0.isDone }.map { row($0, [:]) },
      "has_done": !done.isEmpty, "has_undone": done.count < results.count,
      "summary": words(
        "bulk.result",
        [
          "done": String(done.count), "undone": String(results.count - done.count),
        ]),
    ]) { $1 }
  }

  private var base: View {
    [
      "title": title, "hint": words("action.\(form.action.rawValue).hint"), "deed": name,
      "action": form.action.rawValue, "url": Route.bulk.path, "back": form.back,
      "ids": form.picks.map { String($0.problem.value) }.joined(separator: ","),
      "picks": form.picks.map {
        ["id": String($0.problem.value), "version": String($0.version)] as View
      },
      "has_picks": !form.picks.isEmpty,
      "count": words.counted("bulk.count", form.picks.count), "fields": fields,
      "is_asking": false, "is_preview": false, "is_result": false,
    ]
  }

  private func fault(_ field: String) -> String {
    words("refusal.field", ["field": words(label(field))])
  }

  private func label(_ field: String) -> String {
    form.action.fields.first { $0.name == field }?.label ?? "field.\(field)"
  }

  private var fields: [View] {
    BulkDeed.fields(of: form.action).map { field in
      let value = form.fields[field.name]
      return [
        "field": field.name, "label": words(field.label), "value": value,
        "required": field.isRequired, "limit": String(Problem.maximumText),
        "field_hint": (field.hint.map { words($0) } ?? "").orFalse,
        "is_text": field.kind == .text, "is_unit": field.kind == .unit,
        "is_select": field.kind == .select, "is_line": field.kind == .line,
        "options": field.kind == .select
          ? Markup.options(choices(field.name), chosen: value) : "",
      ] as View
    }
  }

  private func choices(_ field: String) -> [(value: String, name: String)] {
    var seen: Set<String> = []
    switch field {
    case "category":
      return platform.categories.map { ($0.code, words.name(of: $0)) }
        .filter { seen.insert($0.0).inserted }
    case "difficulty":
      return Difficulty.allCases.map { ($0.rawValue, words("difficulty.\($0.rawValue)")) }
    default:
      return platform.procedures.all.flatMap(\.tiers)
        .map { ($0.code, words.pick($0.zh, $0.en)) }.filter { seen.insert($0.0).inserted }
    }
  }

  private func row(_ result: BulkResult, _ units: [UnitID: String]) -> View {
    let registration = result.problem?.registration
    return [
      "url": Route.problem(result.pick.problem).path, "id": String(result.pick.problem.value),
      "version": String(result.pick.version),
      "number": registration.map { words.number($0.number) } ?? "—",
      "title": registration?.title ?? words("bulk.gone"),
      "concerns": registration?.concerns ?? "",
      "state": result.problem.map { words("state.\($0.state.rawValue)") } ?? "",
      "telling": telling(result, units).map { ["text": $0] as View },
    ]
  }

  /// What happens, or why it does not.
  private func telling(_ result: BulkResult, _ units: [UnitID: String]) -> [String] {
    switch result.verdict {
    case .done(let events): events.compactMap { tell($0, result.problem, units) }
    case .refused(let reasons): reasons.map { words.refusal($0) }
    case .changed: [words("bulk.changed")]
    case .gone: [words("bulk.gone_reason")]
    case .failed: [words("bulk.failed")]
    }
  }

  private func tell(
    _ event: ProblemEvent, _ problem: Problem?, _ units: [UnitID: String]
  ) -> String? {
    switch event {
    case .judged(let judged):
      let category = platform.categories.first {
        $0.track == problem?.track && $0.code == judged.category
      }
      return words(
        "bulk.judged",
        [
          "category": category.map { words.name(of: $0) } ?? judged.category,
          "difficulty": words("difficulty.\(judged.difficulty.rawValue)"),
        ])
    case .assigned(let assigned):
      guard let name = units[assigned.unit], let due = assigned.due.map(\.day).max() else {
        return nil
      }
      return words("bulk.assigned", ["unit": name, "day": words.day(due)])
    default: return nil
    }
  }
}
