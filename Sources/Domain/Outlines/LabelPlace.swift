/// Where in an outline its name stands: the middle of the largest circle that fits into it, not the centre of
/// gravity, which lies outside a crescent. After V. Agafonkin, "A new algorithm for finding a visual center of
/// a polygon" (2016): squares are split as long as one may hold something better.
package struct LabelPlace: Hashable, Sendable {
  package let x: Double
  package let y: Double
  /// How wide the area is there, from border to border.
  package let width: Double

  package typealias Point = (x: Double, y: Double)

  /// - Parameter polygon: the outer ring and its holes in a plane.
  package init(of polygon: [[Point]]) {
    let outer = polygon[0]
    let (left, right) = (outer.map(\.x).min()!, outer.map(\.x).max()!)
    let (top, bottom) = (outer.map(\.y).min()!, outer.map(\.y).max()!)
    let size = min(right - left, bottom - top)
    func square(_ x: Double, _ y: Double, _ half: Double) -> Square {
      Square(x: x, y: y, half: half, distance: LabelPlace.distance(from: (x, y), to: polygon))
    }
    var best = square((left + right) / 2, (top + bottom) / 2, 0)
    var waiting: [Square] = []
    if size > 0 {
      for x in stride(from: left, to: right, by: size) {
        for y in stride(from: top, to: bottom, by: size) {
          waiting.append(square(x + size / 2, y + size / 2, size / 2))
        }
      }
    }
    while let index = waiting.indices.max(by: { waiting[$0].most < waiting[$1].most }) {
      let next = waiting.remove(at: index)
      if next.distance > best.distance { best = next }
      // A hundredth of the area's size is not seen.
      if next.most - best.distance <= size / 100 { break }
      let half = next.half / 2
      for (dx, dy) in [(-half, -half), (half, -half), (-half, half), (half, half)] {
        waiting.append(square(next.x + dx, next.y + dy, half))
      }
    }
    (x, y) = (best.x, best.y)
    width = LabelPlace.width(of: polygon, at: (best.x, best.y))
  }

  private struct Square {
    let x: Double
    let y: Double
    let half: Double
    /// From its middle to the border; below 0 outside.
    let distance: Double
    /// The most that any point of it may have.
    var most: Double { distance + half * 2.0.squareRoot() }
  }

  private static func distance(from point: Point, to polygon: [[Point]]) -> Double {
    var isInside = false
    var least = Double.infinity
    for ring in polygon {
      for (a, b) in zip(ring, ring.dropFirst()) {
        if (a.y > point.y) != (b.y > point.y),
          point.x < (b.x - a.x) * (point.y - a.y) / (b.y - a.y) + a.x
        {
          isInside.toggle()
        }
        least = min(least, squaredDistance(from: point, a, b))
      }
    }
    return isInside ? least.squareRoot() : -least.squareRoot()
  }

  private static func squaredDistance(from point: Point, _ a: Point, _ b: Point) -> Double {
    let (dx, dy) = (b.x - a.x, b.y - a.y)
    let length = dx * dx + dy * dy
    let along =
      length == 0 ? 0 : min(1, max(0, ((point.x - a.x) * dx + (point.y - a.y) * dy) / length))
    let (x, y) = (point.x - a.x - along * dx, point.y - a.y - along * dy)
    return x * x + y * y
  }

  private static func width(of polygon: [[Point]], at point: Point) -> Double {
    var (left, right) = (-Double.infinity, Double.infinity)
    for ring in polygon {
      for (a, b) in zip(ring, ring.dropFirst()) where (a.y > point.y) != (b.y > point.y) {
        let x = (b.x - a.x) * (point.y - a.y) / (b.y - a.y) + a.x
        if x <= point.x { left = max(left, x) } else { right = min(right, x) }
      }
    }
    return right - left == .infinity ? 0 : right - left
  }
}
