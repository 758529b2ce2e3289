/// A category that words of a problem speak for, and those words. A person decides.
package struct CategorySuggestion: Hashable, Sendable {
  package let code: String
  /// The words, in the order of their weight.
  package let words: [String]
}

/// Words that speak for a category, by track.
package struct CategoryHints: Sendable {
  private struct Hint: Sendable {
    let word: String
    let bytes: [UInt8]
    /// In characters.
    let length: Int
    let code: String
  }

  private var hints: [Track: [Hint]] = [:]

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
      hints[track] = known.map {
        Hint(word: $0.key, bytes: Array($0.key.utf8), length: $0.key.count, code: $0.value)
      }.sorted { a, b in (-a.length, a.word) < (-b.length, b.word) }
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
      (bytes: Array(title.compact.lowercased().utf8), weight: CategoryHints.titleWeight),
      (bytes: Array(detail.compact.lowercased().utf8), weight: 1),
    ]
    for hint in hints[track] ?? [] {
      var weight = 0
      for index in texts.indices where CategoryHints.strike(hint.bytes, from: &texts[index].bytes) {
        weight = max(weight, texts[index].weight)
      }
      if weight == 0 { continue }
      let score = hint.length * weight
      scores[hint.code, default: 0] += score
      found[hint.code, default: []].append((hint.word, score))
    }
    let ranked = scores.sorted { ($0.value, $1.key) > ($1.value, $0.key) }
    guard let best = ranked.first, best.value >= CategoryHints.least,
      ranked.count == 1 || ranked[1].value < best.value
    else { return nil }
    let words = (found[best.key] ?? []).sorted { $0.score > $1.score }.map(\.word)
    return CategorySuggestion(code: best.key, words: words)
  }

  /// Hundreds of words are looked for, so byte by byte: in UTF-8 none begins within another's character.
  /// - Returns: whether the word was there; line ends stand in its places then, which no word has.
  private static func strike(_ word: [UInt8], from text: inout [UInt8]) -> Bool {
    guard let first = word.first, text.count >= word.count else { return false }
    var isThere = false
    var place = 0
    while place <= text.count - word.count {
      if text[place] == first, text[place..<(place + word.count)].elementsEqual(word) {
        isThere = true
        for index in place..<(place + word.count) { text[index] = UInt8(ascii: "\n") }
        place += word.count
      } else {
        place += 1
      }
    }
    return isThere
  }
}
