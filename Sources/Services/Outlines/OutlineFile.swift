import Domain
import Foundation

/// A file of outlines in GeoJSON (RFC 7946): areas in degrees of longitude and latitude (WGS 84, CGCS2000), each with a
/// division code or a name.
package struct OutlineFile: Sendable {
  package struct Feature: Sendable {
    /// In the file, from 1.
    package let number: Int
    package let code: DivisionCode?
    package let name: String
    package let outline: Outline
  }

  package let features: [Feature]
  /// Of features that are left out of `features`.
  package let faults: [OutlineFault]

  /// Bytes. The county outlines of a province take about a tenth.
  package static let maximumSize = 32 << 20
  /// Of all outlines together: more is not seen on a map, but waited for.
  package static let maximumPositions = 400_000

  /// - Throws: `OutlineFault` where the file as a whole is none.
  package init(_ bytes: [UInt8]) throws(OutlineFault) {
    guard bytes.count <= OutlineFile.maximumSize else { throw OutlineFault(.tooLarge) }
    // What Windows writes before UTF-8.
    let text = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes.dropFirst(3) : bytes[...]
    let any: Any
    do {
      any = try JSONSerialization.jsonObject(with: Data(text))
    } catch {
      throw OutlineFault(.notJSON)
    }
    let object = any as? [String: Any] ?? [:]
    let listed: [Any]
    switch object["type"] as? String {
    case "FeatureCollection": listed = object["features"] as? [Any] ?? []
    case "Feature": listed = [object]
    default: throw OutlineFault(.notGeoJSON)
    }
    guard !listed.isEmpty else { throw OutlineFault(.empty) }
    var reading = OutlineReading()
    var faults: [OutlineFault] = []
    var features: [Feature] = []
    for (index, any) in listed.enumerated() {
      do {
        features.append(try reading.feature(any, index + 1))
      } catch {
        faults.append(error)
      }
    }
    guard reading.positions <= OutlineFile.maximumPositions else {
      throw OutlineFault(.tooManyPositions, value: String(reading.positions))
    }
    (self.features, self.faults) = (features, faults)
  }
}
