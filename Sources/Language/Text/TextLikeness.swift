import Foundation

/// How much two short texts have in common: pairs of neighbouring characters, those that few texts have
/// counting more (Dice's measure, weighted).
package struct TextLikeness: Sendable {
  /// The pairs, each once, in their order.
  package let terms: [String]
  private let keys: [UInt128]
  /// What each of the pairs counts, by its key; one of others counts 1.
  private var weights: [UInt128: Double]
  private var own: Double

  package init(_ text: String) {
    var (terms, keys): ([String], [UInt128]) = ([], [])
    var weights: [UInt128: Double] = [:]
    TextLikeness.visitPairs(of: text) { pair in
      let key = pair.key
      guard weights.updateValue(1, forKey: key) == nil else { return }
      terms.append(pair.text)
      keys.append(key)
    }
    (self.terms, self.keys, self.weights) = (terms, keys, weights)
    own = Double(terms.count)
  }

  /// - Parameters:
  ///   - counts: how many texts have a pair; `most` or more are one and the same.
  package mutating func weigh(_ counts: [String: Int], most: Int) {
    for (term, key) in zip(terms, keys) {
      guard let count = counts[term] else { continue }
      weights[key] =
        log(1 + Double(most) / Double(max(1, count))) / log(1 + Double(most))
    }
    own = keys.reduce(0) { $0 + (weights[$1] ?? 1) }
  }

  /// From 0, nothing in common, to 1, the same. Hundreds of texts are compared with one: no term of theirs
  /// becomes a text.
  package func likeness(to text: String) -> Double {
    var others: [UInt128] = []
    TextLikeness.visitPairs(of: text) { others.append($0.key) }
    if others.isEmpty || terms.isEmpty { return 0 }
    others.sort()
    var (common, other) = (0.0, 0.0)
    var last: UInt128?
    for key in others where key != last {
      last = key
      let weight = weights[key]
      common += weight ?? 0
      other += weight ?? 1
    }
    return 2 * common / (own + other)
  }

  /// Without single characters, which say little.
  private static func visitPairs(of text: String, _ body: (SearchTerm) -> Void) {
    SearchText(text, hasInitials: false).visitTerms { term in
      switch term {
      case .letter, .characters(_, nil): break
      case .characters, .neighbours, .number: body(term)
      }
    }
  }
}
