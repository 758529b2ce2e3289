import Domain
import HTTP
import Services

extension MovedDates {
  func view(_ words: Wording) -> View {
    [
      "moves": problems > 0,
      "moved_summary": words(
        "calendar.moves", ["problems": String(problems), "dates": String(dates)]),
      "more_moved":
        (problems > shown.count
        ? words("tasks.more", ["n": String(shown.count)]) : "").orFalse,
      "moved": shown.flatMap { problem in
        problem.dues.map { due -> View in
          [
            "number": words.number(problem.number), "title": problem.title,
            "url": Route.problem(problem.problem).path,
            "milestone": words("milestone.\(due.milestone.rawValue)"),
            "from": words.day(due.from.day), "to": words.day(due.to.day),
          ]
        }
      },
    ]
  }
}
