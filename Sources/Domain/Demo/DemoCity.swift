/// The demo city's places and firms by name, and who handles what there. Real are the city, its nine county
/// units and the departments every city has.
package struct DemoCity: Sendable {
  package let words: DemoCityWords
  package let plan: DemoPlan
  package internal(set) var counties: [County] = []
  package internal(set) var townships: [Place] = []
  package internal(set) var villages: [Village] = []
  package internal(set) var enterprises: [Enterprise] = []
  package internal(set) var officials: [Official] = []
  /// How long each department takes, by its name without its place.
  var paces: [String: Double] = [:]

  package struct County: Sendable {
    package let name: String
    package let short: String
    package let code: String?
    package let path: String
    package let pace: Double
  }

  package struct Place: Sendable {
    package let name: String
    package let path: String
    package let county: Int
    package let pace: Double
  }

  package struct Village: Sendable {
    package let name: String
    package let path: String
    package let county: Int
    package let township: Int
    package let people: Int
    package let contact: String
  }

  package struct Enterprise: Sendable {
    package let name: String
    package let county: Int
    package let township: Int
    package let trade: DemoCityWords.Trade
    package let isKey: Bool
    package let scale: String
    package let contact: String
    /// The place in `DemoPlan.enterprises`.
    package let wave: Int
  }

  package struct Official: Sendable {
    package let name: String
    package let unit: String
    package let track: String
    package let rank: String
    package let post: String
    package let expertise: String
    /// Serves from the third wave of enterprises on.
    package let isLater: Bool
  }

  package var cityOffice: String { words.city }
  package var departments: [String] { words.departments + words.furtherDepartments }

  package func department(_ name: String, county: Int?) -> String {
    guard let county else { return "\(words.city)/\(words.city)\(name)" }
    return "\(counties[county].path)/\(counties[county].short)\(name)"
  }

  /// Who handles a problem of a category, on the tier it was judged to.
  func handler(
    _ track: Track, _ category: DemoProblemWords.Category, _ tier: String, _ department: String?,
    target: Int, county: Int
  ) -> (path: String, pace: Double) {
    let name = department ?? category.department
    switch tier {
    case "paired", "township":
      let township = track == .village ? villages[target].township : enterprises[target].township
      return (townships[township].path, townships[township].pace)
    case "city_office":
      if let taskforce = category.taskforce, department == nil {
        return ("\(words.city)/\(taskforce)", 0.85)
      }
      return (self.department(name, county: nil), paces[name] ?? 1)
    default:
      return (self.department(name, county: county), (paces[name] ?? 1) * counties[county].pace)
    }
  }
}
