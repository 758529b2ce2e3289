import Domain
import Testing

@Suite struct IntervalTests {
  /// R. G. Newcombe, Statistics in Medicine 17 (1998) 857–872, table I, method 3 (Wilson).
  @Test(arguments: [
    (81, 263, 25.53, 36.62), (15, 148, 6.24, 16.05), (0, 20, 0, 16.11), (1, 29, 0.61, 17.18),
  ])
  func wilsonsBoundsAreThePublishedOnes(_ r: Int, _ n: Int, _ low: Double, _ high: Double) throws {
    let interval = try #require(Interval.wilson(r, of: n))
    #expect(abs(interval.low - low) < 0.005 && abs(interval.high - high) < 0.005)
  }

  @Test func allAndNothingTouchTheEdgeAndNoMore() throws {
    #expect(Interval.wilson(0, of: 0) == nil)
    #expect(try #require(Interval.wilson(7, of: 7)).high == 100)
    #expect(try #require(Interval.wilson(0, of: 7)).low == 0)
  }

  /// Freireich et al. (1963), remission in weeks under 6-MP; the estimates are those of Cox and Oakes,
  /// Analysis of Survival Data (1984), table 1.1 and section 4.3.
  @Test func theSurvivalCurveIsThePublishedOne() {
    let ended = [6: 3, 7: 1, 10: 1, 13: 1, 16: 1, 22: 1, 23: 1]
    let waiting = [6: 1, 9: 1, 10: 1, 11: 1, 17: 1, 19: 1, 20: 1, 25: 1, 32: 2, 34: 1, 35: 1]
    let steps = SurvivalStep.curve(ended: ended, waiting: waiting)
    let expected = [
      (6, 85.7), (7, 80.7), (10, 75.3), (13, 69.0), (16, 62.7), (22, 53.8), (23, 44.8),
    ]
    #expect(steps.map(\.hours) == expected.map(\.0))
    for (step, (_, open)) in zip(steps, expected) { #expect(abs(step.open - open) < 0.06) }
  }

  /// Nearest rank: of 1, 2, 3, 4 the median is 2, nine tenths is 4.
  @Test func quantilesAreValuesThatCameUp() throws {
    let definition = try #require(FigureRules.definitions["solving_time"])
    var tally = Tally(definition)
    #expect(tally.quantile(0.5) == nil)
    tally.hours = [1: 1, 2: 1, 3: 1, 4: 1]
    #expect(tally.quantile(0.5) == 2 && tally.quantile(0.9) == 4)
    tally.hours = [5: 99, 100: 1]
    #expect(tally.quantile(0.9) == 5 && tally.quantile(1) == 100)
  }

  /// on_time_rate: 95, 85 and 70 % are the limits; redo_rate: 2, 5 and 10 %, fewer is better.
  @Test(arguments: [
    ("on_time_rate", 95, 100, "A"), ("on_time_rate", 94, 100, "B"), ("on_time_rate", 70, 100, "C"),
    ("on_time_rate", 69, 100, "D"), ("on_time_rate", 9, 9, "-"), ("redo_rate", 2, 100, "A"),
    ("redo_rate", 11, 100, "D"), ("objection_rate", 1, 100, "-"),
  ])
  func gradesNeedEnoughToBeFair(_ code: String, _ part: Int, _ whole: Int, _ grade: String) throws {
    let definition = try #require(FigureRules.definitions[code])
    var tally = Tally(definition)
    (tally.numerator, tally.denominator) = (part, whole)
    #expect(Grade(tally, definition, minimum: 10)?.rawValue ?? "-" == grade)
  }
}
