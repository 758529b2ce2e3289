import Domain
import Foundation

/// The definitions as shipped.
enum FigureRules {
  static let definitions = try! JSONDecoder().decode(
    Definitions.self, from: resource("definitions.json"))
}
