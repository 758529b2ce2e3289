/// A unified social credit code (GB 32100-2015): 18 characters, the last of them a check.
///
/// Real firms carry codes that fail the check, so a wrong one is told but never refused (DOMAIN 8).
package struct CreditCode: Hashable, Sendable {
  package enum Fault: Error, Hashable {
    /// A number shown as `9.1411E+17`: its digits are lost.
    case digitsLost
    /// How many characters there are instead of 18.
    case length(Int)
    /// One that no code can have. I, O, S, V and Z are never guessed to be 1, 0, 5, U or 2.
    case character(Character)
  }

  /// Always 18 characters, upper case.
  package let text: String

  /// Takes what people write: full-width and lower-case letters, spaces, hyphens.
  package init(_ written: some StringProtocol) throws(Fault) {
    guard !written.isScientific else { throw .digitsLost }
    let text = written.asCode
    let scalars = text.unicodeScalars
    guard scalars.count == 18 else { throw .length(scalars.count) }
    if let stranger = scalars.first(where: { CreditCode.value($0) == nil }) {
      throw .character(Character(stranger))
    }
    self.text = text
  }

  /// `c18 = (31 − Σ ci·3^(i−1) mod 31) mod 31`
  package var hasRightCheck: Bool {
    var sum = 0
    var weight = 1
    for scalar in text.unicodeScalars.dropLast() {
      sum += CreditCode.value(scalar)! * weight
      weight = weight * 3 % 31
    }
    return (31 - sum % 31) % 31 == CreditCode.value(text.unicodeScalars.last!)!
  }

  /// The organisation code within it, positions 9–17.
  package var organisationCode: Substring { text.dropFirst(8).dropLast() }

  /// Whether the organisation code's own check holds (GB 11714): 11 − Σ ci·wi mod 11, X for 10.
  package var hasRightOrganisationCheck: Bool {
    let part = Array(organisationCode.utf8)
    let sum = zip(part, [3, 7, 9, 10, 5, 8, 4, 2]).reduce(0) { sum, next in
      let isDigit = next.0 <= UInt8(ascii: "9")
      return sum + (Int(next.0) - (isDigit ? 48 : 55)) * next.1
    }
    return part[8] == Array("0X987654321".utf8)[sum % 11]
  }

  private static let alphabet = Array("0123456789ABCDEFGHJKLMNPQRTUWXY".unicodeScalars)

  private static func value(_ scalar: Unicode.Scalar) -> Int? { alphabet.firstIndex(of: scalar) }
}
