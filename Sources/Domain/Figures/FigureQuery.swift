/// What is asked of a figure: as of when, known when, of which period, where, and divided by what.
package struct FigureQuery: Hashable, Sendable {
  /// The instant the figure speaks of: what came to pass before it counts. The end of a day is the
  /// beginning of the next.
  package var asOf: Instant
  /// What was registered later is left out: `asOf` itself shows what was known then, a later instant what
  /// is known now. Never before `asOf`.
  package var knownOn: Instant
  /// Both ends included; nil for all up to the instant.
  package var period: Period?
  /// Only of one county, township or village.
  package var area: Area?
  package var track: Track?
  /// Only what this unit leads.
  package var handler: UnitID?
  package var dimension: Dimension?

  package init(
    asOf: Instant, knownOn: Instant? = nil, period: Period? = nil, area: Area? = nil,
    track: Track? = nil, handler: UnitID? = nil, by dimension: Dimension? = nil
  ) {
    self.asOf = asOf
    self.knownOn = max(asOf, knownOn ?? asOf)
    (self.period, self.area, self.track) = (period, area, track)
    (self.handler, self.dimension) = (handler, dimension)
  }

  package struct Period: Hashable, Sendable, Codable {
    package let from: Day
    package let to: Day

    package init(from: Day, to: Day) { (self.from, self.to) = (from, to) }
  }

  package struct Area: Hashable, Sendable {
    package let level: UnitLevel
    package let unit: UnitID

    package init(level: UnitLevel, unit: UnitID) { (self.level, self.unit) = (level, unit) }
  }

  package enum Dimension: String, Hashable, Sendable, CaseIterable {
    case county, township, village
    /// The unit that leads.
    case unit
    case track, category, difficulty, tier, origin
    /// The day it became a member of the period; of a figure without one, nothing.
    case day
  }
}
