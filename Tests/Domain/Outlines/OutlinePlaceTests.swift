import Domain
import Testing

@Suite struct OutlinePlaceTests {
  private func ring(_ places: [(Int, Int)]) -> Outline.Ring {
    places.map { Outline.Position(longitude: $0.0, latitude: $0.1) }
  }

  /// A square with a hole, and a triangle apart from it.
  @Test(arguments: [
    ((5, 5), false), ((1, 1), true), ((9, 5), true), ((11, 5), false), ((-1, 5), false),
    ((5, 11), false), ((25, 2), true), ((21, 9), false), ((29, 9), false), ((15, 5), false),
  ])
  func placesInAndOutside(place: (Int, Int), isInside: Bool) throws {
    let square = ring([(0, 0), (10, 0), (10, 10), (0, 10), (0, 0)])
    // Whichever way round it goes.
    let hole = ring([(4, 4), (4, 6), (6, 6), (6, 4), (4, 4)])
    let triangle = ring([(20, 0), (30, 0), (25, 10), (20, 0)])
    let outline = try #require(Outline(polygons: [[square, hole], [triangle]]))
    #expect(
      outline.contains(Outline.Position(longitude: place.0, latitude: place.1)) == isInside)
  }
}
