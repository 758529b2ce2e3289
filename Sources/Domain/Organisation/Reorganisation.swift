/// What is done to one unit of the tree, with effect from a day.
package enum Reorganisation: Hashable, Sendable {
  /// A new name, place or division code, or several of them at once: a village that went to another
  /// township got a new code with it.
  case change(name: String? = nil, parent: UnitID? = nil, code: DivisionCode? = nil)
  /// It ends; what hangs on it and what is below it belongs to the other from then on.
  case merge(into: UnitID)
  /// A new unit beside it takes some of its children; the unit itself stays.
  case split(name: String, children: [UnitID])
  case close
}

extension Reorganisation {
  /// The units it takes in beside the one that is changed.
  package var others: [UnitID] {
    switch self {
    case .change(_, let parent, _): [parent].compactMap { $0 }
    case .merge(let into): [into]
    case .split(_, let children): children
    case .close: []
    }
  }

  /// Why the tree cannot be changed so.
  package enum Refusal: String, Error, Sendable, CaseIterable {
    case nothingChanges = "nothing_changes"
    case badName = "bad_name"
    case alreadyClosed = "already_closed"
    case otherClosed = "other_closed"
    case cycle
    case siblingName = "sibling_name"
    case codeTaken = "code_taken"
    /// The day lies before the last change: history is written forwards.
    case beforeLastChange = "before_last_change"
    case inFuture = "in_future"
    /// A parent does not close before its children.
    case hasChildren = "has_children"
    /// Officials, enterprises, accounts or open problems belong to it.
    case inUse = "in_use"
    /// A unit lies under one of its own level or a higher one.
    case wrongLevel = "wrong_level"
    /// Only a unit of the same kind and level can stand for another.
    case differentSort = "different_sort"
    case notAChild = "not_a_child"
    case atTheTop = "at_the_top"
  }

  /// All of the tree that the rules look at.
  package struct Surroundings: Sendable {
    package let unit: Unit
    /// The day of the unit's last change.
    package let since: Day
    /// The new parent, or the unit to merge into.
    package let other: Unit?
    package let otherSince: Day?
    /// Whether the other lies in the unit's own subtree, or is the unit.
    package let otherIsBelow: Bool
    /// Names that stand where something would be put, the unit's own left out.
    package let namesThere: Set<String>
    /// Who has the new code today.
    package let codeHolder: UnitID?
    /// The day the new code was given up last.
    package let codeFreeSince: Day?
    package let children: [Unit]
    /// The day a child changed, came or left last.
    package let lastChangeOfChildren: Day?
    package let uses: UnitUses
    package let today: Day

    package init(
      unit: Unit, since: Day, other: Unit?, otherSince: Day?, otherIsBelow: Bool,
      namesThere: Set<String>, codeHolder: UnitID?, codeFreeSince: Day?, children: [Unit],
      lastChangeOfChildren: Day?, uses: UnitUses, today: Day
    ) {
      self.unit = unit
      self.since = since
      self.other = other
      self.otherSince = otherSince
      self.otherIsBelow = otherIsBelow
      self.namesThere = namesThere
      self.codeHolder = codeHolder
      self.codeFreeSince = codeFreeSince
      self.children = children
      self.lastChangeOfChildren = lastChangeOfChildren
      self.uses = uses
      self.today = today
    }
  }

  /// Everything that is against it; empty where it can be done.
  package func refusals(on day: Day, _ around: Surroundings) -> [Refusal] {
    var found: [Refusal] = []
    if around.unit.validTo != nil { found.append(.alreadyClosed) }
    if day > around.today { found.append(.inFuture) }
    if day < around.since { found.append(.beforeLastChange) }
    if let other = around.other {
      if other.validTo != nil { found.append(.otherClosed) }
      if around.otherIsBelow { found.append(.cycle) }
      if let since = around.otherSince, day < since { found.append(.beforeLastChange) }
    }
    switch self {
    case .change(let name, let parent, let code):
      found += changeRefusals(name, parent, code, around)
      if code != nil, let free = around.codeFreeSince, day < free { found.append(.codeTaken) }
    case .merge:
      if around.unit.parent == nil { found.append(.atTheTop) }
      if let other = around.other,
        other.kind != around.unit.kind || other.level != around.unit.level
      {
        found.append(.differentSort)
      }
      if around.children.contains(where: { around.namesThere.contains($0.name) }) {
        found.append(.siblingName)
      }
      if let last = around.lastChangeOfChildren, day < last { found.append(.beforeLastChange) }
      if day == around.unit.validFrom { found.append(.beforeLastChange) }
    case .split(let name, let children):
      if around.unit.parent == nil { found.append(.atTheTop) }
      if !Unit.isName(name) { found.append(.badName) }
      if around.namesThere.contains(name) || name == around.unit.name {
        found.append(.siblingName)
      }
      let known = Set(around.children.map(\.id))
      if children.isEmpty || !known.isSuperset(of: children) { found.append(.notAChild) }
      if let last = around.lastChangeOfChildren, day < last { found.append(.beforeLastChange) }
    case .close:
      if !around.children.isEmpty { found.append(.hasChildren) }
      if !around.uses.isEmpty { found.append(.inUse) }
      if let last = around.lastChangeOfChildren, day < last { found.append(.beforeLastChange) }
      // A unit that was never there a whole day would leave no trace in any tree.
      if day == around.unit.validFrom { found.append(.beforeLastChange) }
    }
    return Refusal.allCases.filter(found.contains)
  }

  private func changeRefusals(
    _ name: String?, _ parent: UnitID?, _ code: DivisionCode?, _ around: Surroundings
  ) -> [Refusal] {
    var found: [Refusal] = []
    let unit = around.unit
    let newName = name.map { $0 != unit.name } ?? false
    let newParent = parent.map { $0 != unit.parent } ?? false
    let newCode = code.map { $0 != unit.divisionCode } ?? false
    if !newName, !newParent, !newCode { found.append(.nothingChanges) }
    if let name, !Unit.isName(name) { found.append(.badName) }
    if newName || newParent, around.namesThere.contains(name ?? unit.name) {
      found.append(.siblingName)
    }
    if newCode, let holder = around.codeHolder, holder != unit.id { found.append(.codeTaken) }
    if newParent {
      if unit.parent == nil { found.append(.atTheTop) }
      // Departments of a level hang below its region, so equal levels are right for them alone.
      if let other = around.other,
        other.level > unit.level
          || (unit.kind == .region && other.level == unit.level)
      {
        found.append(.wrongLevel)
      }
    }
    return found
  }
}

/// What belongs to a unit itself, not to those below it.
package struct UnitUses: Hashable, Sendable {
  package var officials = 0
  package var enterprises = 0
  package var accounts = 0
  package var openProblems = 0

  package init() {}

  package var isEmpty: Bool { self == UnitUses() }
}
