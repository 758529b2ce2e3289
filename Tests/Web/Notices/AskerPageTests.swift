import Domain
import HTTP
import Services
import TestSupport
import Testing
import Web

/// The pages of a village's clerk: what concerns the village, in plain words.
@Suite struct AskerPageTests {
  @Test(arguments: Engine.available)
  func aVillagesProblems(engine: Engine) async throws {
    try await engine.withSample { platform in
      let clerk = try await platform.browser(.villageClerk, unit: "河湾村", username: "clerk")
      #expect(try await clerk.get("/").location == "/my")
      let made = try await clerk.post(
        "/problems",
        ["track": "village", "title": "机井又坏了", "concerns": "河湾村", "found_on": "2026-11-19"])
      #expect(made.status == 303)
      let list = try await clerk.get("/my")
      #expect(list.text.contains("机井又坏了") && list.text.contains("等活动办受理"))
      #expect(try await clerk.get("/my", language: "en").text.contains("waiting for the office"))
      // The page of the office leads to the one in plain words.
      let own = try await clerk.get(made.location).location
      #expect(own == made.location.replacing("/problems/", with: "/my/"))
      let page = try await clerk.get(own).text
      #expect(page.contains("活动办会看是否受理") && !page.contains("name=\"rating\""))
      let empty = try await clerk.post("\(own)/supplement", ["text": " "])
      #expect(empty.status == 422)
      let added = try await clerk.post("\(own)/supplement", ["text": "抽水泵也坏了"])
      #expect(added.status == 303)
      #expect(try await clerk.get(added.location).text.contains("抽水泵也坏了"))
      // Nobody else's village, and no rating from here.
      let stranger = try await platform.browser(.villageClerk, unit: "南沟村", username: "other")
      #expect(try await stranger.get(own).status == 404)
      #expect(try await stranger.get("/my").text.contains("还没有问题"))
      #expect(try await clerk.post("\(own)/rating", ["rating": "satisfied"]).status == 403)
      #expect(try await clerk.get("/my/contacts").status == 403)
      // Others have their own desk.
      let office = try await platform.browser(username: "office")
      #expect(try await office.get("/my").location == "/tasks")
    }
  }

  /// An enterprise's whole way: it says what is wrong and for whom goes without saying, and rates in two
  /// taps what came of it.
  @Test(arguments: Engine.available)
  func anEnterprisesWay(engine: Engine) async throws {
    try await engine.withSample { platform in
      let folder = ScratchFolder()
      let mill = try await platform.browser(
        .enterprise, enterprise: platform.enterprise(), username: "mill", files: folder.path)
      let form = try await mill.get("/problems/new")
      #expect(form.text.contains("清河县示例面粉厂") && !form.text.contains("name=\"concerns\""))
      let required = form.text.matches(of: #/<(?:input|textarea|select)[^>]* required/#).count
      #expect(required == 1)
      let made = try await mill.post(
        "/problems",
        [
          "track": form.hidden("track") ?? "", "title": "变压器容量不够",
          "form_id": form.hidden("form_id") ?? "",
        ])
      #expect(made.status == 303)
      let problem = String(made.location.prefix { $0 != "?" })
      let own = problem.replacing("/problems/", with: "/my/")
      #expect(try await mill.get(own).text.contains("变压器容量不够"))
      // A file that cannot be taken is told of on their own page, not the office's.
      let refused = try await mill.post(
        "\(problem)/attachments", [],
        files: [.init(Array("<html><script>".utf8), name: "a.html", type: "text/html")])
      #expect(refused.status == 422 && refused.text.contains("a.html"))
      #expect(refused.text.contains("href=\"/my\"") && refused.text.contains("#attach-files"))
      let taken = try await mill.post(
        "\(problem)/attachments", [],
        files: [.init(Array("说明".utf8), name: "a.txt", type: "text/plain")])
      #expect(taken.location == "\(own)#attachments")

      let office = try await platform.browser(.director, username: "office")
      let handler = try await platform.browser(
        .handler, unit: LoadSample.handlingUnit, username: "handler")
      let checker = try await platform.browser(username: "checker")
      for (person, action, fields) in [
        (office, "judge", ["category": "utilities", "difficulty": "general"]),
        (office, "assign", ["unit": LoadSample.handlingUnit]), (handler, "acknowledge", [:]),
        (handler, "claim", ["outcome": "solved", "text": "已增容", "evidence": "照片"]),
        (checker, "verify", ["yes": "yes", "text": "已查看"]),
      ] {
        let page = try await person.get(problem)
        let answer = try await person.post(
          "\(problem)/\(action)",
          fields.merging(["version": page.hidden("version") ?? "", "leg": "1"]) { $1 })
        #expect(answer.status == 303, "\(action)")
      }
      #expect(try await mill.get("/inbox").text.contains("href=\"\(own)\""))
      let page = try await mill.get(own).text
      #expect(page.contains("name=\"rating\"") && page.contains("已增容"))
      // One tap on an answer, one on the button: nothing else is asked for.
      let question = try #require(page.firstMatch(of: #/(?s)class="panel rating".*?<\/form>/#)?.0)
      #expect(question.matches(of: #/ required/#).count == Rating.allCases.count)
      let rated = try await mill.post("\(own)/rating", ["rating": "satisfied"])
      #expect(rated.status == 303)
      #expect(try await mill.get(own).text.contains("name=\"rating\"") == false)
    }
  }
}
