/// The names in a compound file's directory ([MS-CFB] 2.6), which tell what document it is.
enum OLEDirectory {
  static let signature: [UInt8] = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]

  /// Entries have 128 bytes and begin at multiples of that: in a file of sectors nothing else needs to
  /// be followed to see their names.
  private static let entry = 128

  /// - Throws: `AttachmentRefusal.type` for other compound files, such as installers, and for locked
  ///   documents; `.active` for documents with macros.
  static func type(of bytes: [UInt8]) throws(AttachmentRefusal) -> AttachmentType {
    var found: Set<String> = []
    for place in stride(from: 512, to: bytes.count - entry + 1, by: entry) {
      if let name = name(at: place, in: bytes) { found.insert(name) }
    }
    if found.contains("_VBA_PROJECT") || found.contains("VBA") { throw .active }
    if found.contains("WordDocument") { return .doc }
    if found.contains("Workbook") || found.contains("Book") { return .xls }
    throw .type
  }

  /// The name of an entry, where there may be one: up to 31 characters and a zero in UTF-16, then how
  /// many bytes that is, then what sort of entry.
  private static func name(at place: Int, in bytes: [UInt8]) -> String? {
    let length = bytes.little16(place + 64)
    guard length >= 4, length <= 64, length.isMultiple(of: 2),
      [1, 2, 5].contains(bytes[place + 66]), bytes.little16(place + length - 2) == 0
    else { return nil }
    var name = ""
    for index in stride(from: place, to: place + length - 2, by: 2) {
      guard bytes[index + 1] == 0, (0x20..<0x7F).contains(bytes[index]) else { return nil }
      name.unicodeScalars.append(Unicode.Scalar(bytes[index]))
    }
    return name
  }
}
