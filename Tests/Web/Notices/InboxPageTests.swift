import Domain
import HTTP
import HTTPTypes
import Services
import TestSupport
import Testing
import Web

@Suite struct InboxPageTests {
  private func assign(_ office: Browser, _ title: String) async throws -> String {
    let problem = try await office.post(
      "/problems",
      ["track": "enterprise", "title": title, "concerns": "某厂", "found_on": "2026-11-19"]
    ).location
    for (action, fields) in [
      ("judge", ["category": "logistics", "difficulty": "general"]),
      ("assign", ["unit": "清河县水利局"]),
    ] {
      let version = try await office.get(problem).hidden("version")
      let answer = try await office.post(
        "\(problem)/\(action)", fields.merging(["version": version ?? ""]) { $1 })
      #expect(answer.status == 303, "\(action)")
    }
    return problem
  }

  @Test(arguments: Engine.available)
  func bundlesOpenAndLookingReads(engine: Engine) async throws {
    try await engine.withSample { platform in
      let office = try await platform.browser(username: "office")
      let handler = try await platform.browser(.handler, unit: "清河县水利局", username: "handler")
      #expect(try await handler.get("/inbox").text.contains("没有消息"))
      let first = try await assign(office, "机井损坏")
      _ = try await assign(office, "道路不通")
      let inbox = try await handler.get("/inbox")
      #expect(inbox.text.contains("交办给您") && inbox.text.contains("2 条"))
      #expect(inbox.text.contains("<details>") && inbox.text.contains("道路不通"))
      #expect(inbox.text.contains("<span class=\"count\">2</span>"))
      #expect(try await handler.get("/inbox", language: "en").text.contains("Assigned to you"))
      // Looking at the problem reads what was told of it, on that very page.
      #expect(try await handler.get(first).text.contains("<span class=\"count\">1</span>"))
      #expect(try await handler.post("/inbox/read", [:]).location == "/inbox")
      let read = try await handler.get("/inbox").text
      #expect(read.contains("已读") && !read.contains("未读") && !read.contains("全部标为已读"))
      #expect(try await handler.get("/inbox?after=x").status == 400)
    }
  }

  /// The page that asks for its counters by itself does not keep its reader signed in; opening one does.
  @Test(arguments: [(["/live"], false), (["/tasks", "live"], false), (["/tasks"], true)])
  func onlyAPersonIsActive(asked: [String], staysSignedIn: Bool) async throws {
    try await Engine.sqlite.withSample { platform in
      let office = try await platform.browser(username: "office")
      for _ in 1...2 {
        platform.advance(seconds: 40 * 60)
        let headers: HTTPFields = asked.count > 1 ? [.init("X-Live")!: "1"] : [:]
        _ = try await office.send(.get, asked[0], body: "", headers: headers)
      }
      #expect(try await (office.get("/tasks").status == 200) == staysSignedIn)
    }
  }

  @Test func settingsKeepWhatIsObligatory() async throws {
    try await Engine.sqlite.withSample { platform in
      let handler = try await platform.browser(.handler, unit: "清河县水利局", username: "handler")
      let page = try await handler.get("/inbox/settings").text
      #expect(page.contains("必须送达") && page.contains("name=\"due_soon\""))
      #expect(!page.contains("name=\"assigned\"") && !page.contains("name=\"claimed\""))
      let saved = try await handler.post(
        "/inbox/settings", ["due_soon": "off", "assigned": "off", "moved": "nonsense"])
      #expect(saved.location == "/inbox/settings?saved=1")
      let after = try await handler.get(saved.location).text
      #expect(after.contains("name=\"due_soon\" value=\"off\" checked"))
      #expect(after.contains("name=\"moved\" value=\"on\" checked"))
    }
  }

  /// The frame's counters are asked for every half minute: while nothing changed the answer is empty.
  @Test(arguments: Engine.available)
  func countersSayWhenTheyChange(engine: Engine) async throws {
    try await engine.withSample { platform in
      let office = try await platform.browser(username: "office")
      let handler = try await platform.browser(.handler, unit: "清河县水利局", username: "handler")
      let live = try await handler.get("/live")
      let tag = try #require(live.headers[.eTag])
      #expect(live.text.contains("<span id=\"live-unread\"></span>"))
      let same = try await handler.send(.get, "/live", body: "", headers: [.ifNoneMatch: tag])
      #expect(same.status == 304 && same.text.isEmpty)
      _ = try await assign(office, "机井损坏")
      let changed = try await handler.send(.get, "/live", body: "", headers: [.ifNoneMatch: tag])
      #expect(changed.status == 200)
      #expect(
        changed.text.contains("<span id=\"live-unread\"><span class=\"count\">1</span></span>"))
      #expect(changed.text.contains("<span id=\"live-tasks\"><span class=\"count\">"))
      let stranger = try Browser(platform.platform)
      #expect(try await stranger.get("/live").status == 303)
    }
  }
}
