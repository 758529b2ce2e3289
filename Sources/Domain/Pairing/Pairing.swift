/// 结对: an official in charge of an enterprise or a village, or linked to a township.
package struct Pairing: Hashable, Sendable {
  package var official: OfficialID
  package var target: PairingTarget
  package var begins: Day
  /// The first day it no longer holds; its first day where it never came to hold.
  package var ends: Day?
  package var cause: PairingCause
  package var plan: PairingPlanID?
  /// Why this official, as the plan had it.
  package var reasons: [PairingReason]

  package init(
    official: OfficialID, target: PairingTarget, begins: Day, ends: Day? = nil,
    cause: PairingCause, plan: PairingPlanID? = nil, reasons: [PairingReason] = []
  ) {
    self.official = official
    self.target = target
    self.begins = begins
    self.ends = ends
    self.cause = cause
    self.plan = plan
    self.reasons = reasons
  }
}

package enum PairingTarget: Hashable, Sendable {
  case enterprise(EnterpriseID)
  case township(UnitID)
  case village(UnitID)

  package var kind: PairingKind {
    switch self {
    case .enterprise: .enterprise
    case .township: .township
    case .village: .village
    }
  }

  /// The enterprise's or the unit's.
  package var id: Int64 {
    switch self {
    case .enterprise(let id): id.value
    case .township(let id), .village(let id): id.value
    }
  }

  /// As it stands in addresses and forms: `village:17`.
  package var address: String { "\(kind.rawValue):\(id)" }

  package init?(address: String) {
    let parts = address.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 2, let kind = PairingKind(rawValue: String(parts[0])),
      let id = Int64(parts[1])
    else { return nil }
    switch kind {
    case .enterprise: self = .enterprise(EnterpriseID(id))
    case .township: self = .township(UnitID(id))
    case .village: self = .village(UnitID(id))
    }
  }

  package var enterprise: EnterpriseID? { if case .enterprise(let id) = self { id } else { nil } }

  package var unit: UnitID? {
    switch self {
    case .enterprise: nil
    case .township(let id), .village(let id): id
    }
  }
}

/// What an official is paired with.
package enum PairingKind: String, Hashable, Sendable, Codable, CaseIterable {
  case enterprise, township, village

  package var track: Track { self == .enterprise ? .enterprise : .village }

  package var role: PairingRole { self == .township ? .link : .charge }

  /// Those of a track, in the order in which they are planned.
  package static func kinds(of track: Track) -> [PairingKind] {
    track == .enterprise ? [.enterprise] : [.township, .village]
  }
}

extension Track {
  /// The two tracks that have pairings.
  package static let paired: [Track] = [.enterprise, .village]

  package init?(pairing text: String) {
    guard let track = Track(rawValue: text), Track.paired.contains(track) else { return nil }
    self = track
  }
}

/// 分包, in charge of an enterprise or a village; 联系, linked to a township.
package enum PairingRole: String, Hashable, Sendable, CaseIterable {
  case charge, link
}

/// How a pairing came about, or ended.
package enum PairingCause: String, Hashable, Sendable, CaseIterable {
  case plan, repair
}

/// What every plan keeps to, whatever it costs.
package struct PairingMark: Hashable, Sendable {
  package enum Kind: String, Hashable, Sendable, CaseIterable {
    /// The pair stays.
    case fixed
    /// The pair must not be.
    case excluded
  }

  package enum Reason: String, Hashable, Sendable, CaseIterable {
    case familyFirm = "family_firm"
    case conflict
    case home
    /// 熟悉情况: they know it from before.
    case experience
    case other
  }

  package var kind: Kind
  package var official: OfficialID
  package var target: PairingTarget
  package var reason: Reason
  package var note: String?

  package init(
    kind: Kind, official: OfficialID, target: PairingTarget, reason: Reason, note: String? = nil
  ) {
    self.kind = kind
    self.official = official
    self.target = target
    self.reason = reason
    self.note = note
  }
}

/// Why an official was chosen for a target; the catalogue has the words.
package enum PairingReason: Hashable, Sendable {
  /// A fixed pair.
  case fixed
  /// They had it before.
  case kept
  case ownTownship
  case ownCounty
  /// Of the city, which serves every county alike.
  case city
  case elsewhere
  /// How many of the open problems are of their field.
  case expertise(known: Int, open: Int)
  /// A key firm gets somebody of rank.
  case key(OfficialRank)
  /// Colleagues of their unit are in the same township.
  case colleagues(Int)

  /// As rows hold it: `expertise:1:2`.
  package var text: String {
    switch self {
    case .fixed: "fixed"
    case .kept: "kept"
    case .ownTownship: "own_township"
    case .ownCounty: "own_county"
    case .city: "city"
    case .elsewhere: "elsewhere"
    case .expertise(let known, let open): "expertise:\(known):\(open)"
    case .key(let rank): "key:\(rank.rawValue)"
    case .colleagues(let count): "colleagues:\(count)"
    }
  }

  package init?(_ text: some StringProtocol) {
    let parts = text.split(separator: ":").map { String($0) }
    switch (parts.first, parts.count) {
    case ("fixed", 1): self = .fixed
    case ("kept", 1): self = .kept
    case ("own_township", 1): self = .ownTownship
    case ("own_county", 1): self = .ownCounty
    case ("city", 1): self = .city
    case ("elsewhere", 1): self = .elsewhere
    case ("expertise", 3):
      guard let known = Int(parts[1]), let open = Int(parts[2]) else { return nil }
      self = .expertise(known: known, open: open)
    case ("key", 2):
      guard let rank = OfficialRank(rawValue: parts[1]) else { return nil }
      self = .key(rank)
    case ("colleagues", 2):
      guard let count = Int(parts[1]) else { return nil }
      self = .colleagues(count)
    default: return nil
    }
  }
}
