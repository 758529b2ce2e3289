import Domain
import Testing

/// DOMAIN.md 4 and 10: yellow at a third or less of the budget, or a day or less once half of it is
/// used; red from the due instant on.
@Suite struct LampTests {
  @Test(
    arguments: [
      (7, 0, Lamp.green), (7, 4, .green), (7, 5, .yellow), (7, 7, .red), (1, 0, .green),
      (2, 1, .yellow), (30, 19, .green), (30, 20, .yellow), (30, 31, .red),
    ] as [(Int64, Int64, Lamp)])
  func lamp(budgetDays: Int64, usedDays: Int64, expected: Lamp) {
    let start = Instant(milliseconds: 1_795_190_400_000)
    let lamp = Lamp.of(
      start: start, due: start + budgetDays * 86_400, now: start + usedDays * 86_400)
    #expect(lamp == expected)
  }
}
