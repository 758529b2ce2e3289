/// Which procedure a problem runs under 轨道: the name of a `Procedure`, whose rules are data.
package struct Track: RawRepresentable, Hashable, Comparable, Sendable, Codable {
  package let rawValue: String

  /// Lower-case letters and underscores; anything else is nil.
  package init?(rawValue: String) {
    let fits = rawValue.utf8.allSatisfy { (97...122).contains($0) || $0 == 95 }
    guard fits, (1...32).contains(rawValue.utf8.count) else { return nil }
    self.rawValue = rawValue
  }

  /// 助企
  package static let enterprise = Track(rawValue: "enterprise")!
  /// 联乡帮村
  package static let village = Track(rawValue: "village")!

  package static func < (a: Track, b: Track) -> Bool { a.rawValue < b.rawValue }
}
