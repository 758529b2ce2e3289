import Foundation

/// The text of a csv file, whatever its encoding.
enum CSVText {
  /// UTF-8; UTF-16 with a byte order mark; else GB 18030, of which GBK and GB 2312 are parts.
  /// - Throws: `unknownEncoding`
  static func decode(_ bytes: [UInt8]) throws(TableFault) -> String {
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) {
      guard let text = String(validating: bytes.dropFirst(3), as: UTF8.self) else {
        throw .unknownEncoding
      }
      return text
    }
    if bytes.starts(with: [0xFF, 0xFE]) { return try utf16(bytes) { $1 << 8 | $0 } }
    if bytes.starts(with: [0xFE, 0xFF]) { return try utf16(bytes) { $0 << 8 | $1 } }
    if let text = String(validating: bytes, as: UTF8.self) { return text }
    guard let text = gb18030(bytes), text.unicodeScalars.allSatisfy(isText) else {
      throw .unknownEncoding
    }
    return text
  }

  private static func utf16(
    _ bytes: [UInt8], unit: (UInt16, UInt16) -> UInt16
  ) throws(TableFault) -> String {
    guard bytes.count.isMultiple(of: 2) else { throw .unknownEncoding }
    let units = stride(from: 2, to: bytes.count, by: 2).map {
      unit(UInt16(bytes[$0]), UInt16(bytes[$0 + 1]))
    }
    guard let text = String(validating: units, as: UTF16.self) else { throw .unknownEncoding }
    return text
  }

  /// - Returns: nil for bytes that are not GB 18030 throughout.
  private static func gb18030(_ bytes: [UInt8]) -> String? {
    guard let converter = iconv_open("UTF-8", "GB18030"), converter != iconv_t(bitPattern: -1)
    else { return nil }
    defer { iconv_close(converter) }
    var input = bytes.map { CChar(bitPattern: $0) }
    // Two bytes become three at most, four become four; a single one stays.
    var output = [CChar](repeating: 0, count: bytes.count / 2 * 3 + 4)
    var (unread, room) = (input.count, output.count)
    let done = input.withUnsafeMutableBufferPointer { source in
      output.withUnsafeMutableBufferPointer { target in
        var (from, to) = (source.baseAddress, target.baseAddress)
        return iconv(converter, &from, &unread, &to, &room) == 0
          && iconv(converter, nil, nil, &to, &room) == 0
      }
    }
    guard done, unread == 0 else { return nil }
    let used = output.prefix(output.count - room)
    return String(decoding: used.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  /// Almost any bytes are GB 18030, but those of other encodings give what no one writes.
  private static func isText(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0..<0x7F, 0x3000...0x301F, 0x4E00...0x9FA5, 0xFF01...0xFF5E: return true
    case 0xFFFD: return false
    default:
      let category = scalar.properties.generalCategory
      return category != .privateUse && category != .unassigned && category != .control
    }
  }
}
