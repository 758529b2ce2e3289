import Domain
import Testing

@testable import Documents

/// ECMA-376 part 1, 18.8.30 (formats) and 18.17.4.1 (serial numbers).
@Suite struct WorkbookDateTests {
  private func cell(_ value: String, format: String, from1904: Bool = false) throws -> Cell {
    let styles = format + "<cellStyleXfs><xf numFmtId=\"14\"/></cellStyleXfs>"
    let rows = "<row><c s=\"1\"><v>\(value)</v></c></row>"
    return try WorkbookParts(rows: rows, styles: styles, from1904: from1904).table().rows[0]
      .cells[0]
  }

  private func builtIn(_ id: Int) -> String {
    "<cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"\(id)\"/></cellXfs>"
  }

  @Test(arguments: [
    ("1", false, "1900-01-01"), ("59", false, "1900-02-28"), ("61", false, "1900-03-01"),
    ("25569", false, "1970-01-01"), ("46347", false, "2026-11-21"),
    ("46347.75", false, "2026-11-21"), ("4.6347E4", false, "2026-11-21"),
    ("2958465", false, "9999-12-31"), ("0", true, "1904-01-01"), ("60", true, "1904-03-01"),
    ("44885", true, "2026-11-21"),
  ])
  func serials(value: String, from1904: Bool, day: String) throws {
    #expect(try cell(value, format: builtIn(14), from1904: from1904) == .day(Day(day)!))
  }

  /// Day 60 never was; times of day have no day; later years have five digits.
  @Test(arguments: ["60", "0.5", "-3", "2958466"])
  func noDays(value: String) throws {
    #expect(try cell(value, format: builtIn(14)) == .number(value))
  }

  @Test(arguments: [14, 15, 16, 17, 22, 27, 31, 36, 50, 58])
  func builtInDates(id: Int) throws {
    #expect(try cell("46347", format: builtIn(id)) == .day(Day("2026-11-21")!))
  }

  @Test(arguments: [0, 1, 2, 10, 11, 18, 21, 37, 49, 59])
  func builtInNumbers(id: Int) throws {
    #expect(try cell("46347", format: builtIn(id)) == .number("46347"))
  }

  @Test(
    arguments: [
      ("yyyy-mm-dd", true), ("yyyy\"年\"m\"月\"d\"日\"", true), ("yyyy年m月", true),
      ("m\"月\"d\"日\"", true), ("[$-804]aaaa;@", true), ("[$-F800]dddd\\,\\ mmmm", true),
      ("yyyy/m/d h:mm", true), ("mmm", true), ("General", false), ("0.00", false),
      ("0\"年\"", false), ("0\"d\"", false), ("[Red]0", false), ("0\\d", false), ("0_d", false),
      ("h:mm AM/PM", false), ("[h]:mm:ss", false), ("mm:ss", false), ("#,##0;d", false),
      ("0.00E+00", false), ("@", false), ("", false), ("\"", false), ("[", false), ("\\", false),
    ] as [(String, Bool)])
  func codes(code: String, isDate: Bool) {
    #expect(DateFormat.isDate(code) == isDate)
  }

  @Test func customFormats() throws {
    let format =
      "<numFmts><numFmt numFmtId=\"176\" formatCode=\"m&quot;月&quot;d&quot;日&quot;\"/></numFmts>"
    #expect(try cell("46209", format: format + builtIn(176)) == .day(Day("2026-07-06")!))
  }

  @Test(arguments: ["1900-01-01", "1900-02-28", "1900-03-01", "2026-11-21", "9999-12-31"])
  func serialsOfDays(text: String) throws {
    let day = try #require(Day(text))
    let serial = try #require(DateFormat.serial(of: day))
    #expect(DateFormat.day(serial: Double(serial), from1904: false) == day)
  }

  @Test func noSerialBefore1900() {
    #expect(DateFormat.serial(of: Day("1899-12-31")!) == nil)
    #expect(DateFormat.serial(of: Day("1900-01-01")!) == 1)
  }
}
