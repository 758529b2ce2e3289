import Cryptography
import Testing

@Suite struct OneTimeCodeTests {
  /// RFC 6238, appendix B: SHA-1, eight digits.
  @Test(
    arguments: [
      (59, "94287082"), (1_111_111_109, "07081804"), (1_111_111_111, "14050471"),
      (1_234_567_890, "89005924"), (2_000_000_000, "69279037"), (20_000_000_000, "65353130"),
    ] as [(Int64, String)])
  func vectorsOfTheStandard(seconds: Int64, expected: String) {
    let code = OneTimeCode(secret: Array("12345678901234567890".utf8))
    #expect(code.code(step: OneTimeCode.step(at: seconds), digits: 8) == expected)
  }

  /// RFC 4226, appendix D: six digits by counter.
  @Test(arguments: zip(0..<6, ["755224", "287082", "359152", "969429", "338314", "254676"]))
  func vectorsByCounter(step: Int, expected: String) {
    let code = OneTimeCode(secret: Array("12345678901234567890".utf8))
    #expect(code.code(step: Int64(step)) == expected)
  }

  /// A clock may be half a minute wrong; a code that was taken, and all before it, are worth nothing.
  @Test(
    arguments: [
      (99, nil, true), (100, nil, true), (101, nil, true), (98, nil, false), (102, nil, false),
      (100, 99, true), (100, 100, false), (99, 100, false), (101, 100, true),
    ] as [(Int64, Int64?, Bool)])
  func neighboursAreTakenOnce(step: Int64, last: Int64?, isTaken: Bool) {
    let code = OneTimeCode(secret: Array("12345678901234567890".utf8))
    let found = code.step(of: code.code(step: step), at: 100 * 30 + 7, after: last)
    #expect(found == (isTaken ? step : nil))
  }

  @Test(arguments: ["", "000000", "28708", "2870822", "28708２"])
  func othersAreNot(text: String) {
    let code = OneTimeCode(secret: Array("12345678901234567890".utf8))
    #expect(code.step(of: text, at: 30, after: nil) == nil)
  }

  /// RFC 4648, section 10, without padding.
  @Test(arguments: [
    ("", ""), ("f", "MY"), ("fo", "MZXQ"), ("foo", "MZXW6"), ("foob", "MZXW6YQ"),
    ("fooba", "MZXW6YTB"), ("foobar", "MZXW6YTBOI"),
  ])
  func base32(text: String, expected: String) {
    #expect(Base32.encode(Array(text.utf8)) == expected)
  }

  @Test func theAddressForAuthenticators() {
    let code = OneTimeCode(secret: Array("foobar".utf8))
    #expect(
      code.address(issuer: "联帮", account: "zhang.san")
        == "otpauth://totp/%E8%81%94%E5%B8%AE:zhang%2Esan?secret=MZXW6YTBOI"
        + "&issuer=%E8%81%94%E5%B8%AE&algorithm=SHA1&digits=6&period=30")
  }
}
