/// What is known of a village, community or township beside its place in the tree (乡村库).
package struct VillageProfile: Hashable, Sendable {
  package var kind: VillageKind
  package var population: Int?
  package var households: Int?
  /// Hundredths of 亩.
  package var farmland: Int?
  /// Yuan in a year; may be a loss.
  package var collectiveIncome: Int?

  package init(
    kind: VillageKind, population: Int? = nil, households: Int? = nil, farmland: Int? = nil,
    collectiveIncome: Int? = nil
  ) {
    self.kind = kind
    self.population = population
    self.households = households
    self.farmland = farmland
    self.collectiveIncome = collectiveIncome
  }
}

package enum VillageKind: String, Sendable, CaseIterable {
  case village, community, town, township, street, zone

  /// What a name's ending and a code say, where nobody said it otherwise.
  package init(name: String, code: DivisionCode?, level: UnitLevel) {
    let endings: [(String, VillageKind)] =
      level == .village
      ? [("社区", .community), ("社区居委会", .community), ("社区居民委员会", .community)]
      : [("街道", .street), ("街道办事处", .street), ("镇", .town), ("乡", .township)]
    if let kind = endings.first(where: { name.hasSuffix($0.0) })?.1 {
      self = kind
    } else {
      self = level == .village ? (code?.isCommunity == true ? .community : .village) : .zone
    }
  }
}
