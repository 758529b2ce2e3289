/// Text as a part of an address (RFC 3986).
package enum PercentEncoding {
  /// Letters, digits and `-._~/` stay.
  package static func encode(_ text: String) -> String {
    var result = ""
    for byte in text.utf8 {
      let scalar = UnicodeScalar(byte)
      if byte < 128,
        scalar.properties.isAlphabetic || ("0"..."9").contains(scalar)
          || "-._~/".unicodeScalars.contains(scalar)
      {
        result.unicodeScalars.append(scalar)
      } else {
        result += byte < 16 ? "%0" : "%"
        result += String(byte, radix: 16, uppercase: true)
      }
    }
    return result
  }

  /// `state=judged&cols=unit%2Cleft`; what is empty is left out.
  package static func query(_ pairs: [(String, String)]) -> String {
    pairs.filter { !$0.1.isEmpty }.map { "\($0.0)=\(encode($0.1))" }.joined(separator: "&")
  }
}
