/// The sample of a period: which closed problems are looked at again.
package struct LookBack: Hashable, Sendable {
  /// Whose closures the population is made of.
  package struct Scope: Hashable, Sendable {
    /// Both days are part of the period, in Asia/Shanghai.
    package let from: Day
    package let to: Day
    /// Nil for all tracks.
    package let track: Track?
    /// Those handled by the unit or one below it; nil for all.
    package let unit: UnitID?

    package init(from: Day, to: Day, track: Track? = nil, unit: UnitID? = nil) {
      self.from = from
      self.to = to
      self.track = track
      self.unit = unit
    }

    package var start: Instant { Instant(startOf: from) }
    /// The first instant that is not part of it.
    package var end: Instant { Instant(startOf: to + 1) }
  }

  package let id: LookBackID
  package let scope: Scope
  package let share: LookBackShare
  /// The ledger's root that the draw was made with, and how many entries it is of.
  package let root: [UInt8]
  package let size: Int64
  /// How many problems were closed in the period, and the digest of their numbers.
  package let population: Int
  package let populationDigest: [UInt8]
  package let drawnAt: Instant
  package let drawnBy: Actor

  package init(
    id: LookBackID, scope: Scope, share: LookBackShare, root: [UInt8], size: Int64,
    population: Int, populationDigest: [UInt8], drawnAt: Instant, drawnBy: Actor
  ) {
    self.id = id
    self.scope = scope
    self.share = share
    self.root = root
    self.size = size
    self.population = population
    self.populationDigest = populationDigest
    self.drawnAt = drawnAt
    self.drawnBy = drawnBy
  }

  /// A problem that was drawn.
  package struct Item: Hashable, Sendable {
    package let problem: ProblemID
    package let number: Int64
    /// From 1, the order in which they were drawn.
    package let rank: Int
    /// Nil until somebody has looked.
    package let passed: Bool?
    package let checkedAt: Instant?

    package init(
      problem: ProblemID, number: Int64, rank: Int, passed: Bool? = nil, checkedAt: Instant? = nil
    ) {
      self.problem = problem
      self.number = number
      self.rank = rank
      self.passed = passed
      self.checkedAt = checkedAt
    }
  }
}

package struct LookBackID: NumberedID {
  package let value: Int64
  package init(_ value: Int64) { self.value = value }
}

/// What the ledger keeps of a draw. Digests are hexadecimal.
package struct LookBackDrawn: Hashable, Sendable, Codable {
  package let from: Day
  package let to: Day
  package let track: Track?
  package let unit: UnitID?
  package let share: LookBackShare
  package let root: String
  package let size: Int64
  package let population: Int
  package let populationDigest: String
  /// In the order of rank.
  package let numbers: [Int64]

  package init(_ lookBack: LookBack, root: String, populationDigest: String, numbers: [Int64]) {
    from = lookBack.scope.from
    to = lookBack.scope.to
    track = lookBack.scope.track
    unit = lookBack.scope.unit
    share = lookBack.share
    self.root = root
    size = lookBack.size
    population = lookBack.population
    self.populationDigest = populationDigest
    self.numbers = numbers
  }
}

/// Why no sample is drawn. Text comes from the catalogue.
package enum LookBackRefusal: String, Error, Sendable, CaseIterable {
  /// It ends before it begins.
  case period
  /// It does not begin with a month and end with one.
  case months
  /// It has not ended yet.
  case open
  /// No root was recorded since its end that has all that came before.
  case root
  /// This period was drawn.
  case drawn
  /// Nothing was closed in it.
  case nobody
  case unknown
}

extension LookBack.Scope {
  package var isWholeMonths: Bool {
    from.components.day == 1 && (to + 1).components.day == 1
  }
}
