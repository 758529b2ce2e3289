/// A WebP file as its chunks (RFC 9649).
enum WebPFile {
  private static let kept: Set<String> = [
    "VP8 ", "VP8L", "VP8X", "ALPH", "ANIM", "ANMF", "ICCP",
  ]

  /// - Returns: nil for bytes that are not what their sizes say.
  static func withoutMetadata(_ bytes: [UInt8]) -> [UInt8]? {
    guard bytes.has("RIFF", at: 0), bytes.has("WEBP", at: 8), bytes.count >= 20 else { return nil }
    let last = 8 + bytes.little32(4)
    guard last <= bytes.count else { return nil }
    var chunks: [UInt8] = []
    chunks.reserveCapacity(bytes.count)
    var place = 12
    while place + 8 <= last {
      let size = bytes.little32(place + 4)
      // Content of an odd length has a byte after it.
      let end = place + 8 + size + (size & 1)
      guard end <= last else { return nil }
      let kind = String(decoding: bytes[place..<place + 4], as: UTF8.self)
      if kept.contains(kind) {
        let start = chunks.count
        chunks += bytes[place..<end]
        // It must not promise the Exif and XMP that were left out.
        if kind == "VP8X", size > 0 { chunks[start + 8] &= ~0x0C }
      }
      place = end
    }
    guard !chunks.isEmpty else { return nil }
    let size = UInt32(4 + chunks.count)
    let length = (0..<4).map { UInt8(truncatingIfNeeded: size >> ($0 * 8)) }
    return Array("RIFF".utf8) + length + Array("WEBP".utf8) + chunks
  }
}
