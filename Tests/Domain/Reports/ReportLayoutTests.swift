import Domain
import Foundation
import Testing

/// What a layout may not say. The definitions are three of each sort.
@Suite struct ReportLayoutTests {
  private func fault(_ section: String, lines: Int = 10) throws -> String? {
    let json = """
      {"version": 1, "lines": \(lines), "kinds": [{"kind": "weekly", "zh": "周", "en": "week",
        "periods": ["week"], "sections": [\(section)]}]}
      """
    let layout = try JSONDecoder().decode(ReportLayout.self, from: Data(json.utf8))
    return layout.fault(try definitions)
  }

  private var definitions: Definitions {
    get throws {
      func figure(_ code: String, _ subject: String, _ more: String) -> String {
        """
        {"code": "\(code)", "version": 1, "name": {"zh": "甲", "en": "a"}, "subject": "\(subject)",
          "measure": "count", "sense": "none", \(more)
          "denominator": {"zh": "乙", "en": "b", "where": []}, "exclusions": [], "beside": [],
          "printed": {"zh": "丙", "en": "c"}, "source": {"zh": "丁", "en": "d"}}
        """
      }
      let json = """
        {"version": 1, "minimum": 0, "origins": {}, "figures": [
          \(figure("found", "problems", "\"member\": \"found\",")),
          \(figure("overdue", "problems", "")), \(figure("covered", "targets", ""))]}
        """
      return try JSONDecoder().decode(Definitions.self, from: Data(json.utf8))
    }
  }

  private func section(_ faces: String, _ part: String, code: String = "a") -> String {
    "{\"code\": \"\(code)\", \"zh\": \"甲\", \"en\": \"a\", \"for\": [\(faces)]\(part)}"
  }

  @Test func whatIsRight() throws {
    for part in [
      "", ", \"figures\": [\"found\", \"overdue\"]",
      ", \"table\": {\"by\": \"unit\", \"figures\": [\"found\"]}",
      ", \"list\": {\"figure\": \"found\", \"period\": \"this\", \"columns\": [\"day\"]}",
      ", \"list\": {\"figure\": \"overdue\", \"columns\": [\"lamp\"]}",
    ] {
      #expect(try fault(section("\"city\", \"unit\"", part)) == nil, "\(part)")
    }
    #expect(try fault(section("\"official\"", ", \"deeds\": \"visits\"")) == nil)
  }

  @Test(arguments: [
    ("\"city\"", ", \"figures\": [\"unknown\"]", "no figure"),
    ("\"city\"", ", \"list\": {\"figure\": \"found\", \"columns\": []}", "period"),
    (
      "\"city\"", ", \"list\": {\"figure\": \"overdue\", \"period\": \"this\", \"columns\": []}",
      "period"
    ),
    ("\"city\"", ", \"list\": {\"figure\": \"covered\", \"columns\": []}", "no problems"),
    ("\"city\"", ", \"table\": {\"by\": \"day\", \"figures\": [\"found\"]}", "no table"),
    ("\"city\"", ", \"deeds\": \"visits\"", "only officials"),
    ("\"city\"", ", \"figures\": [], \"deeds\": \"visits\"", "one of"),
    // Nothing to compare persons by.
    ("\"official\"", ", \"figures\": [\"found\"]", "deeds and words"),
    ("\"official\", \"city\"", "", "sections of their own"),
    ("\"unit\"", ", \"figures\": [\"covered\"]", "nobody leads"),
    ("", "", "for nobody"),
  ])
  func whatIsWrong(faces: String, part: String, words: String) throws {
    #expect(try fault(section(faces, part))?.contains(words) == true)
  }

  @Test func eachCodeOnce() throws {
    let one = section("\"city\"", "")
    #expect(try fault(one + "," + one)?.contains("twice") == true)
    #expect(try fault(section("\"city\"", "", code: "A b"))?.contains("lower-case") == true)
    #expect(try fault(one, lines: 0)?.contains("lines") == true)
  }
}
