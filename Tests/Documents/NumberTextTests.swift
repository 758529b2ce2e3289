import Testing

@testable import Documents

@Suite struct NumberTextTests {
  @Test(
    arguments: [
      (0, "0"), (-0.0, "0"), (9_007_199_254_740_991, "9007199254740991"),
      (9_007_199_254_740_992, "9.007199254740992E+15"), (1e20, "1E+20"), (-2.5e30, "-2.5E+30"),
      (0.1, "0.1"), (0.001_23, "0.00123"), (1e-7, "0.0000001"), (-12.5, "-12.5"),
      (4_503_599_627_370_495.5, "4503599627370495.5"), (123.456, "123.456"),
    ] as [(Double, String)])
  func texts(value: Double, text: String) {
    #expect(NumberText.text(value) == text)
  }

  @Test(arguments: ["", "-", "x", "1x", "inf", "nan", "0x10", "1e999", "1 ", "１"])
  func noNumbers(text: String) {
    #expect(NumberText.parse(Array(text.utf8)) == nil)
  }

  @Test(arguments: ["A0", "A", "1", "", "XFE1", "A1048577", "A1B", "a1", "A99999999999999999999"])
  func noPlaces(text: String) {
    #expect(CellAddress.parse(Array(text.utf8)) == nil)
  }

  @Test(arguments: [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA"), (16_383, "XFD")])
  func columns(column: Int, letters: String) {
    #expect(CellAddress.letters(column) == letters)
    #expect(CellAddress.parse(Array((letters + "7").utf8)) == Place(row: 7, column: column))
  }
}
