import Domain
import Testing

/// GB 11643-1999; the first number is the standard's own example.
@Suite struct ResidentIDTests {
  private let today = Day(year: 2021, month: 7, day: 6)!

  @Test(arguments: ["11010519491231002X", "11010519491231002x", " 110105 1949-1231 002Ｘ"])
  func theStandardsExample(written: String) throws {
    let id = try ResidentID(written, today: today)
    #expect(id.text == "11010519491231002X")
    #expect(id.birth == Day(year: 1949, month: 12, day: 31))
  }

  // Check digits by hand: Σ ai·wi mod 11 looked up in 10X98765432.
  @Test(arguments: [
    ("110105194912310021", ResidentID.Fault.check), ("110105194902310022", .birthDate),
    ("110105491231002", .oldForm), ("11010549123100X", .length(15)), ("", .length(0)),
    ("1101051949123100", .length(16)), ("4.11002E+17", .digitsLost),
    // Sixteen digits lost to zeros.
    ("110105194912310000", .digitsLost), ("11010519491231O02X", .character("O")),
    ("11010519491231002A", .character("A")), ("X10105194912310021", .character("X")),
    ("110105202107070029", .bornInFuture),
  ])
  func refused(written: String, fault: ResidentID.Fault) {
    #expect(throws: fault) { try ResidentID(written, today: today) }
  }

  @Test func onesOwnBirthdayIsNotInTheFuture() throws {
    let born = Day(year: 1949, month: 12, day: 31)!
    #expect(try ResidentID("11010519491231002X", today: born).birth == born)
    #expect(throws: ResidentID.Fault.bornInFuture) {
      try ResidentID("11010519491231002X", today: born + -1)
    }
  }
}
