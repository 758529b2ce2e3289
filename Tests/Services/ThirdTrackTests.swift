import Domain
import Foundation
import Services
import Storage
import TestSupport
import Testing

/// A track that is nowhere in the program: two files, no Swift (docs/procedures.md).
@Suite struct ThirdTrackTests {
  /// The example of docs/procedures.md, and a category.
  private func resources(_ folder: ScratchFolder) throws -> String {
    let path = folder("Resources")
    try FileManager.default.copyItem(atPath: TestPlatform.root + "/Resources", toPath: path)
    let guide = try String(
      contentsOfFile: TestPlatform.root + "/docs/procedures.md", encoding: .utf8)
    let start = try #require(guide.range(of: "```json\n")?.upperBound)
    let end = try #require(guide.range(of: "\n```", range: start..<guide.endIndex)?.lowerBound)
    try guide[start..<end].write(
      toFile: path + "/procedures/petition.json", atomically: true, encoding: .utf8)
    let categories = try String(contentsOfFile: path + "/categories.json", encoding: .utf8)
    try categories.replacing(
      "[\n", with: #"[{"track": "petition", "code": "land", "zh": "土地", "en": "Land"},"# + "\n",
      maxReplacements: 1
    ).write(toFile: path + "/categories.json", atomically: true, encoding: .utf8)
    return path
  }

  @Test(arguments: Engine.available)
  func aPetitionGoesTheWholeWay(engine: Engine) async throws {
    let folder = ScratchFolder()
    let data = try CampaignData(resources: resources(folder))
    try await engine.withSample { test in
      let base = test.platform
      let platform = Platform(
        database: base.database, vault: base.vault, data: data, now: base.now)
      let office = try await test.account(.office)
      let handler = try await test.account(.handler, unit: "清河县水利局")
      let id = try await RegisterProblem(platform)(
        Registration(
          track: "petition", title: "征地补偿", detail: "", concerns: "某村民", foundOn: ""),
        by: office)
      let act = ActOnProblem(platform)
      var problem = try await act(
        .command(.judge(category: "land", difficulty: .general, tier: "", note: "")), on: id,
        seen: nil, by: office)
      problem = try await act(
        .assign(.init(unit: "清河县水利局")), on: id, seen: nil, by: office)
      // One line, the petition law's clock: 60 days from the assignment, with no roll-over asked here.
      #expect(problem.round?.legs.map(\.role) == [.lead])
      #expect(problem.round?.lead?.rule == "petition-law")
      // Accepted within 15 days of its registration.
      #expect(problem.registrationDue.map(\.milestone) == [.accept])
      _ = try await act(
        .command(.claim(outcome: .explained, result: "已答复", evidence: "答复书")), on: id,
        seen: nil, by: handler)
      _ = try await act(.command(.verify(passed: true, text: "属实")), on: id, seen: nil, by: office)
      let link = try await IssueEvaluationLink(platform)(id, by: office)
      try await EvaluateProblem(platform)(link, rating: .basicallySatisfied, text: "")
      problem = try await act(.command(.close), on: id, seen: nil, by: office)
      #expect(problem.state == .closed)
      let order = try await ListOrders(platform)(.init(), before: nil, for: office).items.first
      #expect(order?.number?.series == "许信交")
      let check = try await CheckRules(platform)()
      #expect(check.proofs.count == 3 && check.holds)
      #expect(try await ReplayLedger(platform)().differences == [])
    }
  }

  /// What cannot work is said when the files are read, with the file and the place.
  @Test(arguments: [
    (#""clock": "petition-law""#, #""clock": "moon""#, "clock moon"),
    (#""hours": {"opens": "09:00""#, #""hours": {"opens": "19:00""#, "hours"),
    (#""on": "missed", "wait": "1d""#, #""on": "missed", "wait": "1x""#, "wait"),
    (#""lines": ["handler"]"#, #""lines": []"#, "lines"),
    (#""outcomes": ["solved""#, #""outcomes": ["shelved""#, "outcomes"),
    (#""track": "petition""#, #""track": "other""#, "called as its track"),
  ])
  func whatCannotWorkIsRefused(old: String, new: String, said: String) throws {
    let folder = ScratchFolder()
    let path = try resources(folder)
    let file = path + "/procedures/petition.json"
    let text = try String(contentsOfFile: file, encoding: .utf8)
    #expect(text.contains(old))
    try text.replacing(old, with: new).write(toFile: file, atomically: true, encoding: .utf8)
    do {
      _ = try CampaignData(resources: path)
      Issue.record("not refused")
    } catch let fault as CampaignData.Fault {
      #expect(fault.description.contains("petition.json") && fault.description.contains(said))
    }
  }
}
