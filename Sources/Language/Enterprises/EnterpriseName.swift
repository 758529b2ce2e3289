/// An enterprise's name as near-duplicates are compared (DOMAIN 10).
package struct EnterpriseName: Hashable, Sendable {
  /// Folded, without brackets (what they hold stays), 有限责任公司 as 有限公司 (Company Law art. 8 allows
  /// both), leading places in their short form. The key of a key is itself.
  package let key: String

  package init(_ name: String, places: PlaceNames) {
    var scalars = Array(TextFolding.fold(name).unicodeScalars)
    scalars.removeAll { $0 == "(" || $0 == ")" }
    // Cutting a place may lay bare another, so once more until nothing changes.
    while true {
      let cut = places.shortened(EnterpriseName.withoutLiability(scalars))
      if cut.count == scalars.count { break }
      scalars = cut
    }
    key = String(String.UnicodeScalarView(scalars))
  }

  package init(_ name: String, places: [String]) {
    self.init(name, places: PlaceNames(places))
  }

  private static let limited = Array("有限责任公司".unicodeScalars)

  private static func withoutLiability(_ name: [Unicode.Scalar]) -> [Unicode.Scalar] {
    var kept: [Unicode.Scalar] = []
    kept.reserveCapacity(name.count)
    for scalar in name {
      kept.append(scalar)
      // What precedes 公司 is looked at only when its last character comes.
      if scalar == limited[5], kept.suffix(6).elementsEqual(limited) {
        kept.removeSubrange((kept.count - 4)..<(kept.count - 2))
      }
    }
    return kept
  }
}
