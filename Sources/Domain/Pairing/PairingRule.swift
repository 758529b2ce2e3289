/// One thing that a plan must keep to; a conflict names those that cannot hold together. Groups and marks
/// are meant by their place in the rules and in the facts.
package enum PairingRule: Hashable, Sendable {
  /// Every target of a kind in a county has somebody.
  case coverage(PairingKind, county: Int32)
  case quota(Int, PairingKind)
  case minimum(Int, PairingKind)
  case within(Int)
  case onlyKey(Int)
  case linkedTownship(Int)
  case home
  case mark(Int)
}

/// Rules that cannot hold together, none of which could be left out: without any one of them the others can.
package struct PairingConflict: Hashable, Sendable {
  /// Officials of a group that could have served, and the most that each may have.
  package struct Supply: Hashable, Sendable {
    package let group: Int
    package let officials: Int
    package let quota: Int
    package let minimum: Int

    package init(group: Int, officials: Int, quota: Int, minimum: Int) {
      self.group = group
      self.officials = officials
      self.quota = quota
      self.minimum = minimum
    }
  }

  package let kind: PairingKind
  package let rules: [PairingRule]
  /// How many targets there are where these rules meet, and how many of them nobody is left for.
  package let wanted: Int
  package let leftOver: Int
  package let supplies: [Supply]
  /// Fewer targets than the minima ask for: how many.
  package let missing: Int

  package init(
    kind: PairingKind, rules: [PairingRule], wanted: Int, leftOver: Int, supplies: [Supply],
    missing: Int = 0
  ) {
    self.kind = kind
    self.rules = rules
    self.wanted = wanted
    self.leftOver = leftOver
    self.supplies = supplies
    self.missing = missing
  }
}
