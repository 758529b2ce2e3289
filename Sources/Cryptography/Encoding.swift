import CCrypto

package enum Hexadecimal {
  /// In lower case.
  package static func encode(_ bytes: some Sequence<UInt8>) -> String {
    let digits = Array("0123456789abcdef".utf8)
    var text: [UInt8] = []
    for byte in bytes {
      text.append(digits[Int(byte >> 4)])
      text.append(digits[Int(byte & 15)])
    }
    return String(decoding: text, as: UTF8.self)
  }

  /// - Returns: nil for anything but pairs of hexadecimal digits.
  package static func decode(_ text: String) -> [UInt8]? {
    let digits = text.utf8.map { Character(UnicodeScalar($0)).hexDigitValue }
    guard digits.count.isMultiple(of: 2), digits.allSatisfy({ $0 != nil }) else { return nil }
    return stride(from: 0, to: digits.count, by: 2).map {
      UInt8(digits[$0]! << 4 | digits[$0 + 1]!)
    }
  }
}

/// Base64 of RFC 4648.
package enum Base64 {
  /// Section 4: padded, on one line.
  package static func encode(_ bytes: [UInt8]) -> String {
    var text = [UInt8](repeating: 0, count: (bytes.count + 2) / 3 * 4 + 1)
    let count = EVP_EncodeBlock(&text, bytes, Int32(bytes.count))
    return String(decoding: text.prefix(Int(count)), as: UTF8.self)
  }

  /// Section 5, without padding: for addresses and cookies.
  package static func encodeURL(_ bytes: [UInt8]) -> String {
    let text: [UInt8] = encode(bytes).utf8.compactMap { byte in
      switch byte {
      case UInt8(ascii: "+"): UInt8(ascii: "-")
      case UInt8(ascii: "/"): UInt8(ascii: "_")
      case UInt8(ascii: "="): nil
      default: byte
      }
    }
    return String(decoding: text, as: UTF8.self)
  }

  /// - Returns: nil for anything but the one form that `encode` gives.
  package static func decode(_ text: String) -> [UInt8]? {
    let input = Array(text.utf8)
    guard input.count.isMultiple(of: 4) else { return nil }
    if input.isEmpty { return [] }
    var output = [UInt8](repeating: 0, count: input.count / 4 * 3)
    guard EVP_DecodeBlock(&output, input, Int32(input.count)) >= 0 else { return nil }
    output.removeLast(input.suffix(2).count { $0 == UInt8(ascii: "=") })
    // Padding bits that are not zero, white space: two texts must not mean the same bytes.
    return encode(output) == text ? output : nil
  }
}
