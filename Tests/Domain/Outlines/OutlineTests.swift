import Domain
import Testing

@Suite struct OutlineTests {
  private static func ring(_ corners: [(Double, Double)]) -> [LabelPlace.Point] {
    (corners + [corners[0]]).map { (x: $0.0, y: $0.1) }
  }

  /// In a rectangle anywhere on the middle line that is as far from the ends as from the sides.
  @Test func nameInARectangle() {
    let place = LabelPlace(of: [Self.ring([(0, 0), (10, 0), (10, 4), (0, 4)])])
    #expect(abs(place.y - 2) < 0.05 && (1.95...8.05).contains(place.x))
    #expect(place.width == 10)
  }

  /// The centre of gravity of a horseshoe lies outside it. Its largest circle touches two sides and the inner
  /// corner: c = (10 − c)·√2.
  @Test func nameInAHorseshoe() {
    let shoe = Self.ring([
      (0, 0), (30, 0), (30, 30), (20, 30), (20, 10), (10, 10), (10, 30), (0, 30),
    ])
    let place = LabelPlace(of: [shoe])
    let c = 10 * 2.0.squareRoot() / (1 + 2.0.squareRoot())
    #expect(abs(place.y - c) < 0.35)
    #expect(abs(place.x - c) < 0.35 || abs(place.x - (30 - c)) < 0.35)
    #expect(place.width == 30)
  }

  /// A hole is not the unit's own.
  @Test func nameBesideAHole() {
    let outer = Self.ring([(0, 0), (20, 0), (20, 10), (0, 10)])
    let hole = Self.ring([(4, 1), (16, 1), (16, 9), (4, 9)])
    let place = LabelPlace(of: [outer, hole])
    #expect(place.x < 4 || place.x > 16)
    #expect(place.width == 4)
  }

  @Test(arguments: [
    // A square; the same with a position said twice; one that is a point once it is rounded.
    ([(0, 0), (1, 0), (1, 1), (0, 0)], 4), ([(0, 0), (1, 0), (1, 0), (1, 1), (0, 0)], 4),
    ([(0, 0), (0, 0), (0, 0), (0, 0)], 0), ([(0, 0), (5, 5), (0, 0), (0, 0)], 0),
  ])
  func ringsAreTidied(positions: [(Int, Int)], kept: Int) {
    let ring = positions.map { Outline.Position(longitude: $0.0, latitude: $0.1) }
    let outline = Outline(polygons: [[ring]])
    #expect(outline?.polygons[0][0].count ?? 0 == kept)
  }
}
