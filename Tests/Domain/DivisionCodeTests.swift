import Domain
import Testing

@Suite struct DivisionCodeTests {
  @Test(arguments: [
    ("410000000000", DivisionCode.Tier.province, nil),
    ("411000000000", .city, "410000000000"), ("411081000000", .county, "411000000000"),
    ("411081101", .township, "411081000000"), ("411081101200", .village, "411081101000"),
  ])
  func tiers(text: String, tier: DivisionCode.Tier, parent: String?) throws {
    let code = try #require(DivisionCode(text))
    #expect(code.tier == tier)
    #expect(code.parent?.text == parent)
  }

  @Test(arguments: ["", "4110", "4110810000", "41108110120０", "011081101200", "4.11081E+11"])
  func refused(text: String) {
    #expect(DivisionCode(text) == nil)
  }

  @Test func thePlaceholderIsNoUnit() {
    #expect(DivisionCode("411001000000")!.isCityDistrictPlaceholder)
    #expect(!DivisionCode("411002000000")!.isCityDistrictPlaceholder)
    #expect(!DivisionCode("419001000000")!.isCityDistrictPlaceholder)
    #expect(!DivisionCode("411001001000")!.isCityDistrictPlaceholder)
  }
}
