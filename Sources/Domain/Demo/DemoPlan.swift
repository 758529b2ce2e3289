/// How large a demo city is and what its figures come to (DOMAIN.md 1 and 9). Events are written so that
/// they add up to it; no page knows of it.
package struct DemoPlan: Sendable {
  package enum Size: String, Sendable, CaseIterable {
    case small, full
  }

  package let size: Size
  package let townships: Int
  package let villages: Int
  /// Officials of the village track.
  package let bureau: Int
  package let cityCounty: Int
  package let countyCounty: Int
  package let countySection: Int
  /// Officials of the enterprise track beside the leaders of bureau rank, who serve in both; how many of
  /// them belong to the city's own departments; and who joins in 2023.
  package let enterpriseOfficials: Int
  package let enterpriseCityShare: Int
  package let laterOfficials: Int
  /// Enterprises at the campaign's beginning, and how many join when.
  package let enterprises: [Wave]
  package let keyEnterprises: Int
  /// Enterprises on a white list of the province, the city, the counties.
  package let whiteLists: [Int]
  /// Departments of each county; the first ones of the list.
  package let countyDepartments: Int
  /// Village problems found in 2021 and put right by its end.
  package let villageFound: Int
  package let villagePutRight: Int
  /// Of these the petitions, assigned on so many days.
  package let petitions: Int
  package let petitionsSettled: Int
  package let petitionBatches: Int
  /// Village problems found in 2022, of which nothing was published.
  package let villageNextYear: Int
  /// Enterprise problems that are not legal, found in 2021 and in 2022, all completed by its end.
  package let enterpriseFound: [Int]
  /// Of those how many rounds were rated at the first time of asking, and rated dissatisfied.
  package let rated: Int
  package let dissatisfied: Int
  /// What that comes to, of a thousand rated rounds.
  package let satisfactionPerMille: Int
  package let legal: Int
  /// Problems a month of each track after 2022.
  package let monthly: Int
  /// Common-cause batches and how many problems each has; they are among those found.
  package let batches: Int
  package let batchSize: Int
  /// Of a hundred closed problems those that are looked at again.
  package let lookBackPercent: Int
  package let visitsAMonth: Int

  package struct Wave: Sendable {
    package let day: Day
    package let count: Int
  }

  /// The campaign's first day; the village track's plan is of 6 July 2021 (许昌日报 2021-12-31).
  package static let begins = Day("2021-01-04")!
  package static let villageBegins = Day("2021-07-06")!
  package static let firstYearEnds = Day("2021-12-31")!
  package static let publishedEnd = Day("2022-12-31")!

  package static func of(_ size: Size) -> DemoPlan { size == .small ? small : full }

  private static func waves(_ counts: Int...) -> [Wave] {
    zip(["2021-01-05", "2022-03-01", "2023-05-08", "2024-03-04"], counts).map {
      Wave(day: Day($0)!, count: $1)
    }
  }

  package static let full = DemoPlan(
    size: .full, townships: 107, villages: 2_349, bureau: 32, cityCounty: 251, countyCounty: 253,
    countySection: 2_201, enterpriseOfficials: 2_630, enterpriseCityShare: 520, laterOfficials: 33,
    enterprises: waves(3_260, 252, 263, 200), keyEnterprises: 420, whiteLists: [211, 812, 161],
    countyDepartments: 22, villageFound: 4_834, villagePutRight: 4_110, petitions: 407,
    petitionsSettled: 271, petitionBatches: 9, villageNextYear: 1_500,
    enterpriseFound: [3_251, 902], rated: 3_590, dissatisfied: 7, satisfactionPerMille: 998,
    legal: 66, monthly: 20,
    batches: 8, batchSize: 24, lookBackPercent: 5, visitsAMonth: 60)

  package static let small = DemoPlan(
    size: .small, townships: 14, villages: 30, bureau: 2, cityCounty: 3, countyCounty: 14,
    countySection: 12, enterpriseOfficials: 28, enterpriseCityShare: 8, laterOfficials: 1,
    enterprises: waves(50, 5, 3, 2), keyEnterprises: 8, whiteLists: [3, 11, 2],
    countyDepartments: 22, villageFound: 80, villagePutRight: 68, petitions: 12,
    petitionsSettled: 8, petitionBatches: 9, villageNextYear: 90, enterpriseFound: [54, 15],
    rated: 60, dissatisfied: 1, satisfactionPerMille: 984, legal: 6, monthly: 3, batches: 1,
    batchSize: 5,
    lookBackPercent: 10, visitsAMonth: 3)

  /// Village problems found in 2021 that were not put right by its end.
  package var villageLeft: Int { villageFound - villagePutRight }
  package var enterprisesInAll: Int { enterprises.reduce(0) { $0 + $1.count } }
  /// Both tracks; the leaders once.
  package var officials: Int {
    bureau + cityCounty + countyCounty + countySection + enterpriseOfficials + laterOfficials
  }
}
