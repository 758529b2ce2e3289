/// A node of the organisation tree, which is not the tree of division codes (DOMAIN.md 3).
package struct Unit: Hashable, Sendable {
  package let id: UnitID
  package let parent: UnitID?
  package let kind: UnitKind
  package let level: UnitLevel
  package let name: String
  package let divisionCode: DivisionCode?
  package let validFrom: Day
  /// The first day it no longer exists, or nil while it does.
  package let validTo: Day?

  package init(
    id: UnitID, parent: UnitID?, kind: UnitKind, level: UnitLevel, name: String,
    divisionCode: DivisionCode?, validFrom: Day, validTo: Day? = nil
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
}

package enum UnitKind: String, Sendable, CaseIterable {
  case region, department, office, taskforce
  case workingGroup = "working_group"
}

package enum UnitLevel: String, Sendable, CaseIterable {
  case city, county, township, village
}
