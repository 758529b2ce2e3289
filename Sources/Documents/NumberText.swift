/// Numbers as tables show them when no digit may change.
enum NumberText {
  /// Whole numbers of fewer digits are doubles exactly.
  private static let safeDigits = 15
  /// `-1.2345678901234567E+308`
  private static let longestStored = 24

  /// - Returns: nil for anything but a finite number of XML Schema's form (`-1.5E3`).
  static func parse(_ bytes: some Collection<UInt8>) -> Double? {
    for byte in bytes {
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "-"),
        UInt8(ascii: "."), UInt8(ascii: "e"), UInt8(ascii: "E"):
        continue
      default: return nil
      }
    }
    guard let value = Double(String(decoding: bytes, as: UTF8.self)), value.isFinite else {
      return nil
    }
    return value
  }

  /// Whether the bytes are a whole number that is already its own plain text.
  static func isPlain(_ bytes: [UInt8]) -> Bool {
    let digits = bytes.first == UInt8(ascii: "-") ? bytes[1...] : bytes[...]
    guard let first = digits.first, digits.count <= safeDigits else { return false }
    if first == UInt8(ascii: "0") { return bytes.count == 1 }
    return digits.allSatisfy { $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") }
  }

  /// - Returns: nil for anything but 1 to 9 digits.
  static func index(_ bytes: some Collection<UInt8>) -> Int? {
    guard (1...9).contains(bytes.count) else { return nil }
    var value = 0
    for byte in bytes {
      guard byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") else { return nil }
      value = value * 10 + Int(byte - UInt8(ascii: "0"))
    }
    return value
  }

  /// The form of `Cell.number`: the shortest decimal that is this double.
  /// - Parameter stored: how a file has it; kept where it has an exponent that must stay.
  static func text(_ value: Double, stored: [UInt8] = []) -> String {
    let whole = value == value.rounded(.towardZero)
    if whole, abs(value) < 0x1p53 { return String(Int64(value)) }
    if whole, stored.count <= longestStored, stored.contains(UInt8(ascii: "E")) {
      return String(decoding: stored, as: UTF8.self)
    }
    let (digits, point) = decimal(abs(value))
    let sign = value < 0 ? "-" : ""
    if whole {
      let rest = digits.dropFirst()
      return sign + digits.prefix(1) + (rest.isEmpty ? "" : "." + rest) + "E+\(point - 1)"
    }
    if point <= 0 { return sign + "0." + String(repeating: "0", count: -point) + digits }
    return sign + digits.prefix(point) + "." + digits.dropFirst(point)
  }

  /// The significant digits, and how many of them stand before the point.
  private static func decimal(_ value: Double) -> (digits: String, point: Int) {
    let parts = value.description.split(separator: "e")
    let mantissa = parts[0].split(separator: ".")
    let fraction = mantissa.count > 1 ? mantissa[1] : ""
    let exponent = parts.count > 1 ? Int(parts[1]) ?? 0 : 0
    let all = mantissa[0] + fraction
    let significant = all.drop { $0 == "0" }
    let point = mantissa[0].count - (all.count - significant.count) + exponent
    let last = significant.lastIndex { $0 != "0" }
    return (last.map { String(significant[...$0]) } ?? "0", point)
  }
}
