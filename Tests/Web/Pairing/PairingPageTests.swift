import Domain
import HTTP
import Services
import TestSupport
import Testing

@Suite struct PairingPageTests {
  /// From the overview to a plan, into force, and to those who are concerned.
  @Test func fromThePlanToThosePaired() async throws {
    try await PairingWorld.with { world in
      let office = world.office
      let before = try await office.get("/pairings")
      #expect(before.text.contains("还没有结对") && before.text.contains("计算结对方案"))
      let plan = try await world.plan()
      let draft = try await office.get(plan)
      #expect(draft.status == 200)
      for text in [
        "草案", "清河面粉有限公司", "柳林机械厂", "白塔陶瓷厂", "张三丰", "赵助企", "新结 3 对", "同县区", "白塔县",
      ] {
        #expect(draft.text.contains(text), "\(text)")
      }
      let filtered = try await office.get(plan + "?change=kept")
      #expect(filtered.text.contains("没有符合条件的结对"))
      #expect(try await office.get(plan + "?change=none").status == 400)
      try await world.adopt(plan)
      #expect(try await office.get(plan).text.contains("自 2026-11-20 起启用"))
      let overview = try await office.get("/pairings")
      #expect(overview.text.contains("100%") && overview.text.contains("每一个都有帮联干部"))
      for path in ["/pairings", "/pairings/plans", plan] {
        let page = try await office.get(path, language: "en")
        #expect(page.status == 200 && !page.text.contains(">false<"), "\(path)")
      }
    }
  }

  /// When somebody leaves, a repair changes what was theirs and shows only that.
  @Test func aRepairShowsWhatItChanges() async throws {
    try await PairingWorld.with { world in
      try await world.world.platform.importRows(
        .officials, "姓名,单位,轨道,手机号,级别\n钱接手,示例市/白塔县/青龙镇,助企,13800000011,副科级")
      try await world.world.platform.importRows(
        .enterprises, "企业名称,县区,乡镇\n白塔面粉厂,白塔县,青龙镇")
      try await world.adopt(try await world.plan())
      try await world.world.platform.importRows(
        .officials, "姓名,单位,轨道,手机号,级别,在岗状态\n钱接手,示例市/白塔县/青龙镇,助企,13800000011,副科级,离岗")
      let overview = try await world.office.get("/pairings")
      #expect(overview.text.contains("50%") && overview.text.contains("干部已离岗或不在该轨道"))
      let repair = try await world.plan("repair")
      let page = try await world.office.get(repair)
      #expect(page.text.contains("变动 1 处，已证明不能更少"))
      #expect(page.text.contains("原为：钱接手") && !page.text.contains("清河面粉有限公司"))
      try await world.adopt(repair)
      let healed = try await world.office.get("/pairings")
      #expect(healed.text.contains("每一个都有帮联干部"))
    }
  }

  @Test func whatIsTypedStaysWhereADayIsRefused() async throws {
    try await PairingWorld.with { world in
      let plan = try await world.plan()
      for (day, status, text) in [
        ("明天", 422, "无法识别"), ("2028-01-01", 422, "一年之内"),
      ] {
        let page = try await world.office.post(plan + "/adoption", ["day": day])
        #expect(page.status == status && page.text.contains(text), "\(day): \(page.status)")
        #expect(page.text.contains("value=\"\(day)\""))
      }
      try await world.adopt(plan)
      let again = try await world.office.post(plan + "/adoption", ["day": "2026-11-20"])
      #expect(again.status == 409 && again.text.contains("该方案已启用或已作废"))
      let past = try await world.office.post(
        try await world.plan() + "/adoption", ["day": "2026-11-01"])
      #expect(past.status == 422 && past.text.contains("不能从过去的日期起算"))
    }
  }

  @Test func conflictsAreSaidInWords() async throws {
    try await PairingWorld.with(isEnough: false) { world in
      let page = try await world.office.post(
        "/pairings/plans", ["track": "enterprise", "kind": "plan"])
      #expect(page.status == 422)
      for text in ["白塔县", "企业 1 个", "剩 1 个没有人", "白塔县每个企业要有 1 名干部", "可以怎么办"] {
        #expect(page.text.contains(text), "\(text)")
      }
      #expect(try await world.office.get("/pairings/plans").text.contains("还没有算过方案"))
      let wrong = try await world.office.post(
        "/pairings/plans", ["track": "moon", "kind": "plan"])
      #expect(wrong.status == 400)
    }
  }

