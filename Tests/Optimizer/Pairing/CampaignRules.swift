import Domain
import Foundation

/// The rules that the product ships.
enum CampaignRules {
  static let shipped: PairingRules = {
    let file = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../../../Resources/pairing-rules.json")
    // swift-format-ignore: NeverForceUnwrap
    return try! JSONDecoder().decode(PairingRules.self, from: Data(contentsOf: file))
  }()
}
