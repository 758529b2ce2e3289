/// Chance that comes out the same for the same seed (SplitMix64).
package struct Dice: RandomNumberGenerator, Sendable {
  private var state: UInt64

  package init(seed: UInt64) { state = seed }

  package mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var value = state
    value = (value ^ (value >> 30)) &* 0xbf58_476d_1ce4_e5b9
    value = (value ^ (value >> 27)) &* 0x94d0_49bb_1331_11eb
    return value ^ (value >> 31)
  }

  /// Dice of their own for a part of the whole: what one part throws moves no other.
  package mutating func fork() -> Dice { Dice(seed: next()) }

  package mutating func whole(_ range: ClosedRange<Int>) -> Int {
    Int.random(in: range, using: &self)
  }

  /// From 0 up to 1.
  package mutating func share() -> Double { Double(next() >> 11) / Double(1 << 53) }

  /// - Parameter share: from 0 to 1.
  package mutating func chance(_ share: Double) -> Bool { self.share() < share }

  /// - Precondition: the list has something.
  package mutating func pick<T>(_ list: [T]) -> T { list[whole(0...(list.count - 1))] }

  /// The place of one of these weights.
  package mutating func weighted(_ weights: [Double]) -> Int {
    var left = share() * weights.reduce(0, +)
    for (place, weight) in weights.enumerated() {
      left -= weight
      if left < 0 { return place }
    }
    return weights.count - 1
  }

  /// A number about a median as people's delays lie about theirs: most a little less, a few much more
  /// (lognormal with σ = 0.6, by its quantiles from 2.5 % to 97.5 %).
  package mutating func delay(_ median: Double) -> Double {
    let place = share() * Double(Self.quantiles.count - 1)
    let (below, part) = (Int(place), place - place.rounded(.down))
    let (low, high) = (Self.quantiles[below], Self.quantiles[below + 1])
    return median * (low + (high - low) * part)
  }

  private static let quantiles = [
    0.31, 0.46, 0.54, 0.60, 0.67, 0.73, 0.79, 0.86, 0.93, 1.0, 1.08, 1.17, 1.26, 1.37, 1.50, 1.66,
    1.86, 2.16, 3.24,
  ]
}

/// Shares out a number by weights so that the parts add up to it (largest remainders).
/// - Returns: a part for each weight.
package func apportion(_ total: Int, by weights: [Int]) -> [Int] {
  let sum = weights.reduce(0, +)
  guard sum > 0 else { return weights.map { _ in 0 } }
  var parts = weights.map { total * $0 / sum }
  let remainders = weights.indices.sorted {
    let (a, b) = (total * weights[$0] % sum, total * weights[$1] % sum)
    return a == b ? $0 < $1 : a > b
  }
  for place in remainders.prefix(total - parts.reduce(0, +)) { parts[place] += 1 }
  return parts
}
