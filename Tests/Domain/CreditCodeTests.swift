import Domain
import Testing

/// GB 32100-2015 and GB 11714; the examples are those of DOMAIN 8 and of a public list.
@Suite struct CreditCodeTests {
  @Test(arguments: ["91350100M000100Y43", "91110000101623741K", "911101066976941872"])
  func validCodes(code: String) throws {
    let parsed = try CreditCode(code)
    #expect(parsed.text == code)
    #expect(parsed.hasRightCheck)
  }

  @Test func aRealFirmFailsTheCheckAndIsOnlyWarnedOf() throws {
    #expect(try !CreditCode("91350211M0000XUF46").hasRightCheck)
  }

  @Test(arguments: [
    ("9.1411E+17", CreditCode.Fault.digitsLost), ("9.11101066976941E+17", .digitsLost),
    ("９．１Ｅ＋１７", .digitsLost), ("9E+17", .digitsLost), ("", .length(0)),
    ("9111010669769418", .length(16)), ("911101066976941872X", .length(19)),
    ("9111010669769418O2", .character("O")), ("9111010669769418I2", .character("I")),
    ("91110106697694.872", .character(".")), ("许昌市许昌市许昌市许昌市许昌市许昌市", .character("许")),
  ])
  func refused(written: String, fault: CreditCode.Fault) {
    #expect(throws: fault) { try CreditCode(written) }
  }

  @Test(arguments: [
    " 91110000 10162374-1k ", "９１１１００００１０１６２３７４１ｋ", "9111\u{200B}0000101623741\u{FEFF}K\n",
  ])
  func writtenForms(written: String) throws {
    #expect(try CreditCode(written).text == "91110000101623741K")
  }

  @Test(.enabled(if: SharedData.has("uscc_examples.csv"))) func publishedExamples() throws {
    let rows = try SharedData.rows("uscc_examples.csv")
    #expect(rows.count == 139)
    for row in rows {
      let (written, expect, reason, organisation) = (row[0], row[1], row[2], row[4])
      switch (expect, reason) {
      case ("invalid", "short"):
        #expect(throws: CreditCode.Fault.length(17), "\(written)") { try CreditCode(written) }
      case ("invalid", "long"):
        #expect(throws: CreditCode.Fault.length(19), "\(written)") { try CreditCode(written) }
      case ("invalid", "badchar"):
        let fault = #expect(throws: CreditCode.Fault.self, "\(written)") {
          try CreditCode(written)
        }
        if case .character = fault {
        } else {
          Issue.record("\(written): \(String(describing: fault))")
        }
      case ("invalid", _):
        #expect(try !CreditCode(written).hasRightCheck, "\(written)")
      default:
        let code = try CreditCode(written)
        #expect(code.hasRightCheck, "\(written)")
        if reason != "" { #expect(row[3].hasSuffix(code.text), "\(written)") }
      }
      if !organisation.isEmpty, let code = try? CreditCode(written) {
        #expect(code.hasRightOrganisationCheck == (organisation == "yes"), "\(written)")
      }
    }
  }
}
