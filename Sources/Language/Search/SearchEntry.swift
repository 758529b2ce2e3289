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
    let scalars = text.scalars
    // Where the run of letters and digits ends that the place lies in.
    var runEnd = scalars.count
    for place in scalars.indices.reversed() {
      let scalar = scalars[place]
      if scalar.isASCII {
        add(.letter(UInt8(scalar.value)))
        addNumbers(scalars[place..<runEnd])
      } else {
        runEnd = place
        add(.characters(scalar, nil))
        if place + 1 < scalars.count, !scalars[place + 1].isASCII {
          add(.characters(scalar, scalars[place + 1]))
        }
      }
    }
    addNeighbours(text.letters)
  }

  mutating func add(code: SearchText) {
    if SearchTerm.isNumber(code.scalars[...]) {
      addNumbers(code.scalars[...])
    } else {
      addNeighbours(code.letters)
    }
  }

  private mutating func add(_ term: SearchTerm) {
    if known.insert(term).inserted { texts.append(term.text) }
  }

  private mutating func addNumbers(_ run: ArraySlice<Unicode.Scalar>) {
    guard SearchTerm.isNumber(run) else { return }
    for length in SearchTerm.lengths where length <= run.count { add(.number(run.prefix(length))) }
  }

  private mutating func addNeighbours(_ letters: [LetterSet]) {
    for (left, right) in zip(letters, letters.dropFirst()) {
      left.visit { a in right.visit { b in add(.neighbours(a, b)) } }
    }
  }
}
