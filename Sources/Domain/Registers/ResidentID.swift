/// A resident identity number (GB 11643-1999): division, birth date, sequence, check.
package struct ResidentID: Hashable, Sendable {
  package enum Fault: Error, Hashable {
    /// A number shown as `4.11002E+17`, or one of which a spreadsheet kept 15 digits.
    case digitsLost
    /// Fifteen digits, valid until 2012: the check must come from the person's new card.
    case oldForm
    /// How many characters there are instead of 18.
    case length(Int)
    /// One that cannot stand where it does.
    case character(Character)
    /// No such day.
    case birthDate
    case bornInFuture
    case check
  }

  /// Always 18 characters, the last a digit or X.
  package let text: String
  package let birth: Day

  /// Takes what people write: full-width characters, spaces, hyphens, a small x.
  /// - Parameter today: the day after which nobody was born.
  package init(_ written: some StringProtocol, today: Day) throws(Fault) {
    guard !written.isScientific else { throw .digitsLost }
    let text = written.asCode
    let digits = Array(text.unicodeScalars)
    guard digits.count == 18 else {
      throw digits.count == 15 && digits.allSatisfy(\.isDigit)
        ? .oldForm : .length(digits.count)
    }
    if let stranger = digits.dropLast().first(where: { !$0.isDigit }) {
      throw .character(Character(stranger))
    }
    guard digits[17].isDigit || digits[17] == "X" else { throw .character(Character(digits[17])) }
    let values = digits.dropLast().map { Int($0.value) - 48 }
    let sum = zip(values, [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2])
      .reduce(0) { $0 + $1.0 * $1.1 }
    let isChecked = Array("10X98765432".unicodeScalars)[sum % 11] == digits[17]
    // A spreadsheet keeps 15 digits of a number and writes zeros for the rest.
    guard isChecked || !text.hasSuffix("000") else { throw .digitsLost }
    func number(_ range: Range<Int>) -> Int { values[range].reduce(0) { $0 * 10 + $1 } }
    guard let birth = Day(year: number(6..<10), month: number(10..<12), day: number(12..<14))
    else { throw .birthDate }
    guard birth <= today else { throw .bornInFuture }
    guard isChecked else { throw .check }
    self.text = text
    self.birth = birth
  }
}
