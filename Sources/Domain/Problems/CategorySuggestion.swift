/// A category that words of a problem speak for, and those words. A person decides.
package struct CategorySuggestion: Hashable, Sendable {
  package let code: String
  /// The words, in the order of their weight.
  package let words: [String]
}

/// Words that speak for a category, by track.
package struct CategoryHints: Sendable {
  private var words: [Track: [(word: String, code: String)]] = [:]

  package init() {}

  /// - Parameter words: by track and code. A word may stand under one code of a track only.
  /// - Throws: `WordTableFault.ambiguous`
  package init(_ words: [Track: [String: [String]]]) throws(WordTableFault) {
    for (track, lists) in words {
      var known: [String: String] = [:]
      for (code, list) in lists.sorted(by: { $0.key < $1.key }) {
        for word in list {
          let key = word.compact.lowercased()
          guard known[key] ?? code == code else { throw .ambiguous(word) }
          known[key] = code
        }
      }
      // The longest first: what lies within a longer word that was found says nothing more.
      self.words[track] = known.sorted { a, b in
        (-a.key.count, a.key) < (-b.key.count, b.key)
      }.map { (word: $0.key, code: $0.value) }
    }
  }

  /// A word of the title counts twice one of the details; each counts once, by its length.
  private static let titleWeight = 2
  /// One word of two characters in the title, or two in the details.
  private static let least = 4

  /// - Returns: nil where nothing speaks for one, or as much for another.
  package func suggestion(
    title: String, detail: String, track: Track
  ) -> CategorySuggestion? {
    var scores: [String: Int] = [:]
    var found: [String: [(word: String, score: Int)]] = [:]
    var texts = [
      (text: title.compact.lowercased(), weight: CategoryHints.titleWeight),
      (text: detail.compact.lowercased(), weight: 1),
    ]
    for (word, code) in words[track] ?? [] {
      var weight = 0
      for index in texts.indices where texts[index].text.contains(word) {
        weight = max(weight, texts[index].weight)
        texts[index].text = texts[index].text.replacing(word, with: "\n")
      }
      if weight == 0 { continue }
      let score = word.count * weight
      scores[code, default: 0] += score
      found[code, default: []].append((word, score))
    }
    let ranked = scores.sorted { ($0.value, $1.key) > ($1.value, $0.key) }
    guard let best = ranked.first, best.value >= CategoryHints.least,
      ranked.count == 1 || ranked[1].value < best.value
    else { return nil }
    let words = (found[best.key] ?? []).sorted { $0.score > $1.score }.map(\.word)
    return CategorySuggestion(code: best.key, words: words)
  }
}
