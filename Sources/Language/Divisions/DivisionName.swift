import Domain

/// A division's name without what says what sort of division it is: 李树村委会 and 李树社区居民委员会 are both
/// 李树.
package struct DivisionName: Hashable, Sendable {
  package let base: String

  private static let endings = [
    "村民委员会", "社区居民委员会", "居民委员会", "社区居委会", "村委会", "居委会", "街道办事处", "社区村委会",
    "办事处", "管理委员会", "管委会", "街道", "社区", "回族乡", "村", "镇", "乡",
  ]

  package init(_ name: String) {
    var base = TextFolding.fold(name)
    // 东城区管委会社区: one ending may hide another.
    var hasEnding = true
    while hasEnding {
      hasEnding = false
      for ending in DivisionName.endings
      where base.hasSuffix(ending) && base.count > ending.count {
        base.removeLast(ending.count)
        hasEnding = true
        break
      }
    }
    self.base = base
  }

  /// Like enough to ask a person: equal, one within the other, or one character apart.
  func isLike(_ other: DivisionName) -> Bool {
    if base == other.base { return true }
    let (short, long) = base.count < other.base.count ? (base, other.base) : (other.base, base)
    guard short.count >= 2 else { return false }
    return long.hasPrefix(short) || long.hasSuffix(short)
      || isOneEdit(Array(base.unicodeScalars), Array(other.base.unicodeScalars))
  }
}
