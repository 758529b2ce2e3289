/// How the problems of a track are worked off: steps, lines, clock, ladder, closing gate. It is data
/// (`Resources/procedures`, docs/procedures.md); nothing in the program knows one by name.
package struct Procedure: Hashable, Sendable, Codable {
  /// A step as the campaign prints it, and the states of a problem in which it is at this step.
  package struct Step: Hashable, Sendable, Codable {
    package let code: String
    package let zh: String
    package let en: String
    package let states: [ProblemState]
  }

  /// A layer of the inverted pyramid, from the bottom.
  package struct Tier: Hashable, Sendable, Codable {
    package let code: String
    package let zh: String
    package let en: String
    /// How long it may try before the next tier should have it; nil at the top.
    package let budget: Budget?
    /// Whether this tier's work may be given to a township (dispatch guard).
    package let isTownship: Bool?
  }

  /// What a problem of this track must concern.
  package enum Concern: String, Hashable, Sendable, Codable {
    /// A village or township of the unit tree.
    case place
    /// An enterprise, of the register or named in words.
    case enterprise
    /// Anybody, in words.
    case anyone
  }

  /// The lines a problem runs on at once; it goes to verification when all have reported.
  package enum Line: String, Hashable, Sendable, Codable {
    /// The handling units.
    case handler
    /// The official in charge of the village or enterprise (双交办, 双督办, 双反馈).
    case official
  }

  /// Names that stand on its papers.
  package struct Papers: Hashable, Sendable, Codable {
    /// The issuing office 发文机关.
    package let signatory: String
    /// Who gets accountability recommendations 督查部门.
    package let supervision: String
    /// What the leader in charge of a unit is called, for copies.
    package let leader: String
  }

  package let track: Track
  package let version: Int
  package let zh: String
  package let en: String
  package let concern: Concern
  package let steps: [Step]
  package let lines: [Line]
  /// The rule of its clocks: a name of `ClockRules`.
  package let clock: String
  /// Working hours in which reminders and orders go out.
  package let hours: WorkingHours
  package let ladder: [Rung]
  /// From the bottom of the pyramid.
  package let tiers: [Tier]
  /// How long the asker has to rate before a return visit may take the rating's place.
  package let evaluationWindow: Budget
  /// What a handler may claim by itself; planned, shelved and transferred come with an approval.
  package let outcomes: [Outcome]
  /// The beginning of the numbers of its papers: `许助企交`.
  package let series: [String: String]
  package let papers: Papers

  package var isDouble: Bool { lines.contains(.official) }

  package func tier(_ code: String) -> Tier? { tiers.first { $0.code == code } }

  /// The tier that takes over from this one; the lowest where a problem has none yet.
  package func tier(above code: String?) -> Tier? {
    guard let code else { return tiers.first }
    guard let index = tiers.firstIndex(where: { $0.code == code }) else { return nil }
    return tiers.indices.contains(index + 1) ? tiers[index + 1] : nil
  }
}

/// The procedures by track.
package struct Procedures: Sendable {
  package let all: [Procedure]
  private let byTrack: [Track: Procedure]

  package init(_ procedures: [Procedure]) {
    all = procedures.sorted { $0.track < $1.track }
    byTrack = Dictionary(procedures.map { ($0.track, $0) }) { $1 }
  }

  package subscript(track: Track) -> Procedure? { byTrack[track] }

  package var tracks: [Track] { all.map(\.track) }
}
