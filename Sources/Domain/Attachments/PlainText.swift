/// A text to be read: UTF-8 or GB 18030 without control characters.
enum PlainText {
  /// - Throws: `AttachmentRefusal.type` for other bytes, `.active` for what a program would run.
  static func type(of bytes: [UInt8]) throws(AttachmentRefusal) -> AttachmentType {
    // 0x7F and 0x80 and above are the encodings' business.
    for byte in bytes where byte < 0x20 || byte == 0x7F {
      guard byte == 0x09 || byte == 0x0A || byte == 0x0D else { throw .type }
    }
    guard isUTF8(bytes) || isGB18030(bytes) else { throw .type }
    var start = bytes[...]
    if start.starts(with: [0xEF, 0xBB, 0xBF]) { start = start.dropFirst(3) }
    start = start.drop { $0 <= 0x20 }
    // A browser takes a text that begins so for a page or a drawing, a shell for a program.
    if start.first == UInt8(ascii: "<") || start.starts(with: "#!".utf8) { throw .active }
    return .text
  }

  private static func isUTF8(_ bytes: [UInt8]) -> Bool {
    String(validating: bytes, as: UTF8.self) != nil
  }

  /// Whether the bytes can be read as GB 18030-2022: one, two or four at a time.
  static func isGB18030(_ bytes: [UInt8]) -> Bool {
    var index = 0
    while index < bytes.count {
      let lead = bytes[index]
      if lead < 0x80 {
        index += 1
        continue
      }
      guard lead != 0x80, lead != 0xFF, index + 1 < bytes.count else { return false }
      switch bytes[index + 1] {
      case 0x40...0x7E, 0x80...0xFE: index += 2
      case 0x30...0x39:
        guard index + 3 < bytes.count, (0x81...0xFE).contains(bytes[index + 2]),
          (0x30...0x39).contains(bytes[index + 3])
        else { return false }
        index += 4
      default: return false
      }
    }
    return true
  }
}
