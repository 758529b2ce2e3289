import Domain
import Storage

/// What a use case may use: the database, the clock and the campaign's data.
package struct Platform: Sendable {
  package let database: any Database
  package let vault: Vault
  package let calendar: WorkingCalendar
  package let categories: [Category]
  package let words: WordTables
  package let industries: IndustryTable
  package let now: @Sendable () -> Instant

  package init(
    database: any Database, vault: Vault, data: CampaignData,
    now: @escaping @Sendable () -> Instant
  ) {
    self.database = database
    self.vault = vault
    calendar = data.calendar
    categories = data.categories
    words = data.words
    industries = data.industries
    self.now = now
  }

  func surroundings(at now: Instant) -> Problem.Surroundings {
    Problem.Surroundings(
      now: now, calendar: calendar, rule: .rule13710,
      categories: Dictionary(grouping: categories, by: \.track).mapValues { Set($0.map(\.code)) })
  }
}

/// A kind of problem within a track (DOMAIN.md 7).
package struct Category: Hashable, Sendable, Codable {
  package let track: Track
  package let code: String
  package let zh: String
  package let en: String
}
