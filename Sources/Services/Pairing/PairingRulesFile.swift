import Domain
import Foundation

/// The rules of the pairing as a file holds them (docs/pairing.md).
package enum PairingRulesFile {
  /// - Throws: `PairingRefusal.rules`, naming the place and what is wrong there.
  package static func rules(_ json: [UInt8]) throws -> PairingRules {
    let rules: PairingRules
    do {
      rules = try JSONDecoder().decode(PairingRules.self, from: Data(json))
    } catch let error as DecodingError {
      throw PairingRefusal.rules(error.plain)
    }
    if let fault = rules.faults.first { throw PairingRefusal.rules(fault.description) }
    return rules
  }

  static func text(_ rules: PairingRules) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys]
    return String(decoding: try encoder.encode(rules), as: UTF8.self)
  }
}
