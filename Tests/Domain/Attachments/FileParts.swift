/// Files put together from their parts, as the standards have them.
enum FileParts {
  static func segment(_ marker: UInt8, _ content: [UInt8]) -> [UInt8] {
    let length = content.count + 2
    return [0xFF, marker, UInt8(length >> 8), UInt8(length & 255)] + content
  }

  /// A picture's skeleton: tables, frame, scan with a stuffed byte and a restart, end.
  static func jpeg(_ more: [UInt8] = [], trailer: [UInt8] = []) -> [UInt8] {
    [0xFF, 0xD8] + segment(0xE0, Array("JFIF\0".utf8) + [1, 1, 0, 0, 1, 0, 1, 0, 0]) + more
      + segment(0xDB, [0] + [UInt8](repeating: 1, count: 64)) + picture + trailer
  }

  static let picture: [UInt8] =
    segment(0xC0, [8, 0, 8, 0, 8, 1, 1, 0x11, 0]) + segment(0xDA, [1, 1, 0, 0, 63, 0])
    + [0x12, 0xFF, 0x00, 0x34, 0xFF, 0xD0, 0x56, 0xFF, 0xD9]

  /// Exif with an orientation and a place, as a phone writes it.
  static func exif(orientation: UInt8, isLittle: Bool) -> [UInt8] {
    func short(_ value: Int) -> [UInt8] {
      let bytes = [UInt8(value >> 8), UInt8(value & 255)]
      return isLittle ? bytes.reversed() : bytes
    }
    func long(_ value: Int) -> [UInt8] {
      isLittle ? short(value & 0xFFFF) + short(value >> 16) : short(value >> 16) + short(value)
    }
    // Model, orientation, GPS.
    let directory: [UInt8] =
      short(3)
      + short(0x0110) + short(2) + long(8) + long(62)
      + short(0x0112) + short(3) + long(1) + short(Int(orientation)) + short(0)
      + short(0x8825) + short(4) + long(1) + long(70) + long(0)
    return Array("Exif\0\0".utf8) + Array((isLittle ? "II" : "MM").utf8) + short(42) + long(8)
      + directory + [UInt8](repeating: 0, count: 12) + Array("SECRET\0\0".utf8)
      + Array("34.0357N".utf8)
  }

  static func chunk(_ kind: String, _ content: [UInt8]) -> [UInt8] {
    big32(content.count) + Array(kind.utf8) + content + [1, 2, 3, 4]
  }

  static let pngSignature: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]

  static func png(_ more: [UInt8] = [], trailer: [UInt8] = []) -> [UInt8] {
    pngSignature + chunk("IHDR", [UInt8](repeating: 1, count: 13)) + more
      + chunk("IDAT", [9, 9, 9]) + chunk("IEND", []) + trailer
  }

  static func riff(_ kind: String, _ content: [UInt8]) -> [UInt8] {
    Array(kind.utf8) + big32(content.count).reversed() + content
      + [UInt8](repeating: 0, count: content.count & 1)
  }

  static func webp(_ chunks: [UInt8]) -> [UInt8] {
    Array("RIFF".utf8) + big32(chunks.count + 4).reversed() + Array("WEBP".utf8) + chunks
  }

  static func box(_ kind: String, _ content: [UInt8]) -> [UInt8] {
    big32(content.count + 8) + Array(kind.utf8) + content
  }

  static func film(_ more: [UInt8]) -> [UInt8] {
    box("ftyp", Array("isom\0\0\0\0".utf8))
      + box("moov", box("mvhd", [1, 2, 3]) + box("trak", box("tkhd", [4]) + more) + more)
      + box("mdat", [7, 7, 7])
  }

  /// Two items, the second Exif, both in the data box after the head.
  static func heic(exif: [UInt8]) -> [UInt8] {
    func entry(_ item: UInt8, _ kind: String) -> [UInt8] {
      box("infe", [2, 0, 0, 0, 0, item, 0, 0] + Array(kind.utf8) + [0])
    }
    let picture: [UInt8] = [5, 5, 5, 5]
    func head(_ start: Int) -> [UInt8] {
      func place(_ item: UInt8, _ from: Int, _ count: Int) -> [UInt8] {
        [0, item, 0, 0, 0, 1] + big32(from) + big32(count)
      }
      let places =
        [0, 0, 0, 0, 0x44, 0, 0, 2] + place(1, start, 4) + place(2, start + 4, exif.count)
      let inner =
        box("hdlr", [0, 0, 0, 0])
        + box("iinf", [0, 0, 0, 0, 0, 2] + entry(1, "hvc1") + entry(2, "Exif"))
        + box("iloc", places)
      return box("ftyp", Array("heic\0\0\0\0".utf8)) + box("meta", [0, 0, 0, 0] + inner)
    }
    return head(head(0).count + 8) + box("mdat", picture + exif)
  }

  /// An archive's directory with these names; its contents are not looked at.
  static func zip(_ names: [String]) -> [UInt8] {
    let start: [UInt8] = [0x50, 0x4B, 0x03, 0x04] + [UInt8](repeating: 0, count: 26)
    var directory: [UInt8] = []
    for name in names {
      let length = Array(name.utf8).count
      directory +=
        [0x50, 0x4B, 0x01, 0x02] + [UInt8](repeating: 0, count: 24)
        + [UInt8(length & 255), UInt8(length >> 8)] + [UInt8](repeating: 0, count: 16)
        + Array(name.utf8)
    }
    let end: [UInt8] =
      [0x50, 0x4B, 0x05, 0x06, 0, 0, 0, 0, UInt8(names.count), 0, UInt8(names.count), 0]
    return start + directory + end + big32(directory.count).reversed()
      + big32(start.count).reversed()
      + [0, 0]
  }

  /// A compound file with directory entries of these names in its second sector.
  static func compound(_ names: [String]) -> [UInt8] {
    var bytes: [UInt8] = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]
    bytes += [UInt8](repeating: 0, count: 504)
    for name in names {
      var entry = name.utf16.flatMap { [UInt8($0 & 255), UInt8($0 >> 8)] }
      entry += [UInt8](repeating: 0, count: 64 - entry.count)
      entry += [UInt8(name.utf16.count * 2 + 2), 0, 2] + [UInt8](repeating: 0, count: 61)
      bytes += entry
    }
    return bytes
  }

  static func big32(_ number: Int) -> [UInt8] {
    [24, 16, 8, 0].map { UInt8(number >> $0 & 255) }
  }
}
