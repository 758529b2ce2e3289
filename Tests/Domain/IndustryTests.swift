import Domain
import Foundation
import Testing

@Suite struct IndustryTests {
  private let table: IndustryTable

  init() throws {
    table = try JSONDecoder().decode(IndustryTable.self, from: resource("industries.json"))
  }

  @Test(arguments: [
    ("C", "C"), ("c13", "C13"), ("13", "C13"), ("131", "C131"), ("1310", "C1310"),
    ("C1310", "C1310"), (" Ｃ 13 ", "C13"), ("制造业", "C"), ("农副食品加工业", "C13"), ("农业", "A01"),
    ("农、林、牧、渔业", "A"), ("房地产业", "K70"), ("0111", "A0111"), ("T97", "T97"),
  ])
  func lookedUp(written: String, code: String) {
    #expect(table.industry(written)?.code == code)
  }

  @Test(arguments: [
    "", "U", "1", "98", "00", "D13", "CC", "C1", "13101", "加工业", "1３x", "CC13", "许",
  ])
  func unknown(written: String) {
    #expect(table.industry(written) == nil)
  }

  @Test func namesOfCodes() throws {
    #expect(table.name(of: try #require(table.industry("C1310"))) == "农副食品加工业")
    #expect(table.name(of: try #require(table.industry("S"))) == "公共管理、社会保障和社会组织")
  }

  @Test(.enabled(if: SharedData.has("gbt4754_2017.csv"))) func theTableIsTheStandards() throws {
    let rows = try SharedData.rows("gbt4754_2017.csv")
    var expected: [String: String] = [:]
    for row in rows where row[2] == "1" || row[2] == "2" {
      expected[row[4] + "/" + row[0]] = row[1]
    }
    // The list at hand cuts this one name short.
    #expect(expected["C/37"] == "铁路、船舶、航空航天和其他运输设备制")
    expected["C/37"] = "铁路、船舶、航空航天和其他运输设备制造业"
    var found: [String: String] = [:]
    for section in table.sections {
      found[section.code + "/" + section.code] = section.name
      for division in section.divisions {
        found[section.code + "/" + division.code] = division.name
      }
    }
    #expect(found == expected)
    #expect(found.count == 20 + 97)
    for row in rows where row[2] == "3" || row[2] == "4" {
      #expect(table.industry(row[0])?.code == row[4] + row[0])
    }
  }
}
