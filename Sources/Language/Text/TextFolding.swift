import Domain

/// The form in which texts are compared and searched.
package enum TextFolding {
  /// Half-width, Latin letters in lower case, every bracket a round one, no blanks. Traditional
  /// characters stay as they are. Folding twice changes nothing.
  package static func fold(_ text: String) -> String {
    var text = text
    // No scalar takes more than half as much again when folded (U+023A → U+2C65).
    let bound = text.utf8.count * 2
    return text.withUTF8 { source in
      String(unsafeUninitializedCapacity: bound) { fold(source, into: $0) }
    }
  }

  private static func fold(
    _ source: UnsafeBufferPointer<UInt8>, into target: UnsafeMutableBufferPointer<UInt8>
  ) -> Int {
    var read = 0
    var written = 0
    while read < source.count {
      let lead = source[read]
      // A String is valid UTF-8, so the lead byte tells the length.
      let length = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4
      if length == 3, (0xE4...0xE9).contains(lead) {
        // U+4000–U+9FFF: copied as it stands, for almost everything is this.
        target[written] = lead
        target[written + 1] = source[read + 1]
        target[written + 2] = source[read + 2]
        written += 3
      } else {
        let scalar = folded(decode(source, read, length))
        if let scalar { written = encode(scalar, target, written) }
      }
      read += length
    }
    return written
  }

  /// - Returns: nil for a blank.
  private static func folded(_ scalar: Unicode.Scalar) -> Unicode.Scalar? {
    if scalar.isBlank { return nil }
    let scalar = scalar.halfWidth
    switch scalar.value {
    case 0x41...0x5A: return Unicode.Scalar(scalar.value + 32)
    // [ { < « 〈《「『【〔〖〘〚 and their ends
    case 0x5B, 0x7B, 0x3C, 0x3008, 0x300A, 0x300C, 0x300E, 0x3010, 0x3014, 0x3016, 0x3018, 0x301A:
      return "("
    case 0x5D, 0x7D, 0x3E, 0x3009, 0x300B, 0x300D, 0x300F, 0x3011, 0x3015, 0x3017, 0x3019, 0x301B:
      return ")"
    // Latin beyond ASCII: one for one, without the few that become two.
    case 0xC0...0x24F: return scalar.properties.lowercaseMapping.unicodeScalars.first
    default: return scalar
    }
  }

  private static func decode(
    _ source: UnsafeBufferPointer<UInt8>, _ at: Int, _ length: Int
  ) -> Unicode.Scalar {
    let lead = UInt32(source[at])
    var value = length == 1 ? lead : lead & (0x7F >> UInt32(length))
    for byte in source[at..<at + length].dropFirst() { value = value << 6 | UInt32(byte & 0x3F) }
    return Unicode.Scalar(value)!
  }

  private static func encode(
    _ scalar: Unicode.Scalar, _ target: UnsafeMutableBufferPointer<UInt8>, _ at: Int
  ) -> Int {
    var end = at
    for byte in Unicode.UTF8.encode(scalar)! {
      target[end] = byte
      end += 1
    }
    return end
  }
}
