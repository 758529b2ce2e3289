import Domain
import Foundation
import Testing

@Suite struct DefinitionTests {
  private func fault(_ edit: (inout String) -> Void) throws -> String? {
    var text = String(decoding: try resource("definitions.json"), as: UTF8.self)
    edit(&text)
    return try JSONDecoder().decode(Definitions.self, from: Data(text.utf8)).fault
  }

  @Test func theShippedOnesAreSound() throws { #expect(try fault { _ in } == nil) }

  /// A definition that says something nobody can count is refused when it is read, with its figure.
  @Test(arguments: [
    (#""code": "satisfaction""#, #""code": "redo_rate""#, "redo_rate stands there twice"),
    (#""code": "satisfaction""#, #""code": "drop table""#, "drop table: a code is"),
    (#""reached": "paired""#, #""reached": "closed""#, "closed is nothing targets have"),
    ("\"legal\"\n", "\"le'gal\"\n", "completion_rate: "),
    ("98,", "90,", "satisfaction: grades are three limits"),
    // Rounds are counted with, never a word; kinds are the targets' alone.
    (#""is": "outcome""#, #""is": "round""#, "resolution_rate: a round is a number"),
    (#""divided": "tier""#, #""divided": "round""#, "a round is a number"),
    (#""divided": "tier""#, #""divided": "kind""#, "kind is nothing problems have"),
    (#""is": "kind""#, #""is": "outcome""#, "outcome is nothing targets have"),
    (#""member": "found""#, #""member": "paired""#, "paired is nothing problems have"),
    (#""to": "feedback""#, #""to": "contacted""#, "contacted is nothing rounds have"),
    (#""subject": "targets""#, #""subject": "targets", "member": "paired""#, "no member"),
    (#""subject": "targets""#, #""subject": "targets", "divided": "kind""#, "not divided"),
    // Numbers that no instant and no column can hold.
    (#""within": 90"#, #""within": 9000000000000000"#, "within counts days"),
    (#""at_least": 2"#, #""at_least": 4294967296"#, "at_least counts rounds"),
  ])
  func wrongOnesAreRefused(_ old: String, _ new: String, _ expected: String) throws {
    let fault = try #require(
      try fault { text in
        let range = text.range(of: old)!
        text.replaceSubrange(range, with: new)
      })
    #expect(fault.contains(expected), "\(fault)")
  }

  /// What is written is read again as it was.
  @Test func conditionsSurviveTheirJSON() throws {
    let all = FigureRules.definitions
    let again = try JSONDecoder().decode(Definitions.self, from: JSONEncoder().encode(all))
    #expect(again == all)
  }
}
