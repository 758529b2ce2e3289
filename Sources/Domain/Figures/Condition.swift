/// Something that came to pass, each with its instant.
package enum Milestone: String, Hashable, Sendable, Codable, CaseIterable {
  /// The beginning of the day it was found; every problem reaches it.
  case found
  case registered, accepted, declined, judged, assigned
  /// The end of the day by which it is to be solved: reached when that is over.
  case due
  case yellow
  case acknowledged, feedback, objected, extended, suspended, claimed, verified, failed, evaluated,
    closed
  case lookedBack = "looked_back"
  case merged, shelved, referred
  /// Of a target: somebody was put in charge of it; somebody was last in contact with it.
  case paired, contacted
}

/// What a problem, a round or a target is divided by.
package enum Attribute: String, Hashable, Sendable, Codable, CaseIterable {
  case track, category, difficulty, tier, origin, outcome, rating, round, batch
  case lookBack = "look_back"
  case pushedDown = "pushed_down"
  /// Of the final due date at the instant; grey where none runs.
  case lamp
  /// `enterprise`, `township`, `village`
  case kind
}

/// One line of a definition: what must hold at the instant for which the figure is asked.
package indirect enum Condition: Hashable, Sendable {
  case reached(Milestone)
  case notReached(Milestone)
  /// Both are there, and one came before the other.
  case before(Milestone, Milestone)
  case among(Attribute, [String])
  /// Also where there is no value.
  case notAmong(Attribute, [String])
  case atLeast(Attribute, Int)
  /// Reached, and no more than so many days ago.
  case within(Int, Milestone)
  case any([Condition])
}

extension Condition {
  func asks(for attribute: Attribute) -> Bool {
    switch self {
    case .among(attribute, _), .notAmong(attribute, _), .atLeast(attribute, _): true
    case .any(let conditions): conditions.contains { $0.asks(for: attribute) }
    default: false
    }
  }
}

extension Condition: Codable {
  private enum Key: String, CodingKey {
    case reached
    case notReached = "not_reached"
    case before
    case among = "is"
    case notAmong = "is_not"
    case of
    case atLeast = "at_least"
    case within
    case any
  }

  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Key.self)
    func has(_ key: Key) -> Bool { container.contains(key) }
    if has(.reached) {
      self = .reached(try container.decode(Milestone.self, forKey: .reached))
    } else if has(.notReached) {
      self = .notReached(try container.decode(Milestone.self, forKey: .notReached))
    } else if has(.before) {
      let pair = try container.decode([Milestone].self, forKey: .before)
      guard pair.count == 2 else {
        throw DecodingError.dataCorruptedError(
          forKey: .before, in: container, debugDescription: "two milestones are needed")
      }
      self = .before(pair[0], pair[1])
    } else if has(.among) {
      self = .among(
        try container.decode(Attribute.self, forKey: .among),
        try container.decode([String].self, forKey: .of))
    } else if has(.notAmong) {
      self = .notAmong(
        try container.decode(Attribute.self, forKey: .notAmong),
        try container.decode([String].self, forKey: .of))
    } else if has(.atLeast) {
      self = .atLeast(
        try container.decode(Attribute.self, forKey: .of),
        try container.decode(Int.self, forKey: .atLeast))
    } else if has(.within) {
      self = .within(
        try container.decode(Int.self, forKey: .within),
        try container.decode(Milestone.self, forKey: .of))
    } else {
      self = .any(try container.decode([Condition].self, forKey: .any))
    }
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    switch self {
    case .reached(let milestone): try container.encode(milestone, forKey: .reached)
    case .notReached(let milestone): try container.encode(milestone, forKey: .notReached)
    case .before(let one, let other): try container.encode([one, other], forKey: .before)
    case .among(let attribute, let values):
      try container.encode(attribute, forKey: .among)
      try container.encode(values, forKey: .of)
    case .notAmong(let attribute, let values):
      try container.encode(attribute, forKey: .notAmong)
      try container.encode(values, forKey: .of)
    case .atLeast(let attribute, let number):
      try container.encode(attribute, forKey: .of)
      try container.encode(number, forKey: .atLeast)
    case .within(let days, let milestone):
      try container.encode(days, forKey: .within)
      try container.encode(milestone, forKey: .of)
    case .any(let conditions): try container.encode(conditions, forKey: .any)
    }
  }
}

extension Milestone {
  /// A deadline is the end of a day, and over from that very instant on.
  package var isEndOfDay: Bool { self == .due || self == .yellow }
}
