/// A JPEG file as its segments (ITU-T T.81, annex B).
enum JPEGFile {
  /// Keeps what is needed to draw the picture, and of Exif nothing but which side is up. What follows
  /// the picture's end is left out too: phones put films and further pictures there.
  /// - Returns: nil for bytes that do not lead from a start to an end.
  static func withoutMetadata(_ bytes: [UInt8]) -> [UInt8]? {
    guard bytes.count > 3, bytes[0] == 0xFF, bytes[1] == 0xD8 else { return nil }
    var result: [UInt8] = [0xFF, 0xD8]
    result.reserveCapacity(bytes.count)
    var hasScan = false
    var hasOrientation = false
    var place = 2
    while true {
      guard place + 1 < bytes.count, bytes[place] == 0xFF else { return nil }
      let marker = bytes[place + 1]
      // Any number of fill bytes may stand before a marker.
      if marker == 0xFF {
        place += 1
        continue
      }
      if marker == 0xD9 { return hasScan ? result + [0xFF, 0xD9] : nil }
      // Only what has a length may stand here: no second start, no restart, no stuffed byte.
      guard marker >= 0xC0, !(0xD0...0xD8).contains(marker), place + 3 < bytes.count
      else { return nil }
      let end = place + 2 + bytes.big16(place + 2)
      guard end >= place + 4, end <= bytes.count else { return nil }
      if isKept(marker, bytes, at: place) {
        result += bytes[place..<end]
      } else if marker == 0xE1, !hasOrientation,
        let orientation = ExifOrientation.value(in: bytes, from: place + 4, to: end)
      {
        hasOrientation = true
        if orientation != 1 { result += ExifOrientation.segment(orientation) }
      }
      place = end
      if marker == 0xDA {
        hasScan = true
        guard let next = endOfScan(bytes, from: place) else { return nil }
        result += bytes[place..<next]
        place = next
      }
    }
  }

  /// Of the application's segments those that say how colours are meant.
  private static func isKept(_ marker: UInt8, _ bytes: [UInt8], at place: Int) -> Bool {
    switch marker {
    // JFIF, without the preview in JFXX.
    case 0xE0: bytes.has("JFIF\0", at: place + 4)
    case 0xE2: bytes.has("ICC_PROFILE\0", at: place + 4)
    case 0xEE: bytes.has("Adobe", at: place + 4)
    case 0xE0...0xEF: false
    // A comment, and what no picture has.
    case 0xFE, 0xF0...0xFD: false
    default: true
    }
  }

  /// The place of the next marker that is neither a stuffed byte nor a restart.
  private static func endOfScan(_ bytes: [UInt8], from start: Int) -> Int? {
    bytes.withUnsafeBufferPointer { bytes in
      var place = start
      while place + 1 < bytes.count {
        if bytes[place] == 0xFF {
          let next = bytes[place + 1]
          if next != 0, next != 0xFF, !(0xD0...0xD7).contains(next) { return place }
        }
        place += 1
      }
      return nil
    }
  }
}
