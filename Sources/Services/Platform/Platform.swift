import Domain
import Storage

/// What a use case may use: the database, the clock and the campaign's data.
package struct Platform: Sendable {
  package let database: any Database
  package let vault: Vault
  let calendars: CalendarInForce
  package let rules: ClockRules
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
    calendars = CalendarInForce(shipped: data.calendar)
    rules = data.rules
    categories = data.categories
    words = data.words
    industries = data.industries
    self.now = now
  }

  /// The working days in force: the shipped years, each replaced by the database's where it has one.
  /// Cheap: read again only when somebody, on any server, changed them.
  /// - Throws: `StorageError`
  package func calendar(in connection: any Connection) throws -> WorkingCalendar {
    try calendars.calendar(in: connection)
  }

  func surroundings(at now: Instant, in connection: any Connection) throws -> Problem.Surroundings {
    Problem.Surroundings(
      now: now, calendar: try calendar(in: connection), rule: rules.standard,
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
