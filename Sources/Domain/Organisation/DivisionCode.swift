/// A statistical division code (GB/T 2260 and its 12-digit extension): 6 digits for the county, 3
/// for the township, 3 for the village. Nine digits stand for a township.
package struct DivisionCode: Hashable, Sendable {
  /// Always 12 digits.
  package let text: String

  /// - Returns: nil unless the text is 9 or 12 ASCII digits, the first not zero.
  package init?(_ text: some StringProtocol) {
    let isDigits = text.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    guard isDigits, text.utf8.count == 12 || text.utf8.count == 9,
      text.utf8.first != UInt8(ascii: "0")
    else { return nil }
    self.text = text.utf8.count == 9 ? text + "000" : String(text)
  }

  package enum Tier: Int, Sendable {
    case province = 1
    case city, county, township, village
  }

  package var tier: Tier {
    if text.hasSuffix("0000000000") { return .province }
    if text.hasSuffix("00000000") { return .city }
    if text.hasSuffix("000000") { return .county }
    return text.hasSuffix("000") ? .township : .village
  }

  /// The code of the division one tier up, as the digits alone tell it; nil for a province.
  package var parent: DivisionCode? {
    let kept: Int? =
      switch tier {
      case .province: nil
      case .city: 2
      case .county: 4
      case .township: 6
      case .village: 9
      }
    guard let kept else { return nil }
    return DivisionCode(text.prefix(kept) + String(repeating: "0", count: 12 - kept))
  }

  /// The first four digits, which name the city.
  package var city: Substring { text.prefix(4) }

  /// 市辖区 of the statistics bureau: a placeholder between a city and its districts that is no unit.
  /// Under 90, which stands for what the province governs itself, 01 is a city: 419001 is 济源市.
  package var isCityDistrictPlaceholder: Bool {
    tier == .county && text.hasSuffix("01000000") && !text.dropFirst(2).hasPrefix("90")
  }

  /// Of a village code: 000–199 are communities, 200 and above villages (GB/T 2260, DOMAIN.md 3).
  package var isCommunity: Bool { tier == .village && text.suffix(3) < "200" }
}
