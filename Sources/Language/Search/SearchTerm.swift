/// A term of the index, made alike for what is found and for what is sought (decision record 14).
///
/// Its text holds nothing but a–z, 0–9 and common ideographs, so that no engine cuts or folds it again.
enum SearchTerm: Hashable {
  /// `许`, `许昌`: a character that is no ASCII letter or digit, or two neighbours.
  case characters(Unicode.Scalar, Unicode.Scalar?)
  /// `ua`: one letter or digit.
  case letter(UInt8)
  /// `ixc`: letters or initials of two neighbours.
  case neighbours(UInt8, UInt8)
  /// `n4110`: the beginning of a number or code.
  case number(ArraySlice<Unicode.Scalar>)

  /// Lengths at which numbers and codes are cut: division codes have 6, 9 or 12 digits, credit codes 18.
  static let lengths = [2, 4, 6, 9, 12, 15, 18]

  /// What begins with two digits is a number or a code, never initials.
  static func isNumber(_ scalars: ArraySlice<Unicode.Scalar>) -> Bool {
    scalars.count > 1 && scalars.prefix(2).allSatisfy(\.isDecimal)
  }

  var text: String {
    switch self {
    case .characters(let first, let second):
      SearchTerm.text(first) + (second.map(SearchTerm.text) ?? "")
    case .letter(let letter): String(decoding: [UInt8(ascii: "u"), letter], as: UTF8.self)
    case .neighbours(let a, let b): String(decoding: [UInt8(ascii: "i"), a, b], as: UTF8.self)
    case .number(let scalars):
      String(decoding: [UInt8(ascii: "n")] + scalars.map { UInt8($0.value) }, as: UTF8.self)
    }
  }

  /// Tells terms apart at less cost than their texts.
  var key: UInt128 {
    switch self {
    case .characters(let first, let second):
      UInt128(first.value) << 34 | UInt128(second?.value ?? 0) << 2
    case .letter(let letter): UInt128(letter) << 2 | 1
    case .neighbours(let a, let b): UInt128(a) << 10 | UInt128(b) << 2 | 2
    // Of no more than 18 characters of 7 bits.
    case .number(let scalars): scalars.reduce(0) { $0 << 7 | UInt128($1.value) } << 2 | 3
    }
  }

  private static func text(_ scalar: Unicode.Scalar) -> String {
    // The ideographs of Unicode 6.1, which FTS5's tokenizer knows; others as their number.
    switch scalar.value {
    case 0x3400...0x4DB5, 0x4E00...0x9FCC: String(scalar)
    default: "x" + String(scalar.value, radix: 16)
    }
  }
}
