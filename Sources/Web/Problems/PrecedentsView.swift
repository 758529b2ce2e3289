import Domain
import HTTP
import Services
import Storage

/// Similar problems beside the form; one click takes over what was done with one of them.
struct PrecedentsView {
  let words: Wording
  let platform: Platform
  let found: Precedents

  func view(of problem: Problem) -> View {
    [
      "open": found.open.map { similar -> View in
        let other = similar.problem
        let merging = [("action", "merge"), ("into", String(other.number))]
        return [
          "number": words.number(other.number), "title": other.title,
          "url": Route.problem(other.id).path, "concerns": other.concerns,
          "state": words("state.\(other.state.rawValue)"),
          "url_merge":
            (found.mayMerge
            ? Route.problem(problem.id).path(query: merging) + "#actions" : "").orFalse,
        ]
      },
      "has_open": !found.open.isEmpty,
      "past": found.past.map { past($0, like: problem) }, "has_past": !found.past.isEmpty,
    ]
  }

  private func past(_ similar: SimilarProblems.Similar, like problem: Problem) -> View {
    let other = similar.problem
    let category = platform.categories.first {
      $0.track == other.track && $0.code == other.category
    }
    func link(_ query: [(String, String)], if isOffered: Bool) -> Any {
      (isOffered ? Route.problem(problem.id).path(query: query) + "#actions" : "").orFalse
    }
    var days = ""
    if let from = other.assignedAt, let to = other.closedAt {
      days = words.counted("time.day", max(1, to.day - from.day))
    }
    return [
      "number": words.number(other.number), "title": other.title,
      "url": Route.problem(other.id).path,
      "category": (category.map { words.name(of: $0) } ?? "").orFalse,
      "unit": (other.unitName ?? "").orFalse,
      "outcome": (other.outcome.map { words("outcome.\($0.rawValue)") } ?? "").orFalse,
      "took": (days.isEmpty ? "" : words("precedents.took", ["span": days])).orFalse,
      "url_category": link(
        [("action", "judge"), ("category", other.category ?? "")],
        if: found.mayJudge && other.category != nil),
      "url_unit": link(
        [("action", "assign"), ("unit", similar.unitPath ?? "")],
        if: found.mayAssign && similar.unitPath != nil),
    ]
  }
}

extension Wording {
  /// `类别建议：基础设施（依据“路灯”“机井”）`
  func suggestion(_ category: Category, _ suggestion: CategorySuggestion) -> String {
    let quoted = suggestion.words.prefix(3).map { self("suggestion.word", ["word": $0]) }
    return self(
      "suggestion.category",
      ["category": name(of: category), "words": quoted.joined(separator: self("suggestion.and"))])
  }
}
