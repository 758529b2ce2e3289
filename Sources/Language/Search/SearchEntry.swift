/// What can be found: a thing's name, the names it had, its codes.
package struct SearchEntry: Sendable {
  package let name: String
  let text: SearchText
  let formerTexts: [SearchText]
  let codes: [SearchText]

  /// - Parameters:
  ///   - codes: found by their beginnings; those of one character are not.
  ///   - hasInitials: false for prose, which is sought by its characters and would swell the index.
  package init(
    name: String, formerNames: [String] = [], codes: [String] = [], hasInitials: Bool = true
  ) {
    self.name = name
    text = SearchText(name, hasInitials: hasInitials)
    formerTexts = formerNames.map { SearchText($0, hasInitials: hasInitials) }
    self.codes = codes.map { SearchText($0) }
  }

  var texts: [SearchText] { [text] + formerTexts }

  /// The terms to store, each once. Their number grows with the length of the texts.
  package var terms: [String] {
    var terms = TermList()
    for text in texts { terms.add(text) }
    for code in codes { terms.add(code: code) }
    return terms.texts
  }
}

/// The terms of one entry without repetitions.
private struct TermList {
  private(set) var texts: [String] = []
  private var known: Set<SearchTerm> = []

  mutating func add(_ text: SearchText) {
    text.visitTerms { add($0) }
  }

  mutating func add(code: SearchText) {
    if SearchTerm.isNumber(code.scalars[...]) {
      SearchText.visitNumbers(code.scalars[...]) { add($0) }
    } else {
      code.visitNeighbours { add($0) }
    }
  }

  private mutating func add(_ term: SearchTerm) {
    if known.insert(term).inserted { texts.append(term.text) }
  }
}

extension SearchText {
  /// The terms of a text as they come, with repetitions.
  func visitTerms(_ body: (SearchTerm) -> Void) {
    // Where the run of letters and digits ends that the place lies in.
    var runEnd = scalars.count
    for place in scalars.indices.reversed() {
      let scalar = scalars[place]
      if scalar.isASCII {
        body(.letter(UInt8(scalar.value)))
        Self.visitNumbers(scalars[place..<runEnd], body)
      } else {
        runEnd = place
        body(.characters(scalar, nil))
        if place + 1 < scalars.count, !scalars[place + 1].isASCII {
          body(.characters(scalar, scalars[place + 1]))
        }
      }
    }
    visitNeighbours(body)
  }

  fileprivate static func visitNumbers(
    _ run: ArraySlice<Unicode.Scalar>, _ body: (SearchTerm) -> Void
  ) {
    guard SearchTerm.isNumber(run) else { return }
    for length in SearchTerm.lengths where length <= run.count { body(.number(run.prefix(length))) }
  }

  fileprivate func visitNeighbours(_ body: (SearchTerm) -> Void) {
    for (left, right) in zip(letters, letters.dropFirst()) {
      left.visit { a in right.visit { b in body(.neighbours(a, b)) } }
    }
  }
}
