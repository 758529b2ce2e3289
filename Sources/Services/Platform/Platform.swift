import Domain
import Outgoing
import Storage

/// What a use case may use: the database, the clock and the campaign's data.
package final class Platform: Sendable {
  package let database: any Database
  package let vault: Vault
  let calendars: CalendarInForce
  let figures: FigureCache
  let tokens: TokenCache
  let spans: FigureStore
  let nodes: LedgerNodes
  package let rules: ClockRules
  package let procedures: Procedures
  package let categories: [Category]
  package let words: WordTables
  package let industries: IndustryTable
  package let definitions: Definitions
  package let scoreFormula: ScoreFormula
  package let reports: ReportLayout
  package let hints: CategoryHints
  package let pairingRules: PairingRules
  package let visitRules: VisitRules
  package let signInRules: SignInRules
  /// Where the platform may send to.
  package let addressRules: AddressRules
  package let gateways: MessageGateways
  package let now: @Sendable () -> Instant
  private let categoryCodes: [Track: Set<String>]

  package init(
    database: any Database, vault: Vault, data: CampaignData,
    signInRules: SignInRules = SignInRules(), addressRules: AddressRules = AddressRules(),
    gateways: MessageGateways = MessageGateways(),
    now: @escaping @Sendable () -> Instant
  ) {
    self.database = database
    self.vault = vault
    calendars = CalendarInForce(shipped: data.calendar)
    figures = FigureCache()
    tokens = TokenCache()
    nodes = LedgerNodes()
    rules = data.rules
    procedures = data.procedures
    categories = data.categories
    categoryCodes = Dictionary(grouping: data.categories, by: \.track).mapValues {
      Set($0.map(\.code))
    }
    words = data.words
    industries = data.industries
    definitions = data.definitions
    spans = FigureStore(data.definitions.figures)
    scoreFormula = data.scoreFormula
    reports = data.reports
    hints = data.hints
    pairingRules = data.pairingRules
    visitRules = data.visitRules
    self.signInRules = signInRules
    self.addressRules = addressRules
    self.gateways = gateways
    self.now = now
  }

  private init(
    _ other: Platform, _ database: any Database, _ now: @escaping @Sendable () -> Instant
  ) {
    self.database = database
    self.now = now
    vault = other.vault
    calendars = other.calendars
    figures = other.figures
    tokens = other.tokens
    spans = other.spans
    nodes = other.nodes
    rules = other.rules
    procedures = other.procedures
    categories = other.categories
    words = other.words
    industries = other.industries
    definitions = other.definitions
    scoreFormula = other.scoreFormula
    reports = other.reports
    hints = other.hints
    pairingRules = other.pairingRules
    visitRules = other.visitRules
    signInRules = other.signInRules
    addressRules = other.addressRules
    gateways = other.gateways
    categoryCodes = other.categoryCodes
  }

  /// The working days in force: the shipped years, each replaced by the database's where it has one.
  /// Cheap: read again only when somebody, on any server, changed them.
  /// - Throws: `StorageError`
  package func calendar(in connection: any Connection) throws -> WorkingCalendar {
    try calendars.calendar(in: connection)
  }

  /// The same platform with another clock: for rehearsals and tests.
  package func running(by now: @escaping @Sendable () -> Instant) -> Platform {
    Platform(self, database, now)
  }

  /// The same platform on another view of its database.
  func working(on database: any Database) -> Platform {
    Platform(self, database, now)
  }

  /// What the rows of problems depend on.
  package func loop(in connection: any Connection) throws -> ProblemRules {
    ProblemRules(procedures: procedures, calendar: try calendar(in: connection))
  }

  /// What decisions about problems of a track may look at.
  /// - Throws: `UseCaseError.unknownTrack` for a track whose procedure was taken away.
  package func surroundings(
    of track: Track, at now: Instant, in connection: any Connection
  ) throws -> Problem.Surroundings {
    guard let procedure = procedures[track], let rule = rules[procedure.clock] else {
      throw UseCaseError.unknownTrack(track)
    }
    return Problem.Surroundings(
      now: now, calendar: try calendar(in: connection), procedure: procedure, rule: rule,
      categories: categoryCodes[track] ?? [])
  }
}

/// A kind of problem within a track (DOMAIN.md 7).
package struct Category: Hashable, Sendable, Codable {
  package let track: Track
  package let code: String
  package let zh: String
  package let en: String
}
