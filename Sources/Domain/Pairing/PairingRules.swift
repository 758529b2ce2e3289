/// Who may be in charge of whom, how many of them, and what makes one pairing better than another: data,
/// `Resources/pairing-rules.json`, explained in docs/pairing.md.
package struct PairingRules: Hashable, Sendable, Codable {
  /// Officials to whom the same quotas apply. An official belongs to the first group of the track that
  /// their rank and their unit's level fit.
  package struct Group: Hashable, Sendable, Codable {
    package var code: String
    package var zh: String
    package var en: String
    package var track: Track
    package var ranks: [OfficialRank]
    package var levels: [UnitLevel]
    /// How far from their unit the targets may lie.
    package var within: Within
    package var enterprises: Quota?
    package var townships: Quota?
    package var villages: Quota?
    /// Only key firms.
    package var onlyKey: Bool?
    /// The villages lie in the township they are linked to.
    package var inLinkedTownship: Bool?

    enum CodingKeys: String, CodingKey {
      case code, zh, en, track, ranks, levels, within, enterprises, townships, villages
      case onlyKey = "only_key"
      case inLinkedTownship = "in_linked_township"
    }

    package func quota(_ kind: PairingKind) -> Quota? {
      switch kind {
      case .enterprise: enterprises
      case .township: townships
      case .village: villages
      }
    }
  }

  /// The fewest and the most targets of a kind that one official has.
  package struct Quota: Hashable, Sendable, Codable {
    package var min: Int
    package var max: Int

    package init(min: Int, max: Int) {
      self.min = min
      self.max = max
    }
  }

  package enum Within: String, Hashable, Sendable, Codable, CaseIterable {
    case city, county, township
  }

  /// What a pair, a second target or a scattered unit costs; the plan of the least total is the best.
  package struct Weights: Hashable, Sendable, Codable {
    /// An official of a township serves in another one.
    package var otherTownship: Int64
    /// An official of a county serves in another one.
    package var otherCounty: Int64
    /// For each open problem of the target, up to three, that is not of the official's field.
    package var expertise: Int64
    /// Somebody who did not have the target before.
    package var change: Int64
    /// A key firm, for each step that the official's rank lies below bureau rank.
    package var keyRank: Int64
    /// Each further target of one official.
    package var load: Int64
    /// Each two open problems of different targets of one official.
    package var problems: Int64
    /// Each township beyond the first in which officials of one unit are in charge of villages.
    package var cohesion: Int64

    enum CodingKeys: String, CodingKey {
      case otherTownship = "other_township"
      case otherCounty = "other_county"
      case expertise, change, load, problems, cohesion
      case keyRank = "key_rank"
    }

    package init(
      otherTownship: Int64 = 0, otherCounty: Int64 = 0, expertise: Int64 = 0, change: Int64 = 0,
      keyRank: Int64 = 0, load: Int64 = 0, problems: Int64 = 0, cohesion: Int64 = 0
    ) {
      self.otherTownship = otherTownship
      self.otherCounty = otherCounty
      self.expertise = expertise
      self.change = change
      self.keyRank = keyRank
      self.load = load
      self.problems = problems
      self.cohesion = cohesion
    }

    var all: [Int64] {
      [otherTownship, otherCounty, expertise, change, keyRank, load, problems, cohesion]
    }
  }

  package var name: String
  package var version: Int
  package var zh: String
  package var en: String
  package var source: String
  package var groups: [Group]
  /// How many officials each target of a kind has.
  package var coverage: [String: Int]
  /// Which enterprises have to have somebody.
  package var statuses: [EnterpriseStatus]
  /// Nobody is in charge of the village or the township they come from.
  package var excludesHome: Bool
  package var weights: Weights

  enum CodingKeys: String, CodingKey {
    case name, version, zh, en, source, groups, coverage, statuses, weights
    case excludesHome = "excludes_home"
  }

  /// No rules: for work that needs none.
  package static let none = PairingRules(
    name: "", version: 0, zh: "", en: "", source: "", groups: [], coverage: [:], statuses: [],
    excludesHome: false, weights: Weights())

  package func coverage(_ kind: PairingKind) -> Int { coverage[kind.rawValue] ?? 0 }

  /// The group of an official in a track; nil for who has no part in it.
  package func group(
    _ rank: OfficialRank, _ level: UnitLevel, of official: OfficialTrack, in track: Track
  ) -> Int? {
    guard official == .both || official.rawValue == track.rawValue else { return nil }
    return groups.firstIndex {
      $0.track == track && $0.ranks.contains(rank) && $0.levels.contains(level)
    }
  }

  /// The same, but nobody has to have anything.
  var withoutMinima: PairingRules {
    var rules = self
    for index in rules.groups.indices {
      rules.groups[index].enterprises?.min = 0
      rules.groups[index].townships?.min = 0
      rules.groups[index].villages?.min = 0
    }
    return rules
  }

  /// What cannot be meant so; empty where the rules can be used.
  package var faults: [Fault] {
    var found: [Fault] = []
    var seen: Set<String> = []
    for group in groups {
      if !seen.insert(group.code).inserted { found.append(.doubled(group.code)) }
      for kind in PairingKind.allCases {
        guard let quota = group.quota(kind) else { continue }
        if quota.min < 0 || quota.max < quota.min || quota.max > 1000 {
          found.append(.quota(group.code))
        }
        if kind.track != group.track { found.append(.otherTrack(group.code)) }
      }
      // Without a township there is none for the villages to lie in.
      if group.inLinkedTownship == true, group.townships?.max != 1 {
        found.append(.noLinkedTownship(group.code))
      }
    }
    for (kind, count) in coverage.sorted(by: { $0.key < $1.key })
    where PairingKind(rawValue: kind) == nil || !(0...100).contains(count) {
      found.append(.coverage(kind))
    }
    if weights.all.contains(where: { !(0...1_000_000).contains($0) }) { found.append(.weight) }
    return found
  }

  package enum Fault: Hashable, Sendable, CustomStringConvertible {
    case doubled(String)
    case quota(String)
    case otherTrack(String)
    case noLinkedTownship(String)
    case coverage(String)
    case weight

    package var description: String {
      switch self {
      case .doubled(let group): "groups \(group): there are two of this code"
      case .quota(let group): "groups \(group): a quota needs 0 <= min <= max <= 1000"
      case .otherTrack(let group): "groups \(group): a quota of the other track"
      case .noLinkedTownship(let group):
        "groups \(group): in_linked_township needs townships with max 1"
      case .coverage(let kind):
        "coverage \(kind): enterprise, township and village have 0 to 100"
      case .weight: "weights: each is 0 to 1000000"
      }
    }
  }
}

extension OfficialRank: Codable {}
extension UnitLevel: Codable {}
extension EnterpriseStatus: Codable {}
