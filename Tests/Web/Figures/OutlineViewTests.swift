import Domain
import Testing

@testable import Web

@Suite struct OutlineViewTests {
  private func position(_ longitude: Int, _ latitude: Int) -> Outline.Position {
    Outline.Position(longitude: longitude, latitude: latitude)
  }

  /// Two squares side by side on the equator, the eastern one half as high: 2,000 across, north above.
  @Test func pictures() throws {
    func square(_ west: Int, _ north: Int) -> Outline {
      Outline(polygons: [
        [
          [
            position(west, 0), position(west + 100, 0), position(west + 100, north),
            position(west, north), position(west, 0),
          ]
        ]
      ])!
    }
    let view = OutlineView([(UnitID(1), square(0, 100)), (UnitID(2), square(100, 50))])
    #expect(view.width == 2000 && view.height == 1000)
    #expect(view.areas.map(\.unit) == ["1", "2"])
    #expect(view.areas[0].path == "M0 1000l1000 0 0-1000 -1000 0 z")
    #expect(view.areas[1].path == "M1000 1000l1000 0 0-500 -1000 0 z")
    #expect(view.areas[0].x == 500 && view.areas[0].y == 500 && view.areas[0].room == 1000)
    #expect(abs(view.areas[1].y - 750) <= 5)
  }

  /// At 60 degrees a degree of longitude is half as long as one of latitude.
  @Test func degreesAreShorterInTheNorth() {
    let ring = [
      position(0, 595_000), position(20_000, 595_000), position(20_000, 605_000),
      position(0, 605_000), position(0, 595_000),
    ]
    let view = OutlineView([(UnitID(1), Outline(polygons: [[ring]])!)])
    #expect(abs(view.width - view.height) <= 1)
  }
}
