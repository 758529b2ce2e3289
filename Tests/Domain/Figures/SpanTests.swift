import Domain
import Testing

/// What figures see of a problem at each instant.
@Suite struct SpanTests {
  private func count(
    _ code: String, _ problem: Problem, at instant: Instant, known: Instant? = nil
  ) -> Tally {
    var columns = FigureColumns(for: FigureRules.definitions.figures)
    columns.append(problem.figureRows)
    return columns.count(
      FigureRules.definitions[code]!, FigureQuery(asOf: instant, knownOn: known)
    ).total
  }

  /// Claimed a day after, closed two days after: each instant sees what had come to pass before it.
  @Test func everyInstantSeesWhatHadComeToPass() throws {
    var play = try LoopPlay(.enterprise)
    let registered = play.now
    try play.toAssigned()
    play.pass(days: 1)
    try play.claim()
    play.pass(days: 1)
    try play.act(.verify(passed: true, text: "属实"))
    let rated = play.now
    let problem = play.problem
    #expect(count("found_count", problem, at: registered).denominator == 0)
    #expect(count("found_count", problem, at: registered + 1).denominator == 1)
    #expect(count("open_by_lamp", problem, at: registered + 1).shares == ["green": 1])
    #expect(count("open_by_lamp", problem, at: rated + 1).shares == ["grey": 1])
    // Neither rated nor closed: it is not yet asked whether anybody is satisfied.
    #expect(count("satisfaction", problem, at: rated + 1).exclusions == [0])
    #expect(problem.spans.count == 1)
  }

  /// 13710: a general problem is due on the seventh day. Its end is the deadline.
  @Test func overdueBeginsWithTheEndOfTheDueDay() throws {
    var play = try LoopPlay(.village)
    try play.toAssigned()
    let due = try #require(play.problem.round?.lead?.finalDue?.instant)
    #expect(count("overdue_count", play.problem, at: due + -1).denominator == 0)
    #expect(count("overdue_count", play.problem, at: due).denominator == 1)
    #expect(count("on_time_rate", play.problem, at: due).denominator == 1)
    #expect(count("on_time_rate", play.problem, at: due).numerator == 0)
  }

  /// A check that fails opens the next round; the first keeps what happened in it.
  @Test func aRoundThatEndedIsStillARound() throws {
    var play = try LoopPlay(.enterprise)
    try play.toClaimed()
    play.pass(days: 1)
    try play.act(.verify(passed: false, text: "没有出水"))
    play.pass(days: 1)
    let now = play.now
    #expect(count("redo_rate", play.problem, at: now).numerator == 1)
    #expect(count("objection_rate", play.problem, at: now).denominator == 2)
    // One problem, whatever its rounds.
    #expect(count("found_count", play.problem, at: now).denominator == 1)
  }

  /// Found a week before it was registered: as known then it was not there, as known now it was.
  @Test func whatWasRegisteredLateIsKnownOnlyLater() throws {
    let registered = Instant(startOf: Day("2026-11-20")!) + 36_000
    let problem = Problem(
      id: ProblemID(7),
      registered: .init(
        number: 1, track: .village, title: "机井损坏", detail: "", concerns: "河湾村",
        foundOn: Day("2026-11-10")!), at: registered)
    let between = Instant(startOf: Day("2026-11-15")!)
    #expect(count("found_count", problem, at: between).denominator == 0)
    #expect(count("found_count", problem, at: between, known: registered + 1).denominator == 1)
    #expect(count("found_count", problem, at: between, known: registered).denominator == 0)
    let before = Instant(startOf: Day("2026-11-10")!)
    #expect(count("found_count", problem, at: before, known: registered + 1).denominator == 0)
  }
}
