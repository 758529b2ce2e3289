import Foundation

/// How much two short texts have in common: pairs of neighbouring characters, those that few texts have
/// counting more (Dice's measure, weighted).
package struct TextLikeness: Sendable {
  /// The pairs, each once, in their order.
  package let terms: [String]
  private var weights: [String: Double] = [:]

  package init(_ text: String) {
    terms = TextLikeness.pairs(text)
  }

  /// - Parameters:
  ///   - counts: how many texts have a pair; `most` or more are one and the same.
  package mutating func weigh(_ counts: [String: Int], most: Int) {
    weights = counts.mapValues { count in
      log(1 + Double(most) / Double(max(1, count))) / log(1 + Double(most))
    }
  }

  /// From 0, nothing in common, to 1, the same.
  package func likeness(to text: String) -> Double {
    let others = Set(TextLikeness.pairs(text))
    if others.isEmpty || terms.isEmpty { return 0 }
    let own = terms.reduce(0) { $0 + weight($1) }
    let other = others.reduce(0) { $0 + weight($1) }
    let common = terms.reduce(0) { $0 + (others.contains($1) ? weight($1) : 0) }
    return 2 * common / (own + other)
  }

  private func weight(_ term: String) -> Double { weights[term] ?? 1 }

  private static func pairs(_ text: String) -> [String] {
    SearchEntry(name: text, hasInitials: false).terms.filter { term in
      // Without single characters, which say little.
      term.unicodeScalars.count > 1
        && !(term.utf8.count == 2 && term.utf8.first == UInt8(ascii: "u"))
    }
  }
}
