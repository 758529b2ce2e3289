/// Films, sounds and pictures in boxes (ISO/IEC 14496-12).
enum MediaBoxes {
  /// One box: its kind, and where it and its content lie.
  struct Box {
    let kind: String
    let start: Int
    let content: Int
    let end: Int
  }

  private static let films: Set<String> = [
    "isom", "iso2", "iso4", "iso5", "iso6", "mp41", "mp42", "avc1", "dash", "M4V ", "MSNV", "qt  ",
    "3gp4", "3gp5", "3gp6",
  ]
  private static let pictures: Set<String> = ["heic", "heix", "heim", "heis", "mif1"]

  /// - Throws: `AttachmentRefusal.type` for brands that are not taken.
  static func type(of bytes: [UInt8]) throws(AttachmentRefusal) -> AttachmentType {
    guard bytes.count >= 12 else { throw .damaged }
    let brand = String(decoding: bytes[8..<12], as: UTF8.self)
    if brand == "M4A " || brand == "M4B " { return .m4a }
    if pictures.contains(brand) { return .heic }
    if films.contains(brand) { return .mp4 }
    throw .type
  }

  /// Boxes in a range, one after the other.
  /// - Returns: nil where a box's size leads beyond the range.
  static func boxes(in bytes: [UInt8], _ range: Range<Int>) -> [Box]? {
    var boxes: [Box] = []
    var place = range.lowerBound
    while place < range.upperBound {
      guard place + 8 <= range.upperBound else { return nil }
      var (size, head) = (bytes.big32(place), 8)
      if size == 1 {
        guard place + 16 <= range.upperBound, bytes.big32(place + 8) == 0 else { return nil }
        (size, head) = (bytes.big32(place + 12), 16)
      } else if size == 0 {
        size = range.upperBound - place
      }
      guard size >= head, place + size <= range.upperBound else { return nil }
      boxes.append(
        Box(
          kind: String(decoding: bytes[place + 4..<place + 8], as: UTF8.self), start: place,
          content: place + head, end: place + size))
      place += size
    }
    return boxes
  }

  /// Blanks what tells of place, device and owner. Nothing is moved: other boxes hold places in the file.
  /// - Returns: nil for bytes that are not what their sizes say.
  static func withoutMetadata(_ bytes: [UInt8]) -> [UInt8]? {
    var result = bytes
    guard let top = boxes(in: bytes, 0..<bytes.count), top.contains(where: { $0.kind == "moov" })
    else { return nil }
    for box in top {
      if isMetadata(box) {
        blank(box, in: &result)
      } else if box.kind == "moov" {
        guard blankWithin(box, in: &result) else { return nil }
      }
    }
    return result
  }

  private static func isMetadata(_ box: Box) -> Bool {
    box.kind == "udta" || box.kind == "meta" || box.kind == "uuid"
  }

  private static func blankWithin(_ box: Box, in bytes: inout [UInt8]) -> Bool {
    guard let inner = boxes(in: bytes, box.content..<box.end) else { return false }
    for part in inner {
      if isMetadata(part) {
        blank(part, in: &bytes)
      } else if part.kind == "trak" {
        guard blankWithin(part, in: &bytes) else { return false }
      }
    }
    return true
  }

  private static func blank(_ box: Box, in bytes: inout [UInt8]) {
    for (index, byte) in "free".utf8.enumerated() { bytes[box.start + 4 + index] = byte }
    for index in box.content..<box.end { bytes[index] = 0 }
  }
}
