extension Outline {
  /// Whether a place lies within: what is crossed an odd number of times on the way out, holes included. On
  /// a border either neighbour may be told.
  package func contains(_ place: Position) -> Bool {
    polygons.contains { rings in
      rings.reduce(false) { $0 != Outline.isCrossedOddly($1, from: place) }
    }
  }

  /// Of the edges of a ring, those to the east of a place and at its height.
  private static func isCrossedOddly(_ ring: Ring, from place: Position) -> Bool {
    var isOdd = false
    for (a, b) in zip(ring, ring.dropFirst())
    where (a.latitude > place.latitude) != (b.latitude > place.latitude) {
      // Both sides times the height of the edge, whose sign may turn them round.
      let height = b.latitude - a.latitude
      let left = (place.longitude - a.longitude) * height
      let right = (place.latitude - a.latitude) * (b.longitude - a.longitude)
      if height > 0 ? left < right : left > right { isOdd.toggle() }
    }
    return isOdd
  }
}
