import Domain
import HTTP
import Hummingbird
import Services
import Storage

/// The list's filters as they stand in the address.
struct ProblemQuery {
  var filter = ProblemFilter()
  let before: ProblemID?
  private let pairs: [(String, String)]
  /// What was typed into the number field.
  let number: String

  init(_ request: Request) {
    filter.track = Track(rawValue: request.query("track"))
    filter.state = ProblemState(rawValue: request.query("state"))
    filter.difficulty = Difficulty(rawValue: request.query("difficulty"))
    let category = request.query("category")
    filter.category = category.isEmpty ? nil : category
    filter.overdue = request.query("overdue") == "1"
    number = request.query("number").trimmed
    // What is no number is no problem's number: an impossible one finds nothing.
    if !number.isEmpty { filter.number = Int64(number) ?? -1 }
    before = Int64(request.query("before")).map { ProblemID($0) }
    pairs = ["track", "state", "difficulty", "category", "overdue", "number"].map {
      ($0, request.query($0))
    }
  }

  func path(before: ProblemID?) -> String {
    let last = before.map { String($0.value) } ?? ""
    return Route.problems.path(query: pairs + [("before", last)])
  }

  var isFiltered: Bool { pairs.contains { !$0.1.isEmpty } }
}

struct ProblemListView {
  let words: Wording
  let categories: [Category]
  let now: Instant

  func page(_ page: ProblemPage, _ query: ProblemQuery) -> View {
    let filter = query.filter
    // A category of the other track would find nothing.
    let offered = categories.filter { filter.track == nil || $0.track == filter.track }
    var seen: Set<String> = []
    let distinct = offered.filter { seen.insert($0.code).inserted }
    return [
      "url": Route.problems.path,
      "tracks": words.options(
        Track.allCases.map(\.rawValue), named: "track", chosen: filter.track?.rawValue ?? ""),
      "states": words.options(
        ProblemState.allCases.map(\.rawValue), named: "state", chosen: filter.state?.rawValue ?? ""),
      "difficulties": words.options(
        Difficulty.allCases.map(\.rawValue), named: "difficulty",
        chosen: filter.difficulty?.rawValue ?? ""),
      "categories": words.options(distinct, chosen: filter.category),
      "number": query.number, "overdue": filter.overdue, "filtered": query.isFiltered,
      "problems": page.problems.map(row), "is_empty": page.problems.isEmpty,
      "has_next": page.next != nil, "url_next": query.path(before: page.next),
      "has_previous": query.before != nil, "url_first": query.path(before: nil),
    ]
  }

  private func row(_ problem: ProblemSummary) -> View {
    var lamp = Lamp.grey
    var left = ""
    if let due = problem.dueAt, let yellow = problem.yellowAt {
      lamp = Lamp.of(yellow: yellow, due: due, now: now)
      left = words.left(until: due, now: now)
    }
    return [
      "url": Route.problem(problem.id).path, "number": words.number(problem.number),
      "title": problem.title, "concerns": problem.concerns,
      "state": words("state.\(problem.state.rawValue)"), "unit": problem.unitName ?? "—",
      "lamp": words.lamp(lamp), "left": left,
    ]
  }
}
