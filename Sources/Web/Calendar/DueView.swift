import Domain
import HTTP

/// When the milestones of a rule would be due, each with the way there, step by step.
struct DueView {
  let words: Wording
  let calendar: WorkingCalendar

  /// - Parameter start: the day of the assignment, registration or acknowledgement that each runs from.
  func dues(_ rule: ClockRule, from start: Day) -> [View] {
    rule.milestones.map { milestone in
      let run = rule.run(milestone.budget, from: Instant(startOf: start), on: calendar)
      let due = run.due
      return [
        "name": words("milestone.\(milestone.kind.rawValue)"),
        "budget": words.text(milestone.budget),
        "from": words("due.from.\(milestone.from.rawValue)"),
        "due": due.map { words.day($0.day) } ?? "",
        "weekday": due.map { words("weekday.\($0.day.weekday.rawValue)") } ?? "",
        "provisional": run.isProvisional,
        "steps": run.steps.map { ["text": words.text($0)] as View },
      ]
    }
  }
}

extension Wording {
  func text(_ budget: Budget) -> String { counted("budget.\(budget.unit)", budget.count) }

  /// What a step of a clock says.
  func text(_ step: ClockStep) -> String {
    let parts = step.parts
    var arguments: [String: String] = ["name": parts.name ?? ""]
    arguments["year"] = parts.year.map { String($0) }
    arguments["from"] = parts.from.map { time($0) }
    arguments["until"] = parts.until.map { end($0) }
    arguments["through"] = parts.through.map { day($0) }
    if let day = parts.day {
      arguments["day"] = self.day(day)
      arguments["weekday"] = self("weekday.\(day.weekday.rawValue)")
    }
    return self("due.step.\(step.code)", TextArguments(arguments))
  }

  /// 24:00 rather than 00:00 of the day after: what ends, ends on its own day.
  private func end(_ instant: Instant) -> String {
    instant.secondOfDay == 0 ? "\(day(instant.day + -1)) 24:00" : time(instant)
  }
}
