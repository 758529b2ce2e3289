import Domain
import HTTP
import Web

/// Due dates as JSON: of one budget an object of its own, of a rule's milestones a list.
struct ClockDueOutput: Encodable {
  private let rule: ClockRule?
  private let due: [DueOutput]
  private let isList: Bool

  init(_ asked: [ClockDue.Asked], rule: ClockRule?, console: Console) {
    self.rule = rule
    due = asked.map { DueOutput($0, console: console) }
    isList = asked.count != 1
  }

  private enum CodingKeys: String, CodingKey {
    case rule, version, milestones
  }

  func encode(to encoder: any Encoder) throws {
    if !isList { try due[0].encode(to: encoder) }
    guard let rule else { return }
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(rule.name, forKey: .rule)
    try container.encode(rule.version, forKey: .version)
    if isList { try container.encode(due, forKey: .milestones) }
  }
}

/// One due date as JSON. Without a due date `due_date` and `due_instant` are null, not absent.
private struct DueOutput: Encodable {
  struct Skipped: Encodable {
    let date: Day
    let reason: String
    let name: String?
  }

  let asked: ClockDue.Asked
  let steps: [StepOutput]

  init(_ asked: ClockDue.Asked, console: Console) {
    self.asked = asked
    steps = asked.run.steps.map { StepOutput($0, text: console.text($0)) }
  }

  private enum CodingKeys: String, CodingKey {
    case milestone, budget, start, due_date, due_instant, yellow_instant, skipped, provisional
    case steps
  }

  func encode(to encoder: any Encoder) throws {
    let run = asked.run
    let due = run.due
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encodeIfPresent(asked.milestone?.kind, forKey: .milestone)
    try container.encode(run.budget, forKey: .budget)
    try container.encode(run.start.description, forKey: .start)
    try container.encode(due?.day, forKey: .due_date)
    try container.encode(due?.instant.description, forKey: .due_instant)
    try container.encode(due?.yellow.description, forKey: .yellow_instant)
    try container.encode(run.skipped.map { Skipped($0) }, forKey: .skipped)
    try container.encode(run.isProvisional, forKey: .provisional)
    try container.encode(steps, forKey: .steps)
  }
}

extension DueOutput.Skipped {
  fileprivate init(_ skipped: SkippedDay) {
    date = skipped.day
    switch skipped.reason {
    case .rest(.weekend): (reason, name) = ("weekend", nil)
    case .rest(.holiday(let holiday)): (reason, name) = ("holiday", holiday)
    case .suspended: (reason, name) = ("suspended", nil)
    }
  }
}

/// A step as JSON: what it is, what it is about, and a sentence.
private struct StepOutput: Encodable {
  let kind: String
  let date: Day?
  let through: Day?
  let from: String?
  let until: String?
  let name: String?
  let year: Int?
  let text: String

  init(_ step: ClockStep, text: String) {
    let parts = step.parts
    (kind, date, through) = (step.code, parts.day, parts.through)
    (from, until) = (parts.from?.description, parts.until?.description)
    (name, year, self.text) = (parts.name, parts.year, text)
  }
}

extension Console {
  /// What a step says, in words.
  func text(_ step: ClockStep) -> String {
    let parts = step.parts
    var arguments = [
      "name": parts.name ?? "", "year": parts.year.map { "\($0)" } ?? "",
      "from": parts.from.map { "\($0.day) \($0.clockTime)" } ?? "",
      "until": parts.until?.endTime ?? "",
      "through": parts.through?.description ?? "",
    ]
    if let day = parts.day {
      arguments["day"] = day.description
      arguments["weekday"] = catalogue.text("weekday.\(day.weekday.rawValue)")
    }
    return catalogue.text("due.step.\(step.code)", arguments)
  }

  func show(_ asked: ClockDue.Asked, explained: Bool) {
    if let milestone = asked.milestone {
      print(
        catalogue.text(
          "due.milestone",
          [
            "name": catalogue.text("due.kind.\(milestone.kind.rawValue)"),
            "budget": text(milestone.budget),
            "from": catalogue.text("due.from.\(milestone.from.rawValue)"),
          ]))
    }
    if let due = asked.run.due {
      print(
        catalogue.text(
          asked.run.isProvisional ? "due.date_provisional" : "due.date",
          [
            "day": due.day.description,
            "weekday": catalogue.text("weekday.\(due.day.weekday.rawValue)"),
            "time": due.instant.endTime,
          ]))
    } else {
      print(catalogue.text("due.none"))
    }
    if explained {
      for step in asked.run.steps { print("  · " + text(step)) }
    }
  }
}

extension Instant {
  /// `2026-02-24 24:00` rather than 00:00 of the day after: what ends, ends on its own day.
  fileprivate var endTime: String {
    secondOfDay == 0
      ? "\(Day(number: day.number - 1)) 24:00" : "\(day) \(clockTime)"
  }
}
