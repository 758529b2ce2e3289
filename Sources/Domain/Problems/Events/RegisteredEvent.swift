extension ProblemEvent {
  package struct Registered: Hashable, Sendable, Codable {
    package var number: Int64
    package var track: Track
    package var title: String
    package var detail: String
    /// The village or township concerned, where it is in the unit tree.
    package var concernsUnit: UnitID?
    /// The enterprise concerned, where it is in the register.
    package var concernsEnterprise: EnterpriseID?
    /// Whom it concerns, in words.
    package var concerns: String
    package var foundOn: Day
    /// How it came in and the numbers it has there; none in entries before sources were kept.
    package var sources: [Source]?
    /// The problem it was a part of.
    package var splitFrom: ProblemID?
    /// Milestones that run from registration.
    package var due: [Due]?
    /// County, township and village it lies in, as the tree was then: figures of that day stay what they
    /// were when the tree changes. Nil in entries before it was kept.
    package var area: Area?
    /// How it was found; nil in entries before it was kept.
    package var origin: Origin?
    /// By which link another instance handed it up, and under which of its numbers.
    package var handing: Problem.Handing?

    package init(
      number: Int64 = 0, track: Track, title: String, detail: String, concernsUnit: UnitID? = nil,
      concernsEnterprise: EnterpriseID? = nil, concerns: String, foundOn: Day,
      sources: [Source]? = nil, splitFrom: ProblemID? = nil, due: [Due]? = nil,
      area: Area? = nil, origin: Origin? = nil, handing: Problem.Handing? = nil
    ) {
      self.number = number
      self.track = track
      self.title = title
      self.detail = detail
      self.concernsUnit = concernsUnit
      self.concernsEnterprise = concernsEnterprise
      self.concerns = concerns
      self.foundOn = foundOn
      self.sources = sources
      self.splitFrom = splitFrom
      self.due = due
      self.area = area
      self.origin = origin
      self.handing = handing
    }
  }

  /// Where a problem came from: `12345 hotline`, and the number it has there.
  package struct Source: Hashable, Sendable, Codable {
    package var channel: String
    package var number: String

    package init(channel: String, number: String) {
      (self.channel, self.number) = (channel, number)
    }
  }

  package struct Declined: Hashable, Sendable, Codable {
    package var reason: String
    /// The legal way to go instead.
    package var instead: String

    package init(reason: String, instead: String) {
      (self.reason, self.instead) = (reason, instead)
    }
  }

  package struct Judged: Hashable, Sendable, Codable {
    package var category: String
    package var difficulty: Difficulty
    /// The layer that is to solve it; nil where none was named.
    package var tier: String?
    package var tierDue: Instant?
    package var note: String

    package init(
      category: String, difficulty: Difficulty, tier: String? = nil, tierDue: Instant? = nil,
      note: String
    ) {
      (self.category, self.difficulty, self.note) = (category, difficulty, note)
      (self.tier, self.tierDue) = (tier, tierDue)
    }
  }

  /// What the records of an earlier system, or a spreadsheet, say of a problem that is taken over.
  /// Days, since they know no more; the platform saw none of it happen.
  package struct TakenOver: Hashable, Sendable, Codable {
    package var category: String?
    package var unit: UnitID?
    package var judgedOn: Day?
    package var assignedOn: Day?
    package var dueOn: Day?
    package var claimedOn: Day?
    package var closedOn: Day?
    package var outcome: Outcome?
    package var rating: Rating?

    package init() {}
  }
}
