import Domain
import Services
import Storage
import TestSupport
import Testing

/// Reminders, urging orders and recommendations come when DOMAIN.md 4 and 5 say, each once.
@Suite struct TimerTests {
  /// A problem that nobody touches after its assignment. Due dates: the vectors of DOMAIN.md 4 and, for
  /// March, the same rules by hand (5, 7 → 9 and 11 March 2026).
  private static let untouched: [(assigned: String, until: String, climbs: [String])] = [
    (
      "2026-03-04 10:00", "2026-03-20 18:00",
      [
        "03-05 12:00 reminded acknowledge", "03-06 09:00 urged acknowledge",
        "03-09 09:00 reminded first_feedback", "03-09 16:00 reminded solve_general",
        "03-10 09:00 urged first_feedback", "03-12 09:00 urged solve_general",
        // One a leg.
        "03-13 09:00 accountability_drafted acknowledge",
      ]
    ),
    // Spring Festival: 15 to 23 February off, Saturdays 14 and 28 worked.
    (
      "2026-02-12 10:00", "2026-03-04 18:00",
      [
        "02-13 12:00 reminded acknowledge", "02-14 09:00 urged acknowledge",
        "02-24 09:00 reminded first_feedback", "02-24 09:00 reminded solve_general",
        "02-25 09:00 urged first_feedback", "02-25 09:00 urged solve_general",
        "02-28 09:00 accountability_drafted acknowledge",
      ]
    ),
  ]

  @Test(arguments: Engine.available, untouched)
  func rungsAreClimbedInWorkingHours(
    engine: Engine, example: (assigned: String, until: String, climbs: [String])
  ) async throws {
    try await LoopDesk.run(on: engine) { desk in
      desk.test.set(example.assigned)
      let id = try await desk.assigned().id
      try await desk.fireHourly(until: example.until)
      #expect(try await desk.climbs(id) == example.climbs)
    }
  }

