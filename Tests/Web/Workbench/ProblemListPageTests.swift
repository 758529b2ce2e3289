import Domain
import Foundation
import HTTP
import HTTPTypes
import Services
import Storage
import TestSupport
import Testing
import Web

@Suite struct ProblemListPageTests {
  @Test func filtersThatDoNotExistAreNotIgnored() async throws {
    try await Engine.sqlite.withSample { test in
      let office = try await test.browser()
      for query in [
        "track=x", "state=x", "lamp=blue", "difficulty=x", "outcome=x", "rating=x", "sort=x",
        "before=x", "before=1.2.3", "unit=%", "track=keywork",
      ] {
        #expect(try await office.get("/problems?" + query).status == 400, "\(query)")
      }
      // A day or a name that is typed wrong is told in words.
      for query in ["found_from=2026-13-01", "due_to=soon", "unit=nobody", "place=nowhere"] {
        let page = try await office.get("/problems?" + query)
        #expect(page.status == 200 && page.text.contains("role=\"alert\""), "\(query)")
        #expect(!page.text.contains("class=\"list problems\""), "\(query)")
      }
    }
  }

  @Test func columnsAreChosenInTheAddress() async throws {
    try await Engine.sqlite.withSample { test in
      let office = try await test.browser()
      let usual = try await office.get("/problems?all=1").text
      #expect(usual.contains("<th scope=\"col\">承办单位</th>"))
      #expect(!usual.contains("<th scope=\"col\">难易</th>"))
      // As the form sends it without a script, and as links say it.
      for query in ["cols=found&cols=difficulty", "cols=difficulty,found"] {
        let page = try await office.get("/problems?" + query).text
        #expect(page.contains("<th scope=\"col\">难易</th><th scope=\"col\">发现日期</th>"))
        #expect(!page.contains("<th scope=\"col\">承办单位</th>"))
      }
    }
  }

  @Test func theListOpensWithTheDefaultView() async throws {
    try await Engine.sqlite.withSample { test in
      let office = try await test.browser()
      let saved = try await office.post(
        "/problem-views",
        ["name": "企业 & 超期", "query": "lamp=red&cols=due&track=enterprise", "default": "1"])
      #expect(saved.status == 303)
      let opened = try await office.get("/problems")
      #expect(opened.status == 303)
      #expect(opened.location == "/problems?track=enterprise&lamp=red&cols=due")
      let page = try await office.get(opened.location).text
      #expect(page.contains("aria-current=\"page\">企业 &amp; 超期"))
      let all = try await office.get("/problems?all=1")
      #expect(all.status == 200 && !all.text.contains("aria-current=\"page\">企业"))
      // Nothing is kept that cannot be opened.
      #expect(
        try await office.post("/problem-views", ["name": "x", "query": "lamp=blue"]).status == 400)
      let unnamed = try await office.post("/problem-views", ["name": " ", "query": "lamp=red"])
      #expect(try await office.get(unnamed.location).text.contains("请给视图起个名称"))
    }
  }

  @Test func manyAreJudgedAtOnceWithoutAScript() async throws {
    try await Engine.sqlite.withSample { test in
      let office = try await test.browser()
      for title in ["甲", "乙"] {
        _ = try await office.post(
          "/problems",
          [
            "track": "enterprise", "title": title, "concerns": "某厂", "found_on": "2026-11-19",
            "detail": "", "channel": "", "source_number": "",
          ])
      }
      let list = try await office.get("/problems?state=registered&track=enterprise&pick=all")
      let ids = try #require(list.hidden("ids"))
      var fields = ["action": "judge", "ids": ids, "back": "/problems?state=registered"]
      for id in ids.split(separator: ",") { fields["pick-\(id)"] = list.hidden("pick-\(id)") }
      #expect(fields.count > 4 && list.text.contains("checked></td>"))
      let asking = try await office.post("/problems/bulk", fields)
      #expect(asking.status == 200 && asking.text.contains("name=\"category\""))
      fields["step"] = "preview"
      // What was left out is said, and nothing is done.
      let unfilled = try await office.post("/problems/bulk", fields)
      #expect(unfilled.text.contains("请填好“类别”") || unfilled.text.contains("请填好“难易”"))
      fields["category"] = "logistics"
      fields["difficulty"] = "general"
      let preview = try await office.post("/problems/bulk", fields)
      #expect(preview.text.contains("物流交通 · 一般") && preview.text.contains("确认研判"))
      #expect(
        try await office.get("/problems?state=judged&track=enterprise").text.contains("甲</a>")
          == false)
      fields["step"] = "do"
      let done = try await office.post("/problems/bulk", fields)
      #expect(done.status == 200 && done.text.contains("未办 0 件"))
      let judged = try await office.get("/problems?state=judged&track=enterprise").text
      #expect(judged.contains("甲</a>") && judged.contains("乙</a>"))
      // The page sent again does nothing twice.
      let again = try await office.post("/problems/bulk", fields)
      #expect(again.text.contains("已办 0 件") && again.text.contains("别人已经办理"))
      // A page that leads elsewhere is not gone back to.
      fields["back"] = "https://example.com/"
      #expect(try await !office.post("/problems/bulk", fields).text.contains("example.com"))
    }
  }

  @Test func handlersTickNothing() async throws {
    try await Engine.sqlite.withSample { test in
      let handler = try await test.browser(.handler, unit: "清河县水利局", username: "li.si")
      let page = try await handler.get("/problems")
      #expect(page.status == 200 && !page.text.contains("name=\"pick-"))
      let sent = try await handler.post(
        "/problems/bulk", ["action": "judge", "ids": "1", "pick-1": "1"])
      #expect(sent.status == 403)
    }
  }

  @Test(arguments: ["xlsx", "csv"])
  func theExportIsAFileWithASoundName(format: String) async throws {
    try await Engine.sqlite.withSample { test in
      let office = try await test.browser()
      let file = try await office.send(
        .post, "/problems/export",
        body: "form_token=\(try #require(await office.get("/problems?all=1").hidden("form_token")))"
          + "&format=\(format)&query=track%3Dvillage%26cols%3Dunit",
        headers: [.contentType: "application/x-www-form-urlencoded"])
      #expect(file.status == 200)
      let name = try #require(file.headers[.contentDisposition])
      #expect(name.hasPrefix("attachment; filename=\"") && name.hasSuffix(".\(format)"))
      #expect(file.headers[.xContentTypeOptions] == "nosniff")
      #expect(file.headers[.cacheControl] == "no-store")
      if format == "csv" { #expect(file.text.contains("编号,问题,承办单位")) }
      let refused = try await office.post(
        "/problems/export", ["format": format, "query": "unit=nobody"])
      #expect(refused.status == 400)
    }
  }
}
