import Cryptography
import Domain
import Foundation
import HTTP
import HTTPTypes
import Services
import Storage
import TestSupport
import Testing
import Web

@Suite struct PageTests {
  private func register(
    _ browser: Browser, track: String = "village", concerns: String = "河湾村"
  ) async throws -> String {
    let page = try await browser.post(
      "/problems",
      [
        "track": track, "title": "机井损坏", "concerns": concerns, "found_on": "2026-11-19",
        "detail": "", "channel": "12345 热线", "source_number": "20261119-7",
      ])
    #expect(page.status == 303)
    return page.location
  }

  @Test(arguments: Engine.available)
  func theWholeWayInABrowser(engine: Engine) async throws {
    try await engine.withSample { platform in
      let office = try await platform.browser()
      let handler = try await platform.browser(.handler, unit: "清河县水利局", username: "li.si")
      let problem = try await register(office, track: "enterprise", concerns: "某厂")
      let steps: [(Browser, String, [String: String], String)] = [
        (office, "judge", ["category": "logistics", "difficulty": "general"], "已研判"),
        (office, "assign", ["unit": "清河县水利局"], "已交办"), (handler, "acknowledge", [:], "已签收"),
        (handler, "feedback", ["text": "已派人"], "办理中"),
        (handler, "claim", ["outcome": "solved", "text": "已修", "evidence": "照片"], "待核查"),
        (office, "verify", ["yes": "yes", "text": "属实"], "已核查"),
        (office, "return_visit", ["rating": "none", "text": "未接通"], "已回访"),
        (office, "close", [:], "已销号"),
      ]
      for (browser, action, fields, state) in steps {
        // The asker's own word is waited for until the seventh day's end; sessions are not.
        if action == "return_visit" {
          platform.advance(days: 8)
          _ = try await office.post(
            "/sign-in", ["username": "zhang.san", "password": "correct horse"])
        }
        let form = try await browser.get(problem)
        var fields = fields
        fields["version"] = form.hidden("version")
        let answer = try await browser.post("\(problem)/\(action)", fields)
        #expect(answer.status == 303, "\(action): \(answer.text)")
        let page = try await browser.get(problem).text
        #expect(page.contains("<strong class=\"state\">\(state)</strong>"), "\(action)")
      }
      let page = try await office.get(problem).text
      #expect(page.contains("2026-11-23") && page.contains("2026-11-27"))
      #expect(page.contains("12345 热线 20261119-7"))
      #expect(try await office.get("/problems?state=closed").text.contains("机井损坏"))
    }
  }

  @Test func nothingIsShownToStrangers() async throws {
    try await Engine.sqlite.withSample { platform in
      let stranger = try Browser(platform.platform)
      for path in [
        "/tasks", "/problems", "/problems/new", "/units", "/problems/1",
        "/units/suggestions?q=%E6%B2%B3",
      ] {
        let page = try await stranger.get(path)
        #expect(page.status == 303 && page.location.hasPrefix("/sign-in?next=/"), "\(path)")
      }
      #expect(try await stranger.post("/problems", ["title": "x"]).location.hasPrefix("/sign-in"))
    }
  }

  @Test func unknownAddressesAre404() async throws {
    try await Engine.sqlite.withSample { platform in
      let browser = try await platform.browser()
      for path in [
        "/nothing", "/problems/1", "/problems/abc", "/problems/99999999999999999999", "/units/1",
        "/invitation/wrong", "/evaluation/wrong",
      ] {
        let page = try await browser.get(path)
        #expect(page.status == 404, "\(path)")
        #expect(page.text.contains("<h1>"))
      }
      let problem = try await register(browser)
      #expect(try await browser.post("\(problem)/explode", ["version": "1"]).status == 404)
      #expect(try await browser.post("/problems/5/close", ["version": "1"]).status == 404)
    }
  }

  @Test func anothersFormTokenIs403() async throws {
    try await Engine.sqlite.withSample { platform in
      let browser = try await platform.browser()
      let other = try await platform.browser(username: "li.si")
      let token = try #require(try await other.get("/problems/new").hidden("form_token"))
      let problem = try await register(browser)
      for path in ["/problems", "\(problem)/accept", "/sign-out", "/sign-in"] {
        let page = try await browser.post(path, ["form_token": token, "version": "1"])
        #expect(page.status == 403, "\(path)")
      }
      #expect(try await browser.post("/problems", ["form_token": "", "title": "x"]).status == 403)
      #expect(try await browser.get(problem).text.contains("<strong class=\"state\">已登记</strong>"))
    }
  }

