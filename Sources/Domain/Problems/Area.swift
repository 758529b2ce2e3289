/// Where a problem lies in the organisation tree, as the tree was when it was registered.
package struct Area: Hashable, Sendable, Codable {
  package var county: UnitID?
  package var township: UnitID?
  package var village: UnitID?

  package init(county: UnitID? = nil, township: UnitID? = nil, village: UnitID? = nil) {
    (self.county, self.township, self.village) = (county, township, village)
  }

  package func contains(_ unit: UnitID) -> Bool { [county, township, village].contains(unit) }

  package subscript(level: UnitLevel) -> UnitID? {
    get {
      switch level {
      case .city: nil
      case .county: county
      case .township: township
      case .village: village
      }
    }
    set {
      switch level {
      case .city: break
      case .county: county = newValue
      case .township: township = newValue
      case .village: village = newValue
      }
    }
  }
}
