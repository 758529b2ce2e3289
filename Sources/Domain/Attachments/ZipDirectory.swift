/// The names in a zip archive's directory (APPNOTE 4.3.12), which tell what document it is.
enum ZipDirectory {
  static let signature: [UInt8] = [0x50, 0x4B, 0x03, 0x04]

  /// - Throws: `AttachmentRefusal.type` for other archives, `.active` for documents with macros.
  static func type(of bytes: [UInt8]) throws(AttachmentRefusal) -> AttachmentType {
    guard let names = names(in: bytes) else { throw .damaged }
    guard names.contains("[Content_Types].xml") else { throw .type }
    if names.contains(where: { $0.lowercased().hasSuffix("vbaproject.bin") }) { throw .active }
    if names.contains("word/document.xml") { return .docx }
    if names.contains("xl/workbook.xml") { return .xlsx }
    if names.contains("ppt/presentation.xml") { return .pptx }
    throw .type
  }

  /// - Returns: nil where the directory is not where the archive's end says.
  static func names(in bytes: [UInt8]) -> Set<String>? {
    guard let end = end(of: bytes) else { return nil }
    var names: Set<String> = []
    var place = bytes.little32(end + 16)
    for _ in 0..<bytes.little16(end + 10) {
      guard place + 46 <= bytes.count, bytes.little32(place) == 0x0201_4B50 else { return nil }
      let length = bytes.little16(place + 28)
      guard place + 46 + length <= bytes.count else { return nil }
      names.insert(String(decoding: bytes[place + 46..<place + 46 + length], as: UTF8.self))
      place += 46 + length + bytes.little16(place + 30) + bytes.little16(place + 32)
    }
    return names
  }

  /// Where the end of the directory is recorded: the last 22 bytes, before a comment of up to 64 KiB.
  private static func end(of bytes: [UInt8]) -> Int? {
    guard bytes.count >= 22 else { return nil }
    let first = max(0, bytes.count - 22 - 65_535)
    var place = bytes.count - 22
    while place >= first {
      if bytes[place] == 0x50, bytes.little32(place) == 0x0605_4B50 { return place }
      place -= 1
    }
    return nil
  }
}

extension [UInt8] {
  /// Two bytes, the lower first. The caller has looked that they are there.
  func little16(_ place: Int) -> Int { Int(self[place]) | Int(self[place + 1]) << 8 }
  func little32(_ place: Int) -> Int { little16(place) | little16(place + 2) << 16 }
  func big16(_ place: Int) -> Int { Int(self[place]) << 8 | Int(self[place + 1]) }
  func big32(_ place: Int) -> Int { big16(place) << 16 | big16(place + 2) }

  /// Whether an ASCII text stands at a place.
  func has(_ text: StaticString, at place: Int) -> Bool {
    let count = text.utf8CodeUnitCount
    guard place >= 0, place + count <= self.count else { return false }
    return text.withUTF8Buffer { buffer in
      (0..<count).allSatisfy { buffer[$0] == self[place + $0] }
    }
  }
}
