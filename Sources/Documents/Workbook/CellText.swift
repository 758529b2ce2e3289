/// Texts as workbooks write them (ST_Xstring): what XML cannot hold stands as `_x000D_`.
enum CellText {
  /// Bytes that one character may take: an escape.
  static let mostBytes = 7

  /// - Returns: nil where it is longer than `limit` UTF-16 units.
  static func decode(_ bytes: [UInt8], limit: Int) -> String? {
    guard bytes.contains(UInt8(ascii: "_")), let units = unescaped(bytes) else {
      let text = String(decoding: bytes, as: UTF8.self)
      return bytes.count <= limit || text.utf16.count <= limit ? text : nil
    }
    return units.count <= limit ? String(decoding: units, as: UTF16.self) : nil
  }

  /// Escapes are of UTF-16 units, so that a pair may be one character.
  /// - Returns: nil where there are none.
  private static func unescaped(_ bytes: [UInt8]) -> [UInt16]? {
    var units: [UInt16] = []
    var start = 0
    var index = 0
    while index + mostBytes <= bytes.count {
      guard let unit = escape(bytes[index..<(index + mostBytes)]) else {
        index += 1
        continue
      }
      units += String(decoding: bytes[start..<index], as: UTF8.self).utf16
      units.append(unit)
      index += mostBytes
      start = index
    }
    guard start > 0 else { return nil }
    return units + String(decoding: bytes[start...], as: UTF8.self).utf16
  }

  /// The unit of `_xHHHH_`; controls that no text has become spaces.
  private static func escape(_ bytes: ArraySlice<UInt8>) -> UInt16? {
    let first = bytes.startIndex
    guard bytes[first] == UInt8(ascii: "_"), bytes[first + 1] == UInt8(ascii: "x"),
      bytes[first + 6] == UInt8(ascii: "_")
    else { return nil }
    var value: UInt16 = 0
    for byte in bytes[(first + 2)..<(first + 6)] {
      guard let digit = Character(UnicodeScalar(byte)).hexDigitValue else { return nil }
      value = value << 4 | UInt16(digit)
    }
    return value >= 0x20 || [0x09, 0x0A, 0x0D].contains(value) ? value : 0x20
  }

  /// What a workbook's writer must do so that `decode` gives the text again: controls become
  /// spaces, line ends LF, and what looks like an escape has its `_` escaped.
  static func encode(_ text: String) -> String {
    text.utf8.contains(where: isSpecial) ? rewritten(text) : text
  }

  /// 0xEF begins U+FFFE and U+FFFF, which XML does not hold.
  private static func isSpecial(_ byte: UInt8) -> Bool {
    byte < 0x20 && byte != 0x09 && byte != 0x0A || byte == UInt8(ascii: "_") || byte == 0xEF
  }

  private static func rewritten(_ text: String) -> String {
    var result = String.UnicodeScalarView()
    let lines = text.replacing("\r\n", with: "\n").replacing("\r", with: "\n")
    let bytes = Array(lines.utf8)
    var offset = 0
    for scalar in lines.unicodeScalars {
      switch scalar.value {
      case 0x09, 0x0A: result.append(scalar)
      case 0..<0x20, 0xFFFE, 0xFFFF: result.append(" ")
      default:
        result.append(scalar)
        if scalar == "_", offset + mostBytes <= bytes.count,
          escape(bytes[offset..<(offset + mostBytes)]) != nil
        {
          result.append(contentsOf: "x005F_".unicodeScalars)
        }
      }
      offset += UTF8.width(scalar)
    }
    return String(result)
  }
}
