import Domain
import Foundation

/// Reads one feature of a file of outlines after the other.
struct OutlineReading {
  /// Read so far.
  private(set) var positions = 0

  /// As the offices that publish outlines call them.
  private static let codes = [
    "division_code", "adcode", "code", "gb", "区划代码", "行政区划代码", "代码", "xzqdm",
  ]
  private static let names = ["name", "名称", "xzqmc"]

  mutating func feature(_ any: Any, _ number: Int) throws(OutlineFault) -> OutlineFile.Feature {
    guard let feature = any as? [String: Any], feature["type"] as? String == "Feature" else {
      throw OutlineFault(.notGeoJSON, feature: number)
    }
    let properties = (feature["properties"] as? [String: Any] ?? [:])
      .reduce(into: [String: String]()) { $0[$1.key.lowercased()] = Self.text($1.value) }
    let name = Self.names.lazy.compactMap { properties[$0] }.first { !$0.isEmpty } ?? ""
    let code = Self.codes.lazy.compactMap { properties[$0].flatMap(Self.code) }.first
    guard code != nil || !name.isEmpty else { throw OutlineFault(.noIdentity, feature: number) }
    let geometry = feature["geometry"] as? [String: Any] ?? [:]
    let polygons: [Any]
    switch geometry["type"] as? String {
    case "Polygon": polygons = [geometry["coordinates"] ?? []]
    case "MultiPolygon": polygons = geometry["coordinates"] as? [Any] ?? []
    case let other: throw OutlineFault(.wrongGeometry, feature: number, value: other ?? "null")
    }
    var read: [[Outline.Ring]] = []
    for polygon in polygons {
      guard let rings = polygon as? [Any], !rings.isEmpty else {
        throw OutlineFault(.badPosition, feature: number, value: "[]")
      }
      var own: [Outline.Ring] = []
      for ring in rings { own.append(try self.ring(ring, number)) }
      read.append(own)
    }
    guard let outline = Outline(polygons: read) else {
      throw OutlineFault(.noArea, feature: number, value: name)
    }
    return OutlineFile.Feature(number: number, code: code, name: name, outline: outline)
  }

  private mutating func ring(_ any: Any, _ number: Int) throws(OutlineFault) -> Outline.Ring {
    guard let listed = any as? [Any] else {
      throw OutlineFault(.badPosition, feature: number, value: "\(any)")
    }
    var ring: Outline.Ring = []
    for position in listed { ring.append(try Self.position(position, number)) }
    positions += ring.count
    guard ring.count >= 4 else {
      throw OutlineFault(.shortRing, feature: number, value: String(ring.count))
    }
    guard ring.first == ring.last else {
      throw OutlineFault(.openRing, feature: number, value: Self.text(ring[0]))
    }
    return ring
  }

  private static func position(
    _ any: Any, _ number: Int
  ) throws(OutlineFault) -> Outline.Position {
    // A height may follow.
    guard let pair = any as? [Any], pair.count >= 2, let longitude = Self.number(pair[0]),
      let latitude = Self.number(pair[1])
    else { throw OutlineFault(.badPosition, feature: number, value: "\(any)") }
    guard abs(longitude) <= 180, abs(latitude) <= 90 else {
      throw OutlineFault(.outOfRange, feature: number, value: "\(longitude), \(latitude)")
    }
    let scale = Double(Outline.precision)
    return Outline.Position(
      longitude: Int((longitude * scale).rounded()), latitude: Int((latitude * scale).rounded()))
  }

  private static func number(_ any: Any) -> Double? { (any as? NSNumber)?.doubleValue }

  /// Six digits are a county's; the map service puts the country's 156 before them.
  private static func code(_ text: String) -> DivisionCode? {
    let digits =
      text.utf8.count == 9 && text.hasPrefix("156") ? String(text.dropFirst(3)) : text
    return DivisionCode(digits.utf8.count == 6 ? digits + "000000" : digits)
  }

  private static func text(_ any: Any) -> String? {
    (any as? String)?.trimmed ?? (any as? NSNumber)?.stringValue
  }

  private static func text(_ position: Outline.Position) -> String {
    let scale = Double(Outline.precision)
    return "\(Double(position.longitude) / scale), \(Double(position.latitude) / scale)"
  }
}
