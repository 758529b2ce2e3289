import Domain
import HTTP
import Services
import Storage

/// Visits in the reader's words.
struct VisitView {
  let words: Wording
  let today: Day

  /// `2026-11-24 星期二 上午`
  func date(_ date: VisitDate) -> String {
    let weekday = words("weekday.\(date.day.weekday.rawValue)")
    let key = date.part.map { "visit.on.\($0.rawValue)" } ?? "visit.on.day"
    return words(key, ["day": words.day(date.day), "weekday": weekday])
  }

  /// `清河县水利局 · 张三`
  func who(_ shown: ShownVisit) -> String {
    guard let path = shown.unitPath else { return words("visit.nobody_yet") }
    let unit = path.split(separator: "/").last.map(String.init) ?? path
    return shown.official.map { "\(unit) · \($0)" } ?? unit
  }

  func status(_ visit: Visit) -> String {
    // Its day has passed, and nobody has said what came of it.
    visit.status == .planned && visit.date.day < today
      ? words("visit.status.unreported") : words("visit.status.\(visit.status.rawValue)")
  }

  /// - Parameter link: the page of the visit; nil for who has none.
  func row(_ shown: ShownVisit, link: Bool = true) -> View {
    let visit = shown.visit
    return [
      "id": shown.id.description,
      "url": link ? Route.visit(shown.id.description).path as Any : false,
      "date": date(visit.date), "enterprise": shown.enterprise, "who": who(shown),
      "unit_path": shown.unitPath ?? "", "kind": words("visit.kind.\(visit.kind.rawValue)"),
      "purpose": visit.purpose, "status": status(visit), "asked_for": visit.isAsked,
      "is_over": !visit.status.isOpen && visit.status != .joined,
      "proposed": (visit.proposed.map { words("visit.wishes", ["date": date($0)]) } ?? "").orFalse,
      "answer": (visit.answer ?? "").orFalse,
    ]
  }

  func rows(_ shown: [ShownVisit], link: Bool = true) -> [View] {
    shown.map { row($0, link: link) }
  }

  // MARK: A month

  func name(_ month: VisitMonth) -> String {
    let (year, number, _) = month.first.components
    return words("visits.month", ["year": String(year), "month": words("month.\(number)")])
  }

  /// `2026 年 11 月已安排 1 次，上限 2 次`
  func load(_ load: Int, _ month: VisitMonth, _ rules: VisitRules) -> View {
    let number = rules.ceiling.number
    let key = load > number ? "above" : load == number ? "full" : "free"
    return [
      "text": words(
        "visits.load.\(key)",
        ["month": name(month), "n": String(load), "ceiling": String(number)]),
      "is_full": load >= number,
    ]
  }

  func quiet(_ quiet: Quiet?, key: String = "visits.quiet_until") -> String {
    quiet.map { words(key, ["from": words.day($0.from), "to": words.day($0.to)]) } ?? ""
  }

  /// The days of a month with how many visits each has; Monday first.
  func month(_ answer: EnterpriseCalendar.Answer) -> View {
    let month = answer.month
    let alive = answer.visits.filter {
      $0.visit.status != .declined && $0.visit.status != .cancelled
    }
    let counts = Dictionary(grouping: alive, by: \.visit.date.day).mapValues(\.count)
    var cells: [View] = Array(
      repeating: ["day": "", "kind": "", "count": false],
      count: month.first.weekday.rawValue - 1)
    var day = month.first
    while day <= month.last {
      cells.append(cell(day, counts[day] ?? 0, answer))
      day = day + 1
    }
    while cells.count % 7 != 0 { cells.append(["day": "", "kind": "", "count": false]) }
    let short = words("calendar.weekdays").split(separator: "|").map(String.init)
    return [
      "month": name(month),
      "weekdays": zip(short, 1...7).map {
        ["short": $0, "full": words("weekday.\($1)")] as View
      },
      "weeks": stride(from: 0, to: cells.count, by: 7).map {
        ["cells": Array(cells[$0..<$0 + 7])] as View
      },
    ]
  }

  private func cell(_ day: Day, _ count: Int, _ answer: EnterpriseCalendar.Answer) -> View {
    var kinds: [String] = []
    if count > 0 { kinds.append("booked") }
    if answer.quiet?.covers(day) == true { kinds.append("quiet") }
    if !answer.calendar.isWorkingDay(day) { kinds.append("weekend") }
    let text = words.counted("visits.count", count)
    return [
      "day": String(day.components.day), "kind": kinds.joined(separator: " "),
      "count": count > 0 ? String(count) as Any : false,
      "name": count > 0 ? "\(words.day(day)) \(text)" : "",
    ]
  }

  // MARK: Wrong or refused

  func text(_ refusal: VisitRefusal, _ rules: VisitRules) -> String {
    words(
      "visit.refusal.\(refusal.rawValue)",
      [
        "n": String(Visit.maximumText), "ceiling": String(rules.ceiling.number),
        "days": String(rules.horizon.number), "moves": String(rules.inspectionMoves.number),
      ])
  }
}

extension Wording {
  /// The parts of a day that a form offers.
  func parts(chosen: String) -> [View] {
    [["value": "", "name": self("visit.part.any"), "chosen": chosen.isEmpty]]
      + options(VisitDate.Part.allCases.map(\.rawValue), named: "visit.part", chosen: chosen)
  }
}
