/// How a file is handed out: shown or saved, and under which name (RFC 6266, RFC 8187).
package enum ContentDisposition {
  /// - Parameter name: one line; what is no ASCII stands in the second form, which every browser reads.
  package static func value(isShown: Bool, name: String) -> String {
    var plain = ""
    var encoded = ""
    for scalar in name.unicodeScalars {
      let isPlain =
        (0x20...0x7E).contains(scalar.value) && !"\"\\%;".unicodeScalars.contains(scalar)
      plain.unicodeScalars.append(isPlain ? scalar : "_")
      for byte in UTF8.encode(scalar)! {
        let isAttribute =
          byte < 128 && (Self.isAlphanumeric(byte) || "!#$&+-.^_`|~".utf8.contains(byte))
        if isAttribute {
          encoded.unicodeScalars.append(UnicodeScalar(byte))
        } else {
          encoded += (byte < 16 ? "%0" : "%") + String(byte, radix: 16, uppercase: true)
        }
      }
    }
    let kind = isShown ? "inline" : "attachment"
    return "\(kind); filename=\"\(plain)\"; filename*=UTF-8''\(encoded)"
  }

  private static func isAlphanumeric(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
  }
}
