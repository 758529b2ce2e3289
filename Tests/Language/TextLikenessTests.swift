import Language
import Testing

@Suite struct TextLikenessTests {
  /// Dice's measure over pairs of neighbours: 2 × common ÷ (own + other), counted by hand.
  @Test(arguments: [
    ("机井水泵损坏", "机井水泵损坏", 1.0),
    ("机井水泵损坏", "机井水泵", 2.0 * 3 / (5 + 3)),
    ("机井", "路灯", 0), ("机", "机", 0), ("", "机井", 0), ("机井，水泵", "机井水泵", 1),
  ])
  func unweighted(a: String, b: String, expected: Double) {
    #expect(abs(TextLikeness(a).likeness(to: b) - expected) < 1e-9)
    #expect(abs(TextLikeness(b).likeness(to: a) - expected) < 1e-9)
  }

  /// What everybody says counts less than what few say.
  @Test func commonPairsCountLess() {
    var likeness = TextLikeness("企业机井")
    likeness.weigh(["企业": 300, "机井": 1], most: 300)
    #expect(likeness.likeness(to: "机井") > likeness.likeness(to: "企业"))
  }
}
