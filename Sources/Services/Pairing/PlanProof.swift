import Domain
import Foundation

/// The prices that prove a plan, by the ids of officials and targets, so that they can be checked against
/// the registers by whoever reads them.
package struct PlanProof: Codable, Hashable, Sendable {
  package let kind: String
  /// By its number among the places.
  package let city: Int32
  package let bound: Int64
  package let officials: [String: Int64]
  package let targets: [String: Int64]

  init(_ proof: PairingPlan.Proof, _ market: PairingMarket, _ facts: PairingFacts) {
    kind = proof.kind.rawValue
    city = proof.city
    bound = proof.bound
    officials = Dictionary(
      uniqueKeysWithValues: zip(market.members, proof.potentials.officials).map {
        (facts.officials[$0.official].id.description, $1)
      })
    let all = facts.targets(proof.kind)
    targets = Dictionary(
      uniqueKeysWithValues: zip(market.targets, proof.potentials.targets).map {
        (String(all[$0].target.id), $1)
      })
  }

  /// In the order of a market; whoever is unknown has the price 0, which proves less, never wrongly.
  func potentials(of market: PairingMarket, _ facts: PairingFacts) -> Assignment.Potentials {
    let all = facts.targets(market.kind)
    return Assignment.Potentials(
      officials: market.members.map {
        officials[facts.officials[$0.official].id.description] ?? 0
      }, targets: market.targets.map { targets[String(all[$0].target.id)] ?? 0 })
  }

  static func bytes(_ proofs: [PlanProof]) throws -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys]
    return [UInt8](try encoder.encode(proofs))
  }

  static func read(_ bytes: [UInt8]) throws -> [PlanProof] {
    try JSONDecoder().decode([PlanProof].self, from: Data(bytes))
  }
}