  /// Nothing ran from the assignment until the 16th.
  @Test(arguments: Engine.available)
  func afterAStopAllComeInOrderEachOnce(engine: Engine) async throws {
    try await LoopDesk.run(on: engine) { desk in
      desk.test.set("2026-03-04 10:00")
      let id = try await desk.assigned().id
      desk.test.set("2026-03-16 03:00")
      #expect(try await desk.fire() == 0)
      desk.test.set("2026-03-16 10:00")
      try await desk.fire()
      let kinds = try await desk.steps(id).compactMap { LoopInvariants.climb($0.event) }.map {
        "\($0.rung!) \($0.milestone!.rawValue)"
      }
      #expect(
        kinds == [
          "reminder acknowledge", "urging acknowledge", "reminder first_feedback",
          "reminder solve_general", "urging first_feedback", "urging solve_general",
        ])
      #expect(try await desk.fire() == 0)
      // Five working days after the orders really went out.
      try await desk.fireHourly(until: "2026-03-27 18:00")
      #expect(
        try await desk.climbs(id).dropFirst(6) == [
          "03-23 09:00 accountability_drafted acknowledge"
        ])
    }
  }

  @Test(arguments: Engine.available)
  func noRecommendationUnderAnApprovedExtension(engine: Engine) async throws {
    try await LoopDesk.run(on: engine) { desk in
      desk.test.set("2026-03-04 10:00")
      let id = try await desk.assigned().id
      try await desk.fireHourly(until: "2026-03-06 10:00")
      try await desk.act(
        .askExtension(leg: nil, until: Day("2026-03-20")!, text: "缺配件"), on: id, by: .water)
      try await desk.act(
        .decideExtension(leg: nil, approved: true, text: "同意"), on: id, by: .office)
      try await desk.fireHourly(until: "2026-03-20 18:00")
      let climbs = try await desk.climbs(id)
      #expect(!climbs.contains { $0.contains("accountability") })
      #expect(climbs.contains("03-06 09:00 urged acknowledge"))
      #expect(!climbs.contains { $0.contains("urged solve_general") })
    }
  }

  /// Another day is another milestone: missed again, it is urged and recommended as the first was.
  @Test func anExtendedDayCanBeMissedToo() async throws {
    try await LoopDesk.run(on: .sqlite) { desk in
      desk.test.set("2026-03-04 10:00")
      let id = try await desk.assigned().id
      desk.test.set("2026-03-11 20:00")
      try await desk.act(
        .askExtension(leg: nil, until: Day("2026-03-20")!, text: "缺配件"), on: id, by: .water)
      try await desk.fireHourly(until: "2026-03-12 10:00")
      try await desk.act(
        .decideExtension(leg: nil, approved: true, text: "同意"), on: id, by: .office)
      try await desk.fireHourly(until: "2026-04-10 18:00")
      // Due on Friday the 20th, urged on Monday, five working days later a draft.
      #expect(
        try await desk.climbs(id).filter { $0.contains("solve_general") && !$0.contains("remind") }
          == [
            "03-12 09:00 urged solve_general", "03-23 09:00 urged solve_general",
            "03-30 09:00 accountability_drafted solve_general",
          ])
    }
  }

  /// The second order does not put off what the first one set going.
  @Test func urgingByHandAgainDoesNotGiveMoreTime() async throws {
    try await LoopDesk.run(on: .sqlite) { desk in
      desk.test.set("2026-03-04 10:00")
      let id = try await desk.assigned().id
      try await desk.act(.urge(leg: nil, text: "抓紧"), on: id, by: .office)
      desk.test.set("2026-03-05 10:00")
      try await desk.act(.urge(leg: nil, text: "抓紧"), on: id, by: .office)
      try await desk.fireHourly(until: "2026-03-13 18:00")
      // Missed on the 5th: the wait begins then, not with the order that came before.
      #expect(
        try await desk.climbs(id).filter { $0.contains("accountability") }
          == ["03-12 09:00 accountability_drafted acknowledge"])
    }
  }

  /// What ends a cause takes its timers away in the same transaction.
  @Test(arguments: Engine.available)
  func timersGoWithTheirCause(engine: Engine) async throws {
    try await LoopDesk.run(on: engine) { desk in
      let other = try await desk.assigned().registration.number
      let review = desk.platform.now().day + 30
      let all = ["acknowledge", "first_feedback", "solve_general"]
      let cases: [(ActOnProblem.Request, Person, [String])] = [
        (.command(.acknowledge(leg: nil)), .water, ["first_feedback", "solve_general"]),
        (.command(.feedback(leg: nil, text: "已派人")), .water, ["solve_general"]),
        (.command(.claim(outcome: .solved, result: "好了", evidence: "照片")), .water, []),
        (.command(.withdraw(leg: nil, text: "错派")), .office, []),
        (.command(.suspend(leg: nil, text: "鉴定", basis: "条例")), .office, []),
        (.merge(into: other, text: "重复"), .office, []),
        (.command(.shelve(.funds, text: "缺资金", reviewOn: review)), .director, ["review"]),
        (.command(.refer(.legal, to: "法院", text: "诉讼")), .office, []),
        (.command(.urge(leg: nil, text: "抓紧")), .office, all + ["after acknowledge"]),
      ]
      let closed = try await desk.rate(desk.verify(desk.claimed()), .satisfied).id
      try await desk.act(.close, on: closed, by: .office)
      #expect(try await desk.timers(closed).isEmpty)
      for (request, person, left) in cases {
        let id = try await desk.assigned().id
        #expect(try await desk.timers(id) == all)
        try await desk.act(request, on: id, by: person)
        #expect(try await desk.timers(id) == left, "\(request.action)")
      }
      let suspended = try await desk.assigned().id
      try await desk.act(.suspend(leg: nil, text: "鉴定", basis: "条例"), on: suspended, by: .office)
      try await desk.act(.resume(leg: nil, text: "已出结果"), on: suspended, by: .office)
      #expect(try await desk.timers(suspended) == all)
    }
  }
}

extension LoopDesk {
  func fireHourly(until end: String) async throws {
    let (day, hour) = (Day(end.prefix(10))!, Int64(end.dropFirst(11).prefix(2))!)
    let last = Instant(startOf: day) + hour * 3600
    while platform.now() < last {
      test.advance(seconds: 3600)
      try await fire()
    }
  }

  /// `03-05 12:00 reminded acknowledge`; what came at the same time is sorted.
  func climbs(_ id: ProblemID) async throws -> [String] {
    try await steps(id).compactMap { step in
      guard let climb = LoopInvariants.climb(step.event), climb.rung != nil else { return nil }
      let kind = ProblemEventCodec.kind(of: step.event).dropFirst("problem.".count)
      let at = step.at.description.dropFirst(5).prefix(11).replacing("T", with: " ")
      return "\(at) \(kind) \(climb.milestone?.rawValue ?? "-")"
    }.sorted()
  }

  /// What there are timers for, once each; recommendations say so.
  func timers(_ id: ProblemID) async throws -> [String] {
    let found = try await platform.database.read { connection in
      try connection.rows(
        "select rung, milestone from problem_timers where problem_id = ?1", [id]
      ) { row in
        let (rung, milestone) = (try row.text(0), try row.text(1))
        return milestone.isEmpty
          ? rung : rung == "accountability" ? "after \(milestone)" : milestone
      }
    }
    let order = ["acknowledge", "first_feedback", "solve_general", "after acknowledge", "review"]
    return order.filter(found.contains) + Set(found).subtracting(order).sorted()
  }
}
