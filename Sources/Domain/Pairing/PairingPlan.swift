/// A pairing of a whole track, with what it costs and the proof of how much less any other could cost.
package struct PairingPlan: Sendable {
  package struct Pair: Hashable, Sendable {
    package let kind: PairingKind
    /// In the facts.
    package let official: Int
    package let target: Int
    package let cost: Int64
    package let reasons: [PairingReason]
  }

  /// What no pairing under the rules can cost less than, and the prices that prove it.
  package struct Proof: Sendable {
    package let kind: PairingKind
    package let city: Int32
    /// In the order of the market's members and targets.
    package let potentials: Assignment.Potentials
    package let bound: Int64
  }

  package internal(set) var pairs: [Pair] = []
  package internal(set) var proofs: [Proof] = []
  /// By the name of the weight.
  package internal(set) var terms: [PairingTerm: Int64] = [:]

  package var cost: Int64 { terms.values.reduce(0, +) }
  package var bound: Int64 { proofs.map(\.bound).reduce(0, +) }
  /// What is lost at most against what the rules that are flow alone would allow.
  package var gap: Int64 { cost - bound }
}

/// The terms of the objective, by the names that weights have in the rules.
package enum PairingTerm: String, Hashable, Sendable, CaseIterable {
  case place, expertise, change
  case keyRank = "key_rank"
  case load, problems, cohesion
}

package enum PairingOutcome: Sendable {
  case plan(PairingPlan)
  /// There is none.
  case conflicts([PairingConflict])
}
