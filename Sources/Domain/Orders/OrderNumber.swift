/// The number of an issued order 发文字号: `许助企交〔2026〕000123号`. Within a series and year numbers
/// run from 1 without a gap.
package struct OrderNumber: Hashable, Sendable {
  /// The prefix of a track and kind, such as `许助企交`.
  package let series: String
  /// The year of issue in Asia/Shanghai.
  package let year: Int
  package let number: Int

  package init(series: String, year: Int, number: Int) {
    (self.series, self.year, self.number) = (series, year, number)
  }
}

extension OrderNumber: TextCodable {
  /// Reads `许助企交〔2026〕000123号`.
  package init?(_ text: String) {
    let parts = text.split(separator: "〔", omittingEmptySubsequences: false)
    guard parts.count == 2, text.hasSuffix("号") else { return nil }
    let rest = parts[1].dropLast().split(separator: "〕", omittingEmptySubsequences: false)
    guard rest.count == 2, let year = Int(rest[0]), let number = Int(rest[1]), number > 0 else {
      return nil
    }
    self.init(series: String(parts[0]), year: year, number: number)
    // `1号` is not how it is written: two texts must not read as one number.
    guard !series.isEmpty, description == text else { return nil }
  }

  package var description: String { "\(series)〔\(padded(year, 4))〕\(padded(number, 6))号" }
}
