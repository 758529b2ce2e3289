/// A PNG file as its chunks (ISO/IEC 15948).
enum PNGFile {
  static let signature: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]

  /// What a picture or moving picture is drawn from. Exif, texts, times and private chunks are not here.
  private static let kept: Set<String> = [
    "IHDR", "PLTE", "IDAT", "IEND", "tRNS", "cHRM", "gAMA", "iCCP", "sBIT", "sRGB", "cICP", "bKGD",
    "hIST", "pHYs", "sPLT", "acTL", "fcTL", "fdAT",
  ]

  /// - Returns: nil for bytes that do not lead from a start to an end.
  static func withoutMetadata(_ bytes: [UInt8]) -> [UInt8]? {
    guard bytes.starts(with: signature), bytes.has("IHDR", at: 12) else { return nil }
    var result = signature
    result.reserveCapacity(bytes.count)
    var place = 8
    while place + 12 <= bytes.count {
      // Length, kind, content, checksum.
      let end = place + 12 + bytes.big32(place)
      guard end <= bytes.count else { return nil }
      let kind = String(decoding: bytes[place + 4..<place + 8], as: UTF8.self)
      if kept.contains(kind) { result += bytes[place..<end] }
      if kind == "IEND" { return result }
      place = end
    }
    return nil
  }
}
