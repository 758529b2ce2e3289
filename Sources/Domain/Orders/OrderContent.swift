/// All that an order says, frozen when it is issued: names are those of that day. It stands whole in
/// the ledger: fields are added as optionals, never renamed. It holds no phone and no ID numbers.
package struct OrderContent: Hashable, Sendable, Codable {
  package var kind: OrderKind
  package var track: Track
  package var problem: ProblemID
  package var problemNumber: Int64
  /// The problem's title.
  package var title: String
  /// What the problem is.
  package var detail: String
  /// What is demanded.
  package var demand: String
  /// Whom the problem concerns, in words.
  package var concerns: String
  /// Whom it is sent to 主送.
  package var addressee: Party
  /// The unit it is about, where that is not the addressee: an accountability recommendation goes to
  /// the supervision office and is about the handler.
  package var about: Party?
  /// The leg of the assignment, 0 where it is about the whole problem.
  package var leg = 0
  package var round = 0
  /// The addressee's part in the leg.
  package var role: LegPart?
  /// The clock rule its milestones come from.
  package var rule: String?
  package var ruleVersion: Int?
  package var milestones: [Milestone] = []
  package var figures: [Figure] = []
  package var causes: [Cause] = []
  /// The order it follows: an urging order's assignment order.
  package var follows: Reference?
  package var revokes: Revoked?
  /// Who gets a copy 抄送, in words.
  package var copies: [String] = []
  /// The issuing office's name 发文机关.
  package var signatory: String
  package var note = ""

  package init(
    kind: OrderKind, track: Track, problem: ProblemID, problemNumber: Int64, title: String,
    detail: String, demand: String, concerns: String, addressee: Party, signatory: String
  ) {
    (self.kind, self.track) = (kind, track)
    (self.problem, self.problemNumber) = (problem, problemNumber)
    (self.title, self.detail, self.demand) = (title, detail, demand)
    (self.concerns, self.addressee, self.signatory) = (concerns, addressee, signatory)
  }

  /// The unit that has to act or answer, and may ask for review.
  package var answerable: Party { about ?? addressee }
}

extension OrderContent {
  /// A unit, or a body outside the tree, as it was called.
  package struct Party: Hashable, Sendable, Codable {
    package var unit: UnitID?
    package var name: String

    package init(unit: UnitID?, name: String) {
      (self.unit, self.name) = (unit, name)
    }

    mutating func rename(_ names: [UnitID: String]) {
      if let unit, let name = names[unit] { self.name = name }
    }
  }

  package enum LegPart: String, Sendable, Codable, CaseIterable {
    /// 主办
    case lead
    /// 协办
    case coHandler = "co_handler"
    /// 帮联干部
    case pairedOfficial = "paired_official"
  }

  package struct Milestone: Hashable, Sendable, Codable {
    /// The code of what must have happened, such as `first_feedback`.
    package var kind: String
    package var day: Day
    /// On time means before this.
    package var instant: Instant
    package var isProvisional: Bool

    package init(kind: String, day: Day, instant: Instant, isProvisional: Bool = false) {
      (self.kind, self.day, self.instant) = (kind, day, instant)
      self.isProvisional = isProvisional
    }
  }

  /// A number the order states.
  package struct Figure: Hashable, Sendable, Codable {
    package enum Code: String, Sendable, Codable, CaseIterable {
      case daysOverdue = "days_overdue"
      /// Urging orders of this leg, this one included.
      case urgings
      /// Since the last urging order.
      case workingDaysSinceUrging = "working_days_since_urging"
      case failedLookBacks = "failed_look_backs"
      case dissatisfiedRatings = "dissatisfied_ratings"
      case rounds
    }
    package var code: Code
    package var value: Int

    package init(_ code: Code, _ value: Int) {
      (self.code, self.value) = (code, value)
    }
  }

  /// Why it was drafted.
  package enum Cause: String, Sendable, Codable, CaseIterable {
    case assigned
    case redone
    case milestoneMissed = "milestone_missed"
    case urgingUnanswered = "urging_unanswered"
    case secondFailedLookBack = "second_failed_look_back"
    case secondDissatisfaction = "second_dissatisfaction"
    case byHand = "by_hand"
    case outsideCompetence = "outside_competence"
  }

  package struct Reference: Hashable, Sendable, Codable {
    package var order: OrderID
    package var number: OrderNumber

    package init(order: OrderID, number: OrderNumber) {
      (self.order, self.number) = (order, number)
    }
  }

  /// The order that this one takes back.
  package struct Revoked: Hashable, Sendable, Codable {
    package var order: OrderID
    package var number: OrderNumber
    package var issuedOn: Day
    package var reason: String
  }
}
