/// A telephone number in China: a mobile one, or a fixed line with its area code.
package struct PhoneNumber: Hashable, Sendable {
  /// Digits only, without the country's code.
  package let text: String

  /// A number that was read by the other way once.
  package init(stored text: String) { self.text = text }

  /// Takes what people write: spaces, hyphens, brackets, full-width digits, +86 or 0086.
  /// - Returns: nil for what is no number.
  package init?(_ text: String) {
    var digits = ""
    for character in text.trimmed {
      if let digit = character.wholeNumberValue, digit < 10 {
        digits += String(digit)
      } else if !"+-– ()（）　".contains(character) {
        return nil
      }
    }
    for prefix in ["0086", "86"] where digits.hasPrefix(prefix) && digits.count > 12 {
      digits.removeFirst(prefix.count)
      break
    }
    let isMobile = digits.count == 11 && digits.hasPrefix("1")
    let isFixed = (10...12).contains(digits.count) && digits.hasPrefix("0")
    guard isMobile || isFixed else { return nil }
    self.text = digits
  }
}
