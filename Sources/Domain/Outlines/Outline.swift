/// The area of a unit on the map: one or more polygons, each a ring with the rings of its holes.
package struct Outline: Hashable, Sendable {
  /// A place in ten-thousandths of a degree, about ten metres: neighbours that share a border still do after
  /// rounding, and no figure on a map is finer.
  package struct Position: Hashable, Sendable {
    package let longitude: Int
    package let latitude: Int

    package init(longitude: Int, latitude: Int) {
      (self.longitude, self.latitude) = (longitude, latitude)
    }
  }

  /// The last position is the first again.
  package typealias Ring = [Position]

  /// To a degree.
  package static let precision = 10_000

  /// The outer ring of each polygon comes first.
  package let polygons: [[Ring]]

  /// Rings that are nothing once they are rounded are left out.
  /// - Returns: nil where nothing is left.
  package init?(polygons: [[Ring]]) {
    let kept = polygons.compactMap { rings -> [Ring]? in
      guard let outer = rings.first.flatMap(Outline.tidy) else { return nil }
      return [outer] + rings.dropFirst().compactMap(Outline.tidy)
    }
    if kept.isEmpty { return nil }
    self.polygons = kept
  }

  /// Without positions that repeat the one before; nil where too few are left for an area.
  private static func tidy(_ ring: Ring) -> Ring? {
    var kept: Ring = []
    for position in ring where position != kept.last { kept.append(position) }
    return kept.count >= 4 && kept.first == kept.last ? kept : nil
  }
}
