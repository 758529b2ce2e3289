/// What is wrong with a file of outlines, or with one of its features. Text comes from the catalogue under
/// `outline.fault.<code>`.
package struct OutlineFault: Error, Hashable, Sendable {
  package enum Code: String, Sendable, CaseIterable {
    // The file
    case tooLarge = "too_large"
    case notJSON = "not_json"
    case notGeoJSON = "not_geojson"
    case empty
    case tooManyPositions = "too_many_positions"
    // A feature's area
    case wrongGeometry = "wrong_geometry"
    case badPosition = "bad_position"
    case outOfRange = "out_of_range"
    case openRing = "open_ring"
    case shortRing = "short_ring"
    case noArea = "no_area"
    // Whose it is
    case noIdentity = "no_identity"
    case unknownUnit = "unknown_unit"
    case ambiguousUnit = "ambiguous_unit"
    case wrongLevel = "wrong_level"
    case repeatedUnit = "repeated_unit"
    case outsideScope = "outside_scope"
  }

  /// Of the file from 1; 0 for the file as a whole.
  package let feature: Int
  package let code: Code
  /// What is meant: a name, a kind of geometry, a position.
  package let value: String

  package init(_ code: Code, feature: Int = 0, value: String = "") {
    (self.feature, self.code, self.value) = (feature, code, value)
  }
}
