import CCrypto

/// The second factor's codes: six digits that change every thirty seconds (RFC 6238 with the values that
/// every authenticator application knows: HMAC-SHA-1, 30 s, 6 digits).
package struct OneTimeCode: Sendable {
  /// 20 bytes, as RFC 4226 section 4 asks for.
  package let secret: [UInt8]

  package static let secretCount = 20
  package static let digits = 6
  /// Seconds.
  package static let period: Int64 = 30

  package init(secret: [UInt8]) { self.secret = secret }

  package static func step(at seconds: Int64) -> Int64 { seconds / period }

  /// The code of a step (RFC 4226 section 5.3), with leading zeros.
  package func code(step: Int64, digits: Int = OneTimeCode.digits) -> String {
    let counter = withUnsafeBytes(of: UInt64(bitPattern: step).bigEndian) { Array($0) }
    var digest = [UInt8](repeating: 0, count: 20)
    precondition(
      HMAC(EVP_sha1(), secret, Int32(secret.count), counter, counter.count, &digest, nil) != nil)
    let offset = Int(digest[19] & 15)
    var number: UInt32 = 0
    for byte in digest[offset..<offset + 4] { number = number << 8 | UInt32(byte) }
    number &= 0x7FFF_FFFF
    var text = ""
    for _ in 0..<digits {
      text = String(number % 10) + text
      number /= 10
    }
    return text
  }

  /// The step whose code this is: the present one or a neighbour, for clocks that differ; never one that
  /// was used before, nor an earlier one.
  /// - Parameters:
  ///   - seconds: the present, since 1970.
  ///   - lastStep: the step of the last code that was taken.
  /// - Returns: nil for a wrong code.
  package func step(of code: String, at seconds: Int64, after lastStep: Int64?) -> Int64? {
    let given = Array(code.utf8)
    let now = OneTimeCode.step(at: seconds)
    var found: Int64?
    // All three are computed whatever the first says.
    for step in now - 1...now + 1
    where constantTimeEqual(Array(self.code(step: step).utf8), given)
      && step > lastStep ?? .min && found == nil
    {
      found = step
    }
    return found
  }

  /// What an authenticator application reads from the drawing.
  /// - Parameters:
  ///   - issuer: the platform's name, shown above the code.
  ///   - account: whose code it is.
  package func address(issuer: String, account: String) -> String {
    let (issuer, account) = (Self.encoded(issuer), Self.encoded(account))
    return "otpauth://totp/\(issuer):\(account)?secret=\(Base32.encode(secret))&issuer=\(issuer)"
      + "&algorithm=SHA1&digits=\(Self.digits)&period=\(Self.period)"
  }

  private static func encoded(_ text: String) -> String {
    text.utf8.map { byte in
      let scalar = UnicodeScalar(byte)
      return scalar.isASCII
        && (scalar.properties.isAlphabetic || scalar.properties.numericType != nil)
        ? String(scalar) : "%" + Hexadecimal.encode([byte]).uppercased()
    }.joined()
  }
}

/// Base32 of RFC 4648 section 6, without padding: what people can type.
package enum Base32 {
  private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".utf8)

  package static func encode(_ bytes: [UInt8]) -> String {
    var text: [UInt8] = []
    var (bits, count) = (UInt32(0), 0)
    for byte in bytes {
      bits = bits << 8 | UInt32(byte)
      count += 8
      while count >= 5 {
        count -= 5
        text.append(alphabet[Int(bits >> UInt32(count)) & 31])
      }
    }
    if count > 0 { text.append(alphabet[Int(bits << UInt32(5 - count)) & 31]) }
    return String(decoding: text, as: UTF8.self)
  }
}
