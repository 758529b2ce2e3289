import Domain

/// What the ledger keeps of the organisation tree.
enum UnitEvents {
  struct Created: Codable {
    var parent: UnitID?
    var kind: String
    var level: String
    var name: String
    var divisionCode: String?
    /// The second code and further ones.
    var otherCodes: [String]?
    var validFrom: Day
    /// Set where it was split off another, with the children it took.
    var splitFrom: UnitID?
    var children: [UnitID]?
  }

  /// From before names had days.
  struct Renamed: Codable {
    var from: String
    var to: String
  }

  struct Changed: Codable {
    struct Text: Codable {
      var from: String?
      var to: String
    }
    struct Parent: Codable {
      var from: UnitID?
      var to: UnitID
    }
    var on: Day
    var name: Text?
    var parent: Parent?
    var code: Text?
  }

  struct Merged: Codable {
    var into: UnitID
    var on: Day
  }

  struct Closed: Codable {
    var on: Day
  }
}
