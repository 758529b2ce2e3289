import Documents
import Testing

@Suite struct QRCodeTests {
  /// ISO/IEC 18004, tables 1 and 7: with level M the first version has 21 cells a side and holds 14 bytes, the
  /// second 25 and 26, the tenth 57 and 213.
  @Test(arguments: [(14, 21), (15, 25), (26, 25), (27, 29), (213, 57)])
  func growsWithTheText(bytes: Int, size: Int) throws {
    let code = try #require(QRCode(String(repeating: "a", count: bytes)))
    #expect(code.size == size && code.drawingSize == size + 8)
  }

  /// Three corners have the finder pattern of section 6.3.3: rings of 7, 5 and 3 cells.
  @Test func findersStandInThreeCorners() throws {
    let code = try #require(QRCode("otpauth://totp/x"))
    for (column, row) in [(0, 0), (code.size - 7, 0), (0, code.size - 7)] {
      for y in 0..<7 {
        for x in 0..<7 {
          let ring = max(abs(x - 3), abs(y - 3))
          #expect(code.isDark(column + x, row + y) == (ring != 2))
        }
      }
    }
  }

  @Test func thePathHasAsManyCellsAsAreDark() throws {
    let code = try #require(QRCode("联帮"))
    var dark = 0
    for row in 0..<code.size {
      for column in 0..<code.size where code.isDark(column, row) { dark += 1 }
    }
    let drawn = code.path.matches(of: #/h([0-9]+)v/#).map { Int($0.1)! }.reduce(0, +)
    #expect(drawn == dark && dark > 0)
  }

  @Test func nothingAndTooMuchHaveNone() {
    #expect(QRCode("") == nil)
    #expect(QRCode(String(repeating: "a", count: 3000)) == nil)
  }
}
