import Domain
import HTTP
import Services
import Storage
import TestSupport
import Testing

/// What a village's pairing shows where the village is met with.
@Suite struct PairedVillageTests {
  private func with(_ body: (RegisterWorld, Browser, UnitID) async throws -> Void) async throws {
    try await Engine.sqlite.withSample { test in
      let world = try await RegisterWorld(test)
      let village = try await FindUnit(test.platform)("河湾村")
      let (official, now) = (try await world.official("李四"), test.platform.now())
      let day = now.day
      try await test.platform.database.write { connection in
        let former = Pairing(
          official: official, target: .village(village), begins: day + -30, ends: day + -10,
          cause: .plan)
        let present = Pairing(
          official: official, target: .village(village), begins: day + -10, cause: .plan,
          reasons: [.ownTownship])
        try PairingRows.add([former, present], at: now, by: .system, in: connection)
      }
      try await body(world, try await test.browser(), village)
    }
  }

  @Test func whoAssignsReadsWhoGetsTheSecondLine() async throws {
    try await with { _, office, _ in
      let fields = [
        "track": "village", "title": "机井坏了", "concerns": "示例市/清河县/柳林镇/河湾村",
        "found_on": "2026-11-20", "form_id": "one",
      ]
      let problem = try await office.post("/problems", fields).location
      let judged = try await office.post(
        problem + "/judge",
        [
          "version": "1", "category": "infrastructure", "difficulty": "general",
          "tier": "township", "text": "",
        ])
      #expect(judged.status == 303, "\(judged.text)")
      let page = try await office.get(problem + "?action=assign")
      #expect(page.text.contains("不填则交由帮联干部 李四（清河县 柳林镇）"))
      #expect(page.text.contains("<dt>帮联干部</dt>"))
    }
  }

  @Test func theVillageAndItsPageSayWhoIsInCharge() async throws {
    try await with { world, office, village in
      let page = try await office.get("/units/\(village)")
      for text in ["帮联干部", "李四", "就在本乡镇", "以前的", "2026-10-21 – 2026-11-10"] {
        #expect(page.text.contains(text), "\(text)")
      }
      let clerk = try await world.platform.browser(
        .villageClerk, unit: "河湾村", username: "clerk")
      let own = try await clerk.get("/my")
      #expect(own.text.contains("李四") && own.text.contains("清河县 柳林镇 镇长"))
      #expect(!own.text.contains("13800000002"))
      // Whose only village it is need not type it.
      let official = try await world.platform.browser(
        .official, official: world.official("李四"), username: "official")
      let form = try await official.get("/problems/new")
      #expect(form.text.contains("value=\"示例市/清河县/柳林镇/河湾村\""))
    }
  }
}
