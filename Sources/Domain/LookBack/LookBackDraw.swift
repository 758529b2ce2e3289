/// Draws the sample of a look-back (回头看) so that nobody picks it and everybody can repeat it
/// (docs/look-back.md).
package enum LookBackDraw {
  /// Ranks each number by the digest of the root, a zero byte and the number in decimal digits, and takes
  /// the first.
  /// - Parameters:
  ///   - population: numbers of problems, each once; their order does not matter.
  ///   - root: the ledger's, 32 bytes.
  ///   - hash: SHA-256 or SM3, as the ledger's.
  /// - Returns: in the order of rank; all where there are fewer than asked for.
  package static func draw(
    _ count: Int, of population: [Int64], root: [UInt8], hash: ([UInt8]) -> [UInt8]
  ) -> [Int64] {
    let ranked = population.map { number in
      (rank: hash(root + [0] + Array(String(number).utf8)), number: number)
    }.sorted { a, b in
      if a.rank == b.rank { return a.number < b.number }
      return a.rank.lexicographicallyPrecedes(b.rank)
    }
    return ranked.prefix(max(0, count)).map(\.number)
  }

  /// The bytes that stand for a population: its numbers in ascending order in decimal digits, a line
  /// each.
  package static func bytes(of population: [Int64]) -> [UInt8] {
    population.sorted().flatMap { Array("\($0)\n".utf8) }
  }
}

/// How many are drawn: a number, or a share of the population.
package enum LookBackShare: Hashable, Sendable, TextCodable {
  case count(Int)
  case percent(Int)

  /// `20` or `10%`; nil for less than one or more than all.
  package init?(_ text: String) {
    if text.hasSuffix("%") {
      guard let percent = Int(text.dropLast()), (1...100).contains(percent) else { return nil }
      self = .percent(percent)
    } else {
      guard let count = Int(text), count > 0 else { return nil }
      self = .count(count)
    }
    guard description == text else { return nil }
  }

  package var description: String {
    switch self {
    case .count(let count): String(count)
    case .percent(let percent): "\(percent)%"
    }
  }

  /// A share is rounded up: of one closed problem one is looked at.
  package func count(of population: Int) -> Int {
    switch self {
    case .count(let count): min(count, population)
    case .percent(let percent): (population * percent + 99) / 100
    }
  }
}
