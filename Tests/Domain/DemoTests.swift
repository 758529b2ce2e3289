import Domain
import Testing

@Suite struct DemoTests {
  /// SplitMix64's published first outputs for the seed 1234567 (Vigna, prng.di.unimi.it).
  @Test func diceAreSplitMix() {
    var dice = Dice(seed: 1_234_567)
    let first = (0..<5).map { _ in dice.next() }
    #expect(
      first == [
        6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423,
        4_593_380_528_125_082_431, 16_408_922_859_458_223_821,
      ])
  }

  @Test func delaysLieAboutTheirMedian() {
    var dice = Dice(seed: 3)
    let delays = (0..<10_001).map { _ in dice.delay(10) }.sorted()
    #expect(delays.first! >= 3.1 && delays.last! <= 32.4)
    #expect((9.5...10.5).contains(delays[5_000]))
  }

  @Test(arguments: [
    (10, [1, 1, 1], [4, 3, 3]), (7, [5, 3, 2], [4, 2, 1]), (0, [1, 2], [0, 0]),
    (2_349, [640, 365, 385, 440, 75, 340, 50, 32, 22], [640, 365, 385, 440, 75, 340, 50, 32, 22]),
  ])
  func partsAddUp(total: Int, weights: [Int], parts: [Int]) {
    #expect(apportion(total, by: weights) == parts)
  }

  /// Published: DOMAIN.md 1.
  @Test func theFullCityHasThePublishedSize() {
    let plan = DemoPlan.full
    #expect((plan.townships, plan.villages) == (107, 2_349))
    #expect(plan.bureau + plan.cityCounty + plan.countyCounty + plan.countySection == 2_737)
    #expect(plan.officials == 5_400)
    #expect(plan.enterprisesInAll == 3_975)
    #expect(plan.enterprises[0].count + plan.enterprises[1].count == 3_512)
    #expect((plan.villageFound, plan.villagePutRight) == (4_834, 4_110))
    #expect(plan.enterpriseFound == [3_251, 902])
  }

  /// Thursday 2021-09-30 16:30, before the National Day holidays, which end on Thursday 7 October; Saturday
  /// the 9th is worked.
  @Test(arguments: [
    (0.5, "2021-09-30T17:00:00+08:00"), (2.0, "2021-10-08T10:00:00+08:00"),
    (9.0, "2021-10-08T17:00:00+08:00"), (10.0, "2021-10-09T09:30:00+08:00"),
  ])
  func officesWorkInTheirHours(hours: Double, expected: String) {
    func entry(_ day: String, _ isOff: Bool) -> WorkingCalendar.Entry {
      .init(day: Day(day)!, name: "国庆节", isOff: isOff)
    }
    let calendar = WorkingCalendar(years: [
      2021: (1...7).map { entry("2021-10-0\($0)", true) } + [entry("2021-10-09", false)]
    ])
    let start = Instant(startOf: Day("2021-09-30")!) + 16 * 3600 + 1800
    #expect(OfficeTime(calendar).after(start, hours: hours).description == expected)
  }
}
