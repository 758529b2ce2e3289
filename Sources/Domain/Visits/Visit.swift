/// A planned visit 走访 of an official or a unit to an enterprise. It is a plan and what came of it in
/// words; nobody checks in, and no track is kept (DOMAIN.md 6).
package struct Visit: Hashable, Sendable {
  package enum Kind: String, Sendable, CaseIterable {
    /// 走访
    case call
    /// 行政执法检查: under law, and not the enterprise's to decline.
    case inspection
    /// 上门服务
    case service
    /// 调研
    case study
  }

  package enum Status: String, Sendable, CaseIterable {
    /// The enterprise asked for it; nobody has taken it up yet.
    case asked
    case planned
    /// The enterprise proposed another day.
    case moved
    case declined
    /// Takes place together with another.
    case joined
    case cancelled
    case held

    /// Whether it is still to come about.
    package var isOpen: Bool { self == .asked || self == .planned || self == .moved }
  }

  /// Who comes.
  package struct Visitor: Hashable, Sendable {
    package let unit: UnitID
    /// Nil where the unit sends whomever it will.
    package let official: OfficialID?

    package init(unit: UnitID, official: OfficialID? = nil) {
      (self.unit, self.official) = (unit, official)
    }
  }

  package let enterprise: EnterpriseID
  /// Nil as long as nobody took up what the enterprise asked for.
  package internal(set) var visitor: Visitor?
  package internal(set) var date: VisitDate
  package let kind: Kind
  /// What for, in words.
  package let purpose: String
  /// Whether the enterprise asked for it itself (有求必应).
  package let isAsked: Bool
  /// Why an inspection comes in spite of the ceiling or of the wish to be left alone.
  package internal(set) var basis: String?
  package internal(set) var status: Status
  /// The day the enterprise would rather have.
  package internal(set) var proposed: VisitDate?
  /// How often the enterprise moved it.
  package internal(set) var moves: Int
  /// Why it was moved, declined or cancelled, or what came of it.
  package internal(set) var answer: String?
  /// The visit it takes place with.
  package internal(set) var joinedInto: VisitID?

  package init(
    enterprise: EnterpriseID, visitor: Visitor?, date: VisitDate, kind: Kind, purpose: String,
    isAsked: Bool = false, basis: String? = nil, status: Status = .planned,
    proposed: VisitDate? = nil, moves: Int = 0, answer: String? = nil, joinedInto: VisitID? = nil
  ) {
    self.enterprise = enterprise
    self.visitor = visitor
    self.date = date
    self.kind = kind
    self.purpose = purpose
    self.isAsked = isAsked
    self.basis = basis
    self.status = status
    self.proposed = proposed
    self.moves = moves
    self.answer = answer
    self.joinedInto = joinedInto
  }

  /// Characters of a text that somebody types.
  package static let maximumText = 500

  /// Whether the enterprise's month has one more because of it: one that it asked for does not count, and
  /// those that come together are one.
  package var counts: Bool {
    !isAsked && (status == .planned || status == .moved || (status == .held && joinedInto == nil))
  }
}

package struct VisitID: NumberedID {
  package let value: Int64
  package init(_ value: Int64) { self.value = value }
}

/// A day, or a half of it.
package struct VisitDate: Hashable, Sendable {
  package enum Part: String, Sendable, CaseIterable {
    case morning, afternoon
  }

  package let day: Day
  /// Nil for some time of the day.
  package let part: Part?

  package init(_ day: Day, _ part: Part? = nil) {
    (self.day, self.part) = (day, part)
  }
}

/// A calendar month: what ceilings count by.
package struct VisitMonth: Hashable, Sendable {
  package let first: Day

  package init(of day: Day) {
    first = day + (1 - day.components.day)
  }

  /// Reads `2026-11`.
  package init?(_ text: String) {
    guard let first = Day(text + "-01") else { return nil }
    self.first = first
  }

  package var last: Day { first.adding(months: 1) + -1 }

  package var next: VisitMonth { VisitMonth(of: last + 1) }

  package var previous: VisitMonth { VisitMonth(of: first + -1) }

  /// `2026-11`
  package var text: String { String(first.description.prefix(7)) }
}
