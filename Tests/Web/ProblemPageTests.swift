import Domain
import HTTP
import Services
import Storage
import TestSupport
import Testing
import Web

/// The page of a problem: what may be done, by whom, and why not.
@Suite struct ProblemPageTests {
  /// A village problem on two lines, 河湾村's and its handler's.
  private struct Loop {
    let office: Browser
    let checker: Browser
    let handler: Browser
    let problem: String
    let database: any Database

    func act(
      _ browser: Browser, _ action: String, _ fields: [String: String] = [:]
    ) async throws -> Browser.Page {
      let id = ProblemID(Int64(problem.split(separator: "/").last!)!)
      let version = try await database.read {
        try ProblemHistory.load(id, in: $0)!.problem.version
      }
      return try await browser.post(
        "\(problem)/\(action)", ["version": String(version)].merging(fields) { $1 })
    }
  }

  private func loop(_ platform: TestPlatform) async throws -> Loop {
    let office = try await platform.browser(.office, username: "office")
    let loop = Loop(
      office: office, checker: try await platform.browser(.office, username: "checker"),
      handler: try await platform.browser(.handler, unit: "清河县水利局", username: "handler"),
      problem: try await office.post(
        "/problems",
        ["track": "village", "title": "机井损坏", "concerns": "河湾村", "found_on": "2026-11-19"]
      ).location, database: platform.platform.database)
    for (action, fields) in [
      ("judge", ["category": "infrastructure", "difficulty": "general", "tier": "township"]),
      ("assign", ["unit": "清河县水利局"]),
    ] {
      #expect(try await loop.act(office, action, fields).status == 303)
    }
    return loop
  }

  private let claim = ["outcome": "solved", "text": "已修", "evidence": "照片"]

  /// Both lines report, somebody else checks, the asker rates by the link, then it is closed.
  @Test(arguments: Engine.available)
  func twoLinesAndTheAskersWord(engine: Engine) async throws {
    try await engine.withSample { platform in
      let loop = try await loop(platform)
      let page = try await loop.office.get(loop.problem).text
      #expect(page.contains("双交办") && page.contains("示例市/清河县/柳林镇/河湾村"))
      #expect(try await loop.act(loop.handler, "claim", claim).status == 303)
      #expect(try await loop.handler.get(loop.problem).text.contains("<strong class=\"state\">办理中"))
      #expect(
        try await loop.act(loop.office, "answer", ["leg": "2", "text": "村里已验收"]).status == 303)

      // Whoever acted for a line cannot check it.
      let verify = ["yes": "yes", "text": "属实"]
      let own = try await loop.act(loop.office, "verify", verify)
      #expect(own.status == 403 && own.text.contains("您办理过这个问题"))
      #expect(try await loop.act(loop.checker, "verify", verify).status == 303)
      #expect(try await loop.checker.get(loop.problem).text.contains("提出人还在评价期内"))

      let made = try await loop.checker.post("\(loop.problem)/evaluation-link", [:])
      let link = try #require(made.text.firstMatch(of: #/value="[^"]*(/evaluation/[^"]+)"/#)?.1)
      #expect(try await loop.handler.post("\(loop.problem)/evaluation-link", [:]).status == 403)
      let asker = try Browser(platform.platform)
      #expect(try await asker.get(String(link)).text.contains("机井损坏"))
      let empty = try await asker.post(String(link), ["text": "想说的话"])
      #expect(empty.status == 422 && empty.text.contains("想说的话"))
      let rated = try await asker.post(String(link), ["rating": "satisfied"])
      #expect(rated.status == 303 && rated.location == "/evaluation")
      #expect(try await asker.get(rated.location).text.contains("谢谢"))
      #expect(try await asker.get(String(link)).status == 404)
      #expect(try await asker.post(String(link), ["rating": "dissatisfied"]).status == 404)

      #expect(try await loop.act(loop.checker, "close").status == 303)
      #expect(try await loop.office.get(loop.problem).text.contains("评价："))
      // The handler learns that it was rated, not how.
      #expect(try await loop.handler.get(loop.problem).text.contains("评价：") == false)
    }
  }

  @Test func anotherSitesFormDoesNotRate() async throws {
    try await Engine.sqlite.withSample { platform in
      let asker = try Browser(platform.platform)
      let page = try await asker.post("/evaluation/x", ["form_token": "", "rating": "satisfied"])
      #expect(page.status == 403)
    }
  }

  /// All reasons at once, beside what was typed.
  @Test func refusalsSayEverything() async throws {
    try await Engine.sqlite.withSample { platform in
      let loop = try await loop(platform)
      #expect(try await loop.act(loop.handler, "acknowledge").status == 303)
      let steps = "换水泵｜李四｜2026-11-01\n验收|王五|2026-10-01"
      let plan = try await loop.act(loop.handler, "plan", ["steps": steps])
      #expect(plan.status == 422 && plan.text.contains("步骤须有") && plan.text.contains("验收|王五"))
      let unreadable = try await loop.act(loop.handler, "plan", ["steps": "换水泵"])
      #expect(unreadable.status == 422 && unreadable.text.contains("请填好“步骤”"))
      for (action, fields, status) in [
        ("claim", ["outcome": "shelved", "text": "", "evidence": ""], 422),
        ("ask_extension", ["until": "2026-11-21", "text": "等配件"], 422),
        ("ask_extension", ["until": "明天", "text": "等配件"], 422),
        ("answer", ["leg": "2", "text": "代反馈"], 403), ("shelve", [:], 403),
        ("split", [:], 403), ("evaluate", ["rating": "satisfied"], 404),
      ] as [(String, [String: String], Int)] {
        let page = try await loop.act(loop.handler, action, fields)
        #expect(page.status == status, "\(action)")
      }
      let claim = try await loop.act(
        loop.handler, "claim", ["outcome": "shelved", "text": "", "evidence": ""])
      #expect(claim.text.contains("申请办结不能用这个结果") && claim.text.contains("请填写文字说明"))
      // What only the director may do is named, with the reason.
      #expect(try await loop.office.get(loop.problem).text.contains("须由活动办主任决定"))
    }
  }

  /// Picked under “more”, an action's form is the one shown; every action of the office has one.
  @Test func everyActionHasItsForm() async throws {
    try await Engine.sqlite.withSample { platform in
      let loop = try await loop(platform)
      let page = try await loop.office.get(loop.problem).text
      let links = page.matches(of: #/href="([^"]*\?action=[^"#]*)#actions"/#).map {
        String($0.1).replacing("&amp;", with: "&")
      }
      #expect(links.count > 20)
      for link in links {
        let form = try await loop.office.get(link)
        #expect(form.status == 200 && form.text.contains("class=\"primary\""), "\(link)")
        #expect(!form.text.contains("action.") && !form.text.contains("field."), "\(link)")
      }
    }
  }

  @Test(arguments: Engine.available)
  func toDo(engine: Engine) async throws {
    try await engine.withSample { platform in
      let loop = try await loop(platform)
      #expect(try await loop.office.get("/").location == "/tasks")
      let handler = try await loop.handler.get("/tasks")
      #expect(handler.text.contains("机井损坏") && handler.text.contains("剩 "))
      #expect(try await loop.office.get("/tasks").text.contains("研判"))
      _ = try await loop.act(loop.handler, "claim", claim)
      #expect(try await loop.handler.get("/tasks").text.contains("现在没有要办的事"))
    }
  }
}