  /// A county's office sees how its own county stands, and plans nothing.
  @Test func aCountySeesItself() async throws {
    try await PairingWorld.with { world in
      try await world.adopt(try await world.plan())
      let county = try await world.world.platform.browser(
        .countyOffice, unit: "示例市/清河县", username: "county")
      let page = try await county.get("/pairings")
      #expect(page.text.contains("清河县") && !page.text.contains("白塔县"))
      #expect(!page.text.contains("重新计算"))
      let plan = try await county.post("/pairings/plans", ["track": "enterprise", "kind": "plan"])
      #expect(plan.status == 403)
      #expect(try await county.get("/pairings/marks").status == 403)
      let own = try await county.get("/pairings/board?track=enterprise&paper=list")
      #expect(own.text.contains("清河面粉有限公司") && !own.text.contains("白塔陶瓷厂"))
      let other = try await county.get(
        "/pairings/board?unit=%E7%99%BD%E5%A1%94%E5%8E%BF&paper=list")
      #expect(other.status == 422 && other.text.contains("没有这个县区"))
    }
  }

  @Test func anOfficialSeesWhomToCall() async throws {
    try await PairingWorld.with { world in
      let official = try await world.world.platform.browser(
        .official, official: world.world.official("张三丰"), username: "official")
      #expect(try await official.get("/my/pairs").text.contains("没有分包的企业或村"))
      try await world.adopt(try await world.plan())
      let inbox = try await official.get("/inbox")
      #expect(inbox.text.contains("结对已启用") && inbox.text.contains("href=\"/my/pairs\""))
      #expect(inbox.text.contains("全部标为已读"))
      let page = try await official.get("/my/pairs")
      for text in ["清河面粉有限公司", "柳林机械厂", "赵六七", "tel:13900000001", "未办结问题 0 个", "2026-11-20 起负责"] {
        #expect(page.text.contains(text), "\(text)")
      }
      #expect(page.text.contains("/problems/new?track=enterprise&amp;concerns="))
      let form = try await official.get("/problems/new")
      #expect(form.text.contains("<option value=\"清河面粉有限公司\">"))
      #expect(!(try await official.get("/inbox")).text.contains("全部标为已读"))
      #expect(try await world.office.get("/my/pairs").status == 403)
    }
  }

  /// Name, unit and post, not the official's own number.
  @Test func anEnterpriseSeesItsOfficial() async throws {
    try await PairingWorld.with { world in
      try await world.adopt(try await world.plan())
      let firm = try await world.world.enterprise("清河面粉有限公司")
      let enterprise = try await world.world.platform.browser(
        .enterprise, enterprise: firm, username: "firm")
      let page = try await enterprise.get("/my")
      #expect(page.text.contains("帮联干部") && page.text.contains("张三丰"))
      #expect(page.text.contains("清河县水利局 局长") && !page.text.contains(RegisterWorld.phone))
      let entry = try await world.office.get("/enterprises/\(firm)")
      #expect(entry.text.contains("张三丰") && entry.text.contains("2026-11-20"))
      let official = try await world.office.get(
        "/officials/\(try await world.world.official("张三丰"))")
      #expect(official.text.contains("分包与联系") && official.text.contains("柳林机械厂"))
      let problem = try await world.office.post(
        "/problems",
        [
          "track": "enterprise", "title": "贷款难", "concerns": "清河面粉有限公司",
          "found_on": "2026-11-20", "form_id": "one",
        ])
      let shown = try await world.office.get(problem.location)
      #expect(shown.text.contains("张三丰 · 清河县 清河县水利局"))
    }
  }

  /// The board is put up where everybody passes: offices' numbers only.
  @Test func theBoardTellsNoPrivateNumber() async throws {
    try await PairingWorld.with { world in
      let empty = try await world.office.get(
        "/pairings/board?unit=%E6%B8%85%E6%B2%B3%E5%8E%BF&track=enterprise")
      #expect(empty.text.contains("还没有启用的结对"))
      try await world.adopt(try await world.plan())
      for paper in ["list", "plaques"] {
        let page = try await world.office.get(
          "/pairings/board?unit=%E6%B8%85%E6%B2%B3%E5%8E%BF&track=enterprise&paper=\(paper)")
        #expect(page.status == 200)
        for text in ["万人助企联乡帮村", "清河面粉有限公司", "张三丰", "清河县水利局"] {
          #expect(page.text.contains(text), "\(paper): \(text)")
        }
        #expect(!page.text.contains(RegisterWorld.phone) && !page.text.contains("13900000001"))
      }
      #expect(try await world.office.get("/pairings/board?paper=list").status == 200)
    }
  }
}
