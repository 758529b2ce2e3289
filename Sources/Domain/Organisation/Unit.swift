/// A node of the organisation tree, which is not the tree of division codes (DOMAIN.md 3).
package struct Unit: Hashable, Sendable {
  package let id: UnitID
  package let parent: UnitID?
  package let kind: UnitKind
  package let level: UnitLevel
  package let name: String
  /// The one that stands for it, of those it has today.
  package let divisionCode: DivisionCode?
  package let validFrom: Day
  /// The first day it no longer exists, or nil while it does.
  package let validTo: Day?

  package init(
    id: UnitID, parent: UnitID?, kind: UnitKind, level: UnitLevel, name: String,
    divisionCode: DivisionCode? = nil, validFrom: Day, validTo: Day? = nil
  ) {
    self.id = id
    self.parent = parent
    self.kind = kind
    self.level = level
    self.name = name
    self.divisionCode = divisionCode
    self.validFrom = validFrom
    self.validTo = validTo
  }

  /// What a problem of the village track may concern.
  package var isVillageOrTownship: Bool {
    kind == .region && (level == .village || level == .township)
  }

  /// Whether it can be given work. A village is helped, not charged; a township may be (DOMAIN.md 5).
  package var canHandle: Bool { level != .village && validTo == nil }

  /// Characters.
  package static let maximumName = 200

  /// A slash would make a unit unreachable by its path.
  package static func isName(_ text: String) -> Bool {
    !text.isEmpty && text.unicodeScalars.count <= maximumName && !text.contains("/")
      && text == text.singleLine && text == text.trimmed
  }
}

package enum UnitKind: String, Sendable, CaseIterable {
  case region, department, office, taskforce
  case workingGroup = "working_group"
}

/// From the top down.
package enum UnitLevel: String, Sendable, CaseIterable, Comparable {
  case city, county, township, village

  package static func < (a: UnitLevel, b: UnitLevel) -> Bool {
    allCases.firstIndex(of: a)! < allCases.firstIndex(of: b)!
  }
}
