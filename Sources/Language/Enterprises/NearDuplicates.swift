/// Pairs of enterprises of one county that may be the same: equal keys, or keys one edit apart whose
/// numerals are equal (第一建筑 and 第二建筑 are two firms; DOMAIN 10).
package struct NearDuplicates: Sendable, Equatable {
  package enum Reason: Int, Sendable {
    case equal
    /// One character put in, left out or exchanged, and no numeral.
    case oneEdit
  }

  package struct Pair: Hashable, Sendable {
    package let first: Int64
    package let second: Int64
    package let reason: Reason

    package init(first: Int64, second: Int64, reason: Reason) {
      self.first = first
      self.second = second
      self.reason = reason
    }
  }

  /// Equal ones first, then by ids; `first` < `second`.
  package let pairs: [Pair]
  /// Whether there were more than the limit.
  package let wasCut: Bool

  /// Work grows with the characters of all keys, not with the square of their number.
  /// - Parameters:
  ///   - names: ids are unique; keys are `EnterpriseName.key`, empty ones are left out.
  ///   - limit: how many pairs at most.
  package init(of names: [(id: Int64, county: Int64, key: String)], limit: Int) {
    var counties: [Int64: [(id: Int64, key: String)]] = [:]
    for name in names where !name.key.isEmpty {
      counties[name.county, default: []].append((name.id, name.key))
    }
    var found: [Pair] = []
    for county in counties.values {
      let neighbourhood = Neighbourhood(county)
      // One more than asked tells whether any were left.
      found += neighbourhood.pairs(.equal, atMost: limit + 1)
      found += neighbourhood.pairs(.oneEdit, atMost: limit + 1)
    }
    found.sort { a, b in
      (a.reason.rawValue, a.first, a.second) < (b.reason.rawValue, b.first, b.second)
    }
    pairs = Array(found.prefix(limit))
    wasCut = found.count > limit
  }
}
