import Domain
import HTTP
import Services
import TestSupport
import Testing

@Suite struct PairingMarkPageTests {
  private static let mark = [
    "kind": "excluded", "official": "张三丰", "target": "柳林机械厂", "reason": "family_firm",
  ]

  /// What was left out or is not known is said beside what was typed.
  @Test(arguments: [
    (["kind": ""], "请选固定或排除"), (["reason": "x"], "请选原因"),
    (["official": ""], "请填写干部姓名"), (["official": "无此人"], "没有“无此人”"),
    (["target": "无此厂"], "没有叫“无此厂”的"), (["official": "三丰"], "请选是哪一位"),
  ])
  func whatIsMissingIsSaid(_ change: [String: String], _ text: String) async throws {
    try await PairingWorld.with { world in
      let fields = Self.mark.merging(change) { $1 }
      let page = try await world.office.post("/pairings/marks", fields)
      #expect(page.status == 422 && page.text.contains(text), "\(page.text)")
      #expect(page.text.contains("value=\"\(fields["target"]!)\""))
      #expect(try await world.office.get("/pairings/marks").text.contains("没有标记"))
    }
  }

  @Test func anExcludedPairStandsInTheWayUntilItIsLifted() async throws {
    try await PairingWorld.with { world in
      let office = world.office
      let draft = try await world.plan()
      let added = try await office.post("/pairings/marks", Self.mark)
      #expect(added.status == 303, "\(added.text)")
      let list = try await office.get("/pairings/marks")
      #expect(list.text.contains("亲属的企业") && list.text.contains("柳林机械厂"))
      let twice = try await office.post("/pairings/marks", Self.mark)
      #expect(twice.status == 422 && twice.text.contains("已有标记"))
      let stale = try await office.post(draft + "/adoption", ["day": "2026-11-20"])
      #expect(stale.status == 409 && stale.text.contains("方案算出后情况有变"))
      #expect(stale.text.contains("张三丰 须回避 柳林机械厂"))
      let conflict = try await office.post(
        "/pairings/plans", ["track": "enterprise", "kind": "plan"])
      #expect(conflict.status == 422 && conflict.text.contains("排除结对"))
      let lift = try #require(
        list.text.firstMatch(of: #/action="(\/pairings\/marks\/\d+\/lift)"/#))
      #expect(try await office.post(String(lift.1), [:]).status == 303)
      #expect(try await office.post(String(lift.1), [:]).status == 404)
      try await world.adopt(try await world.plan())
    }
  }

  /// Of several who are called the same one is chosen.
  @Test func oneOfSeveralIsChosen() async throws {
    try await PairingWorld.with { world in
      try await world.world.platform.importRows(
        .officials, "姓名,单位,轨道,手机号,级别\n张三丰,示例市/白塔县/青龙镇,助企,13800000010,副科级")
      let page = try await world.office.post("/pairings/marks", Self.mark)
      #expect(page.status == 422 && page.text.contains("示例市/白塔县/青龙镇"))
      let id = try await world.world.official("张三丰").description
      let chosen = try await world.office.post(
        "/pairings/marks",
        Self.mark.merging(["official_id": id, "official_was": "张三丰"]) { $1 })
      #expect(chosen.status == 303, "\(chosen.text)")
    }
  }

  /// From a plan the pair is filled in, and it is said what others would cost.
  @Test func whyAndWhoElse() async throws {
    try await PairingWorld.with { world in
      let firm = try await world.world.enterprise("柳林机械厂")
      let page = try await world.office.get("/pairings/explain?target=enterprise:\(firm)")
      #expect(page.text.contains("张三丰") && page.text.contains("同县区"))
      let official = try await world.world.official("张三丰")
      let form = try await world.office.get(
        "/pairings/marks/new?kind=fixed&official=\(official)&target=enterprise:\(firm)")
      #expect(form.text.contains("value=\"张三丰\"") && form.text.contains("value=\"柳林机械厂\""))
      #expect(form.text.contains("value=\"fixed\" required checked"))
      for target in ["", "moon:1", "enterprise:1", "village:x"] {
        #expect(
          try await world.office.get("/pairings/explain?target=\(target)").status == 404,
          "\(target)")
      }
    }
  }
}
