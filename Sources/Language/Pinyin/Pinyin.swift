import Domain

/// The initials of Chinese words as they are typed to find them: 许昌市 is `xcs`.
package enum Pinyin {
  /// Spellings of a text by its initials, the commonest first; Latin letters and digits stay, in lower
  /// case, and what has neither reading nor letter is left out.
  /// - Parameter limit: how many at most, for each polyphone doubles them.
  package static func initials(of text: String, limit: Int = 4) -> [String] {
    var variants: [[UInt8]] = [[]]
    for scalar in TextFolding.fold(text).unicodeScalars {
      let readings = readings(of: scalar)
      guard let first = readings.first else { continue }
      // Later ones before this one's others: a new reading keeps all earlier commonest.
      var grown = variants.map { $0 + [first] }
      for other in readings.dropFirst() { grown += variants.map { $0 + [other] } }
      variants = Array(grown.prefix(max(1, limit)))
    }
    return variants.map { String(decoding: $0, as: UTF8.self) }.filter { !$0.isEmpty }
  }

  /// ASCII initials of one folded character, the commonest first.
  static func readings(of scalar: Unicode.Scalar) -> [UInt8] {
    if scalar.isASCII { return LetterSet(ascii: scalar).isEmpty ? [] : [UInt8(scalar.value)] }
    if let several = Polyphones.initials[scalar] { return several }
    guard let only = initial(of: scalar) else { return [] }
    return [only]
  }

  static func letters(of scalar: Unicode.Scalar) -> LetterSet {
    if scalar.isASCII { return LetterSet(ascii: scalar) }
    guard scalar.value >= first, Int(scalar.value) - Int(first) < sets.count else {
      return initial(of: scalar).map { LetterSet(ascii: Unicode.Scalar($0)) } ?? []
    }
    return sets[Int(scalar.value - first)]
  }

  private static let first: UInt32 = 0x4E00

  private static func initial(of scalar: Unicode.Scalar) -> UInt8? {
    if scalar == "〇" { return UInt8(ascii: "l") }
    guard scalar.value >= first, Int(scalar.value - first) < InitialsTable.bytes.count else {
      return nil
    }
    let letter = InitialsTable.bytes[Int(scalar.value - first)]
    return letter == UInt8(ascii: "-") ? nil : letter
  }

  /// All readings of U+4E00–U+9FFF, made once.
  private static let sets: [LetterSet] = {
    var sets = InitialsTable.bytes.map { LetterSet(ascii: Unicode.Scalar($0)) }
    for (scalar, letters) in Polyphones.initials {
      sets[Int(scalar.value - first)] = LetterSet(
        letters.map { LetterSet(ascii: Unicode.Scalar($0)) })
    }
    return sets
  }()
}
