/// What kind of request a problem is to Open311: a category of a track, `village-infrastructure`; or the track
/// alone, `village`, while nobody has judged it. Two tracks may have a category of the same name.
package struct ServiceCode: Hashable, Sendable, LosslessStringConvertible {
  package let track: Track
  package let category: String?

  package init(track: Track, category: String?) {
    (self.track, self.category) = (track, category)
  }

  package init?(_ text: String) {
    let parts = text.split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false)
    guard let track = Track(rawValue: String(parts[0])) else { return nil }
    let category = parts.count > 1 ? String(parts[1]) : nil
    if category == "" { return nil }
    self.init(track: track, category: category)
  }

  package var description: String {
    category.map { "\(track.rawValue)-\($0)" } ?? track.rawValue
  }
}
