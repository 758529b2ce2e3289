/// What typing and copying do to a text that means the same: full-width letters, stray blanks.
extension Unicode.Scalar {
  /// Full-width ASCII (U+FF01–U+FF5E) and the ideographic space as ASCII; others as they are.
  package var halfWidth: Unicode.Scalar {
    switch value {
    case 0xFF01...0xFF5E: Unicode.Scalar(value - 0xFEE0)!
    case 0x3000: " "
    default: self
    }
  }

  /// White space, control and zero-width characters.
  package var isBlank: Bool {
    switch value {
    case 0...0x20, 0x7F...0xA0, 0xAD, 0x1680, 0x180E, 0x2000...0x200F, 0x2028...0x202F,
      0x205F...0x2064, 0x3000, 0xFE00...0xFE0F, 0xFEFF:
      true
    default: false
    }
  }

  var isDigit: Bool { (48...57).contains(value) }

  var isHyphen: Bool {
    switch value {
    case 0x2D, 0x2010...0x2015, 0x2212: true
    default: false
    }
  }
}

extension StringProtocol {
  /// Half-width and without blanks.
  package var compact: String {
    var scalars = String.UnicodeScalarView()
    for scalar in unicodeScalars where !scalar.isBlank { scalars.append(scalar.halfWidth) }
    return String(scalars)
  }

  /// A code as its standard writes it: half-width, upper case, without blanks and hyphens.
  var asCode: String {
    var scalars = String.UnicodeScalarView()
    for scalar in compact.unicodeScalars where !scalar.isHyphen { scalars.append(scalar) }
    return String(scalars).uppercased()
  }

  /// Whether it is a number as a spreadsheet shows one too long for its cell: `9.1411E+17`. Its last
  /// digits are gone and no program can bring them back.
  var isScientific: Bool {
    let text = compact.uppercased().utf8
    guard let mark = text.firstIndex(of: UInt8(ascii: "E")) else { return false }
    let mantissa = text[..<mark]
    var exponent = text[text.index(after: mark)...]
    let isSigned = exponent.first == UInt8(ascii: "+") || exponent.first == UInt8(ascii: "-")
    if isSigned { exponent = exponent.dropFirst() }
    let point = UInt8(ascii: ".")
    let digits = UInt8(ascii: "0")...UInt8(ascii: "9")
    // Without a sign or point it may be a code that holds an E.
    return (isSigned || mantissa.contains(point))
      && mantissa.first.map(digits.contains) == true
      && mantissa.allSatisfy { digits.contains($0) || $0 == point }
      && (1...3).contains(exponent.count) && exponent.allSatisfy(digits.contains)
  }
}
