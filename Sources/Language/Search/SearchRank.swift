/// How well an entry answers a query, the best first.
package enum SearchRank: Int, Comparable, Sendable, CaseIterable {
  /// The name or a code is what was typed.
  case exact
  /// The name or a code begins with it.
  case prefix
  /// The initials of the whole name are what was typed.
  case initials
  /// The name holds every word.
  case contains
  /// Some word was found by initials or code.
  case spelled
  /// Only a former name has it.
  case former

  package static func < (a: SearchRank, b: SearchRank) -> Bool { a.rawValue < b.rawValue }
}

/// A total order of answers: rank, then the shorter name, then the name.
package struct SearchOrder: Comparable, Sendable {
  package let rank: SearchRank
  package let length: Int
  package let name: String

  package static func < (a: SearchOrder, b: SearchOrder) -> Bool {
    (a.rank, a.length, a.name) < (b.rank, b.length, b.name)
  }
}

extension SearchQuery {
  /// - Returns: nil where the entry does not match.
  package func order(_ entry: SearchEntry) -> SearchOrder? {
    guard matches(entry) else { return nil }
    return SearchOrder(
      rank: rank(entry), length: entry.text.scalars.count, name: entry.name)
  }

  private func rank(_ entry: SearchEntry) -> SearchRank {
    let text = entry.text
    if text.scalars == whole.scalars || entry.codes.contains(where: { $0.scalars == whole.scalars })
    {
      return .exact
    }
    if text.scalars.starts(with: whole.scalars) || entry.codes.contains(where: whole.begins) {
      return .prefix
    }
    if whole.isSpelling, text.scalars.count == whole.scalars.count, text.spells(whole) {
      return .initials
    }
    if words.allSatisfy(text.contains) { return .contains }
    let isNow = words.allSatisfy { word in
      word.isFound(in: text) || entry.codes.contains(where: word.begins)
    }
    return isNow ? .spelled : .former
  }
}
