/// Somebody the campaign sends to the front line (干部库).
package struct Official: Hashable, Sendable {
  package var name: String
  package var unit: UnitID
  package var post: String?
  package var rank: OfficialRank
  package var track: OfficialTrack
  /// What they know well, which pairing looks at: 融资, 用地 …
  package var expertise: [String]
  /// The home area, which pairing keeps them away from.
  package var home: String?
  package var phone: PhoneNumber?
  /// 18 characters (GB 11643).
  package var idNumber: String?
  package var status: OfficialStatus

  package init(
    name: String, unit: UnitID, post: String? = nil, rank: OfficialRank, track: OfficialTrack,
    expertise: [String] = [], home: String? = nil, phone: PhoneNumber? = nil,
    idNumber: String? = nil, status: OfficialStatus = .serving
  ) {
    self.name = name
    self.unit = unit
    self.post = post
    self.rank = rank
    self.track = track
    self.expertise = expertise
    self.home = home
    self.phone = phone
    self.idNumber = idNumber
    self.status = status
  }

  /// What two rows about one person have in common: the ID number, else phone and name (DOMAIN.md 10).
  /// Blanks in a name are layout: lists set names of two characters as wide as those of three.
  /// - Returns: nil where neither is known.
  package var identity: String? { identities.first }

  /// All by which they may be known already.
  package var identities: [String] {
    [idNumber.map { "id \($0)" }, phone.map { "phone \($0.text) \(name.compact)" }].compactMap {
      $0
    }
  }

  /// The tracks exclude each other for everybody below bureau rank (DOMAIN.md 1 and 10).
  package var mayServeItsTrack: Bool { track != .both || rank == .bureau }
}

/// 厅级, 县处级, 科级, other.
package enum OfficialRank: String, Sendable, CaseIterable {
  case bureau, county, section, other
}

/// 助企, 联乡帮村, or both.
package enum OfficialTrack: String, Sendable, CaseIterable {
  case enterprise, village, both
}

package enum OfficialStatus: String, Sendable, CaseIterable {
  case serving, left
  /// Their personal data are no more.
  case erased
}
