import Domain
import Testing

@Suite struct LookBackTests {
  /// With a hash that shows its input, the rank is the order of the texts.
  @Test func theRankIsTheHashOfRootZeroAndNumber() {
    var asked: [[UInt8]] = []
    let drawn = LookBackDraw.draw(2, of: [9, 10, 123], root: [7, 8]) { bytes in
      asked.append(bytes)
      return bytes
    }
    #expect(drawn == [10, 123])
    #expect(asked[2] == [7, 8, 0, 0x31, 0x32, 0x33])
  }

  @Test(arguments: [(0, []), (1, [1]), (3, [1, 2, 3]), (9, [1, 2, 3])])
  func noMoreThanThereAre(count: Int, drawn: [Int64]) {
    #expect(LookBackDraw.draw(count, of: [3, 1, 2], root: []) { $0 } == drawn)
  }

  @Test func equalRanksFollowTheirNumbers() {
    #expect(LookBackDraw.draw(3, of: [3, 1, 2], root: []) { _ in [0] } == [1, 2, 3])
  }

  @Test func aPopulationIsItsNumbersALineEach() {
    #expect(LookBackDraw.bytes(of: [10, 9]) == Array("9\n10\n".utf8))
  }

  @Test(arguments: [
    ("20", 100, 20), ("20", 7, 7), ("10%", 101, 11), ("10%", 100, 10), ("1%", 1, 1),
    ("100%", 3, 3),
  ])
  func shares(text: String, population: Int, count: Int) throws {
    let share = try #require(LookBackShare(text))
    #expect(share.count(of: population) == count && share.description == text)
  }

  @Test(arguments: ["0", "-1", "0%", "101%", "1.5%", "07", "+3", "", "%"])
  func noShares(text: String) {
    #expect(LookBackShare(text) == nil)
  }

  /// Both days are part of the period, by the clock of Shanghai.
  @Test func aPeriodIsItsDays() {
    let scope = LookBack.Scope(from: Day("2026-11-01")!, to: Day("2026-11-30")!)
    #expect(scope.start.description == "2026-11-01T00:00:00+08:00")
    #expect(scope.end.description == "2026-12-01T00:00:00+08:00")
  }
}
