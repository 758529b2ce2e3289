import Domain

/// A text as it is searched: folded, without brackets and punctuation, each character with the letters
/// it can begin with.
struct SearchText: Sendable, Equatable {
  let scalars: [Unicode.Scalar]
  let letters: [LetterSet]

  /// - Parameter hasInitials: false where Chinese is found by its characters only.
  init(_ text: String, hasInitials: Bool = true) {
    scalars = TextFolding.fold(text).unicodeScalars.filter(\.isSearched)
    letters = scalars.map { hasInitials || $0.isASCII ? Pinyin.letters(of: $0) : [] }
  }

  var isASCII: Bool { scalars.allSatisfy(\.isASCII) }

  func contains(_ fragment: SearchText) -> Bool {
    places(for: fragment).contains { scalars[$0...].starts(with: fragment.scalars) }
  }

  /// Whether an ASCII fragment is spelled by the letters of neighbouring characters.
  func spells(_ fragment: SearchText) -> Bool {
    places(for: fragment).contains { place in
      fragment.letters.indices.allSatisfy { letters[place + $0].contains(fragment.letters[$0]) }
    }
  }

  private func places(for fragment: SearchText) -> Range<Int> {
    0..<max(0, scalars.count - fragment.scalars.count + 1)
  }
}

extension Unicode.Scalar {
  /// Letters, digits, ideographs and symbols of any script, but no punctuation.
  fileprivate var isSearched: Bool {
    switch value {
    case 0x30...0x39, 0x61...0x7A, 0x3005...0x3007: true
    case 0...0xBF, 0x2000...0x206F, 0x3000...0x303F, 0x30FB, 0xFE10...0xFE6F, 0xFF00...0xFF65: false
    default: true
    }
  }

  var isDecimal: Bool { (0x30...0x39).contains(value) }
}
