import Domain
import Services
import TestSupport
import Testing

/// The clock rules as data.
@Suite struct ClockRulesTests {
  private let rules = TestPlatform.data.rules

  @Test func theShippedRules() throws {
    #expect(
      rules.all.map(\.name) == ["13710", "13710-wd", "xuchang-2011", "petition-law", "appeal"])
    #expect(rules.standard.name == "13710" && rules.standard.rollOver)
    // DOMAIN.md 4: 1, 3 and 7 days, one month.
    #expect(rules.standard.milestones.map(\.budget.description) == ["1d", "3d", "7d", "1m"])
    #expect(rules["petition-law"]?.longestExtension == .calendarDays(30))
    #expect(rules["x"] == nil)
  }

  @Test(arguments: [
    ("13710", Difficulty.general, ["1d", "3d", "7d"]), ("13710", .major, ["1d", "3d", "1m"]),
    ("xuchang-2011", .complex, ["3wd", "30wd"]),
    // One time for all problems binds the complex ones too.
    ("appeal", .complex, ["5wd"]),
  ])
  func milestones(rule: String, difficulty: Difficulty, expected: [String]) throws {
    let rule = try #require(rules[rule])
    #expect(rule.milestones(for: difficulty).map(\.budget.description) == expected)
  }

  /// Half of the lead's budget, rounded up to a day; February 2026 has 28 days.
  @Test(arguments: [
    ("1d", "1d"), ("7d", "4d"), ("3wd", "2wd"), ("1m", "14d"), ("24h", "24h"), ("50h", "48h"),
  ])
  func coHandlers(budget: String, expected: String) throws {
    let half = Share.half.of(try #require(Budget(budget)), from: Day("2026-02-01")!)
    #expect(half.description == expected)
  }

  private static func rule(_ changes: [String: String]) -> [UInt8] {
    let fields = [
      "name": #""x""#, "version": "1", "zh": #""x""#, "en": #""x""#, "source": #""""#,
      "roll_over": "true", "cut_off": #""24:00""#, "objection": "null", "extension": "null",
      "milestones": #"[{"kind": "acknowledge", "budget": "1d", "from": "assignment"}]"#,
      "co_handler_share": #""1/2""#,
    ].merging(changes) { $1 }
    let text = fields.map { #""\#($0)": \#($1)"# }.joined(separator: ", ")
    return Array(#"{"rules": [{\#(text)}]}"#.utf8)
  }

  @Test func aRuleIsRead() throws {
    let rule = try ClockRulesFile.rules(Self.rule(["cut_off": #""17:30""#])).standard
    #expect(rule.cutOff == 63_000 && rule.objection == nil)
  }

  @Test(arguments: [
    (["version": "0"], "version 0 is below 1"), (["name": #"" ""#], "name is empty"),
    (["cut_off": #""25:00""#], "cut_off"), (["cut_off": #""00:00""#], "cut_off"),
    (["milestones": "[]"], "no milestone"), (["co_handler_share": #""3/2""#], "co_handler_share"),
    (["objection": #""0wd""#], #"objection "0wd""#), (["extension": "7"], "extension"),
    (
      ["milestones": #"[{"kind": "x", "budget": "1d", "from": "assignment"}]"#],
      #"no milestone "x""#
    ),
    (
      ["milestones": #"[{"kind": "acknowledge", "budget": "1y", "from": "assignment"}]"#],
      #"acknowledge "1y""#
    ),
    (
      ["milestones": #"[{"kind": "acknowledge", "budget": "1d", "from": "birth"}]"#],
      #"from "birth""#
    ),
  ])
  func aRuleThatIsNone(changes: [String: String], said: String) {
    let fault = #expect(throws: ClockRulesFile.Fault.self) {
      try ClockRulesFile.rules(Self.rule(changes))
    }
    #expect(fault?.description.contains(said) == true)
  }
}
