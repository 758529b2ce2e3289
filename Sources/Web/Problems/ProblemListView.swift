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

  /// - Throws: `RequestError.badQuery` for a value that is none of a filter's: showing everything
  ///   instead would be a wrong answer.
  init(_ request: Request, _ procedures: Procedures) throws {
    func choice<T: RawRepresentable<String>>(_ name: String, _ type: T.Type) throws -> T? {
      let text = request.query(name)
      if text.isEmpty { return nil }
      guard let value = T(rawValue: text) else { throw RequestError.badQuery }
      return value
    }
    filter.track = try choice("track", Track.self)
    if let track = filter.track, procedures[track] == nil { throw RequestError.badQuery }
    filter.state = try choice("state", ProblemState.self)
    filter.difficulty = try choice("difficulty", Difficulty.self)
    let category = request.query("category")
    filter.category = category.isEmpty ? nil : category
    filter.overdue = request.query("overdue") == "1"
    number = request.query("number").trimmed
    // What is no number is no problem's number: an impossible one finds nothing.
    if !number.isEmpty { filter.number = Int64(number) ?? -1 }
    let last = request.query("before")
    before = Int64(last).map { ProblemID($0) }
    guard last.isEmpty || before != nil, request.isQueryReadable else {
      throw RequestError.badQuery
    }
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
  let procedures: Procedures
  let now: Instant

  func page(_ page: ProblemPage, _ query: ProblemQuery) -> View {
    let filter = query.filter
    // A category of the other track would find nothing.
    let offered = categories.filter { filter.track == nil || $0.track == filter.track }
    var seen: Set<String> = []
    let distinct = offered.filter { seen.insert($0.code).inserted }
    return [
      "url": Route.problems.path,
      "tracks": words.options(procedures, chosen: filter.track?.rawValue ?? ""),
      "states": words.options(
        ProblemState.allCases.map(\.rawValue), named: "state", chosen: filter.state?.rawValue ?? ""),
      "difficulties": words.options(
        Difficulty.allCases.map(\.rawValue), named: "difficulty",
        chosen: filter.difficulty?.rawValue ?? ""),
      "categories": words.options(distinct, chosen: filter.category),
      "number": query.number, "overdue": filter.overdue, "filtered": query.isFiltered,
      "problems": page.items.map(row), "is_empty": page.items.isEmpty,
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
