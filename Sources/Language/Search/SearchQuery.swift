import Domain

/// What somebody typed to find things by: words of which all must be found.
///
/// A word is a fragment of a name; or, of letters and digits, initials of two or more neighbouring
/// characters; or the beginning of a code, from two characters on.
package struct SearchQuery: Sendable {
  /// As typed.
  package let text: String
  let words: [SearchText]
  /// The words as one, which a name that holds the blanks too would equal.
  let whole: SearchText
  /// Terms that an entry must have, all of them; it then still is to be asked `matches`. None where
  /// nothing can be found.
  package let terms: [String]

  /// Bounds the question put to an engine; what the rest would tell, `matches` does.
  package static let maxTerms = 64

  package init(_ text: String) {
    self.text = text
    words = text.unicodeScalars.split(whereSeparator: \.isBlank)
      .map { SearchText(String($0)) }.filter { !$0.scalars.isEmpty }
    whole = SearchText(text)
    var terms: [String] = []
    var known: Set<SearchTerm> = []
    for word in words {
      for term in SearchQuery.terms(of: word) where known.insert(term).inserted {
        terms.append(term.text)
      }
    }
    self.terms = Array(terms.prefix(SearchQuery.maxTerms))
  }

  /// Whether nothing was asked: then nothing is found.
  package var isEmpty: Bool { words.isEmpty }

  package func matches(_ entry: SearchEntry) -> Bool {
    !isEmpty
      && words.allSatisfy { word in
        entry.texts.contains { word.isFound(in: $0) } || entry.codes.contains { word.begins($0) }
      }
  }

  private static func terms(of word: SearchText) -> [SearchTerm] {
    var terms: [SearchTerm] = []
    var rest = word.scalars[...]
    while let first = rest.first {
      let run = rest.prefix { $0.isASCII == first.isASCII }
      rest = rest.dropFirst(run.count)
      terms += first.isASCII ? letterTerms(run) : characterTerms(run)
    }
    return terms
  }

  private static func characterTerms(_ run: ArraySlice<Unicode.Scalar>) -> [SearchTerm] {
    if run.count == 1 { return [.characters(run.first!, nil)] }
    return zip(run, run.dropFirst()).map { .characters($0, $1) }
  }

  private static func letterTerms(_ run: ArraySlice<Unicode.Scalar>) -> [SearchTerm] {
    if run.count == 1 { return [.letter(UInt8(run.first!.value))] }
    if SearchTerm.isNumber(run) {
      let length = SearchTerm.lengths.last { $0 <= run.count }!
      return [.number(run.prefix(length))]
    }
    return zip(run, run.dropFirst()).map { .neighbours(UInt8($0.value), UInt8($1.value)) }
  }
}

extension SearchText {
  /// Whether it can be read as initials.
  var isSpelling: Bool { scalars.count > 1 && isASCII && !SearchTerm.isNumber(scalars[...]) }

  func isFound(in text: SearchText) -> Bool {
    isSpelling ? text.spells(self) : text.contains(self)
  }

  func begins(_ code: SearchText) -> Bool {
    scalars.count > 1 && code.scalars.starts(with: scalars)
  }
}
