import Domain

/// Outlines as the browser draws them: the paths of an SVG picture, north above, and where names stand.
struct OutlineView: Encodable, Sendable {
  struct Area: Encodable, Sendable {
    let unit: String
    /// The `d` of a path.
    let path: String
    /// Where the middle of the name stands.
    let x: Int
    let y: Int
    /// How wide the area is there.
    let room: Int
  }

  let width: Int
  let height: Int
  let areas: [Area]

  /// The longer side of the picture; a browser makes it as large as it likes.
  private static let size = 2_000.0

  /// - Parameter outlines: of units that lie beside one another.
  init(_ outlines: [(unit: UnitID, outline: Outline)]) {
    let all = outlines.flatMap { $0.outline.polygons.joined().joined() }
    guard let west = all.map(\.longitude).min(), let east = all.map(\.longitude).max(),
      let south = all.map(\.latitude).min(), let north = all.map(\.latitude).max()
    else {
      (width, height, areas) = (1, 1, [])
      return
    }
    // Over a city the earth is flat enough: degrees of longitude are shortened as in its middle.
    let middle = Double(south + north) / 2 / Double(Outline.precision)
    let across = max(1, Double(east - west) * OutlineView.cosine(degrees: middle))
    let down = max(1, Double(north - south))
    let scale = OutlineView.size / max(across, down)
    let stretch = across / max(1, Double(east - west))
    func point(_ position: Outline.Position) -> LabelPlace.Point {
      (
        x: Double(position.longitude - west) * stretch * scale,
        y: Double(north - position.latitude) * scale
      )
    }
    width = Int((across * scale).rounded())
    height = Int((down * scale).rounded())
    areas = outlines.map { unit, outline in
      let polygons = outline.polygons.map { $0.map { $0.map(point) } }
      let largest = polygons.max { OutlineView.extent($0[0]) < OutlineView.extent($1[0]) }!
      let place = LabelPlace(of: largest)
      return Area(
        unit: unit.description, path: polygons.joined().map(OutlineView.path).joined(),
        x: Int(place.x.rounded()), y: Int(place.y.rounded()), room: Int(place.width.rounded()))
    }
  }

  /// Steps from point to point: shorter than the points themselves.
  private static func path(_ ring: [LabelPlace.Point]) -> String {
    var text = ""
    var last = (x: 0, y: 0)
    for (index, point) in ring.dropLast().enumerated() {
      let next = (x: Int(point.x.rounded()), y: Int(point.y.rounded()))
      let step = (x: next.x - last.x, y: next.y - last.y)
      if index > 0, step == (0, 0) { continue }
      text +=
        index == 0
        ? "M\(next.x) \(next.y)l" : step.y < 0 ? "\(step.x)\(step.y) " : "\(step.x) \(step.y) "
      last = next
    }
    return text + "z"
  }

  private static func extent(_ ring: [LabelPlace.Point]) -> Double {
    var twice = 0.0
    for (a, b) in zip(ring, ring.dropFirst()) { twice += a.x * b.y - b.x * a.y }
    return abs(twice)
  }

  /// By its series: good to a millionth below 60 degrees.
  private static func cosine(degrees: Double) -> Double {
    let square = (degrees * .pi / 180) * (degrees * .pi / 180)
    return 1 - square / 2 * (1 - square / 12 * (1 - square / 30 * (1 - square / 56)))
  }
}