  @Test func aSecondTransitionIs409AndSaysWhatChanged() async throws {
    try await Engine.sqlite.withSample { platform in
      let browser = try await platform.browser()
      let problem = try await register(browser)
      let judge = ["category": "infrastructure", "difficulty": "general", "version": "1"]
      #expect(try await browser.post("\(problem)/judge", judge).status == 303)
      let late = try await browser.post(
        "\(problem)/judge", judge.merging(["text": "我的意见"]) { $1 })
      #expect(late.status == 409)
      #expect(late.text.contains("别人已经办理") && late.text.contains("张三 研判"))
      // Nothing typed is lost.
      #expect(late.text.contains("我的意见"))
    }
  }

  @Test func wrongInputSaysWhatAndWhere() async throws {
    try await Engine.sqlite.withSample { platform in
      let browser = try await platform.browser()
      let page = try await browser.post(
        "/problems",
        [
          "track": "village", "title": "", "concerns": "无此村", "found_on": "2031-01-01",
          "detail": "留着",
        ])
      #expect(page.status == 422)
      #expect(page.text.contains(##"<a href="#title">请填写“问题”。</a>"##))
      #expect(page.text.contains(##"<a href="#found_on">"##))
      #expect(page.text.contains("留着"))
      let unknown = try await browser.post(
        "/problems", ["track": "village", "title": "甲", "concerns": "无此村", "found_on": ""])
      #expect(unknown.status == 422 && unknown.text.contains(##"<a href="#concerns">"##))

      let problem = try await register(browser)
      for (action, fields, status) in [
        ("judge", ["category": "infrastructure"], 422),
        ("judge", ["category": "finance", "difficulty": "general"], 422),
        ("decline", ["text": "不属本级", "instead": " "], 422), ("close", [:], 409),
        ("assign", ["unit": "无此局"], 422),
      ] as [(String, [String: String], Int)] {
        var fields = fields
        fields["version"] = "1"
        #expect(
          try await browser.post("\(problem)/\(action)", fields).status == status, "\(action)")
      }
      #expect(try await browser.post("\(problem)/accept", ["version": "x"]).status == 422)
      #expect(try await browser.get(problem).text.contains("<strong class=\"state\">已登记</strong>"))
    }
  }

  @Test func brokenRequests() async throws {
    try await Engine.sqlite.withSample { platform in
      let browser = try await platform.browser()
      let form: HTTPFields = [.contentType: "application/x-www-form-urlencoded"]
      #expect(
        try await browser.send(.post, "/problems", body: "a=%00", headers: form).status == 400)
      #expect(
        try await browser.send(
          .post, "/problems", body: "{}", headers: [.contentType: "application/json"]
        ).status == 415)
      let large = "a=" + String(repeating: "x", count: 300_000)
      #expect(try await browser.send(.post, "/problems", body: large, headers: form).status == 413)
    }
  }

  /// A filter that does not exist is not taken for no filter.
  @Test(arguments: [
    ("/problems?state=open", 400), ("/problems?track=%FF", 400),
    ("/problems?track=nowhere", 400), ("/problems?before=x", 400),
    ("/problems?state=&track=village", 200), ("/problems?number=abc", 200),
  ])
  func filters(path: String, status: Int) async throws {
    try await Engine.sqlite.withSample { platform in
      let page = try await platform.browser().get(path)
      #expect(page.status == status)
      #expect(!page.text.contains("class=\"list problems\"") || path.contains("village"))
    }
  }

  @Test func headIsGetWithoutTheBody() async throws {
    try await Engine.sqlite.withSample { platform in
      let browser = try Browser(platform.platform)
      for (path, status) in [("/health", 200), ("/sign-in", 200), ("/nothing", 404)] {
        #expect(try await browser.send(.head, path, body: "").status == status)
      }
    }
  }

  /// A script in a title is text, and so is a quotation mark under a combining accent.
  @Test func textIsEscaped() async throws {
    try await Engine.sqlite.withSample { platform in
      let browser = try await platform.browser()
      let title = "<script>alert(1)</script>\"\u{301} onfocus=x"
      let page = try await browser.post(
        "/problems", ["track": "enterprise", "title": title, "concerns": "某厂", "found_on": "9"])
      #expect(page.status == 422)
      #expect(!page.text.contains("<script>alert"))
      #expect(
        page.text.contains("value=\"&lt;script&gt;alert(1)&lt;/script&gt;&quot;\u{301} onfocus=x\"")
      )
    }
  }

  @Test func redirectsStayOnTheSite() async throws {
    try await Engine.sqlite.withSample { platform in
      _ = try await platform.browser()
      for (next, location) in [
        ("/problems?state=closed", "/problems?state=closed"), ("//evil.example", "/"),
        ("https://evil.example", "/"), ("/\\evil.example", "/"), ("", "/"), ("/a\r\nb", "/"),
      ] {
        let browser = try Browser(platform.platform)
        let page = try await browser.post(
          "/sign-in", ["username": "zhang.san", "password": "correct horse", "next": next])
        #expect(page.status == 303 && page.location == location, "\(next)")
      }
    }
  }

  /// A session planted before signing in is worth nothing after.
  @Test func signingInMakesANewSession() async throws {
    try await Engine.sqlite.withSample { platform in
      _ = try await platform.browser()
      let browser = try Browser(platform.platform)
      browser.cookies["lianbang_session"] = "planted"
      _ = try await browser.post(
        "/sign-in", ["username": "zhang.san", "password": "correct horse"])
      #expect(browser.cookies["lianbang_session"] != "planted")
      #expect(try await browser.get("/problems").status == 200)
      browser.cookies["lianbang_session"] = "planted"
      #expect(try await browser.get("/problems").status == 303)
    }
  }

  /// The other language keeps the query, leads from an answer to its form and never off the site.
  @Test func languageLinks() async throws {
    try await Engine.sqlite.withSample { platform in
      let browser = try await platform.browser()
      let list = try await browser.get("/problems?state=closed&lang=zh")
      #expect(list.text.contains("href=\"/problems?state=closed&amp;lang=en\""))
      let problem = try await register(browser)
      let refused = try await browser.post("\(problem)/decline", ["version": "1"])
      #expect(refused.status == 422 && refused.text.contains("href=\"\(problem)?lang=en\""))
      #expect(try await browser.get("//evil.example/x").text.contains("href=\"/?lang=en\""))
    }
  }

  /// Sent twice, by an impatient finger or a browser that tries again, a form is one problem.
  @Test func aFormSentTwice() async throws {
    try await Engine.sqlite.withSample { platform in
      let browser = try await platform.browser()
      let form = try await browser.get("/problems/new")
      let fields = [
        "form_id": try #require(form.hidden("form_id")), "track": "enterprise", "title": "贷款到期",
        "concerns": "某厂", "found_on": "",
      ]
      let first = try await browser.post("/problems", fields)
      #expect(first.status == 303)
      #expect(try await browser.post("/problems", fields).location == first.location)
    }
  }

  /// A failure inside says nothing of itself and keeps the headers.
  @Test func aFailureInside() async throws {
    try await Engine.sqlite.withSample { platform in
      let browser = try await platform.browser()
      try await platform.platform.database.write {
        try $0.run("alter table problems rename to gone")
      }
      let page = try await browser.get("/problems?lang=en")
      #expect(page.status == 500 && page.text.contains("Something went wrong here"))
      #expect(!page.text.contains("problems p") && page.headers[.contentSecurityPolicy] != nil)
      try await platform.platform.database.write { try $0.run("drop table sessions") }
      #expect(try await browser.get("/problems").status == 500)
    }
  }

  @Test func englishIsComplete() async throws {
    try await Engine.sqlite.withSample { platform in
      let browser = try await platform.browser()
      let page = try await browser.get("/problems?lang=en")
      #expect(page.text.contains(#"<html lang="en">"#) && page.text.contains("Register a problem"))
      // The choice is kept.
      #expect(try await browser.get("/units").text.contains("Organisation"))
    }
  }
}
