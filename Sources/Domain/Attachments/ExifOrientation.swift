/// Which side of a photo is up: the one field of Exif (CIPA DC-008, tag 0x0112) that a picture cannot do
/// without.
enum ExifOrientation {
  /// - Returns: 1 to 8; nil where the segment is no Exif or does not say.
  static func value(in bytes: [UInt8], from start: Int, to end: Int) -> UInt8? {
    let tiff = start + 6
    guard bytes.has("Exif\0", at: start), tiff + 8 <= end else { return nil }
    let isLittle = bytes.has("II", at: tiff)
    guard isLittle || bytes.has("MM", at: tiff) else { return nil }
    func short(_ place: Int) -> Int {
      isLittle ? bytes.little16(place) : bytes.big16(place)
    }
    let offset = isLittle ? bytes.little32(tiff + 4) : bytes.big32(tiff + 4)
    let directory = tiff + offset
    guard offset >= 8, directory + 2 <= end else { return nil }
    for index in 0..<short(directory) {
      let field = directory + 2 + index * 12
      guard field + 12 <= end else { return nil }
      // A single short number lies in the field itself.
      if short(field) == 0x0112, short(field + 2) == 3 {
        let value = short(field + 8)
        return (1...8).contains(value) ? UInt8(value) : nil
      }
    }
    return nil
  }

  /// A segment with this field alone.
  static func segment(_ orientation: UInt8) -> [UInt8] {
    let head: [UInt8] = [0xFF, 0xE1, 0, 34] + Array("Exif\0\0MM".utf8)
    let directory: [UInt8] = [0, 42, 0, 0, 0, 8, 0, 1]
    let field: [UInt8] = [0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0]
    return head + directory + field + [0, 0, 0, 0]
  }
}
