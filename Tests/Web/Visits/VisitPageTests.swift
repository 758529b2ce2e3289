import Domain
import HTTP
import Services
import Storage
import TestSupport
import Testing
import Web

/// The pages of visits: of those who go, and of the enterprise.
@Suite struct VisitPageTests {
  private struct Pages {
    let test: TestPlatform
    let mill: EnterpriseID
    let water: Browser
    let enterprise: Browser
  }

  private func inPages(_ body: (Pages) async throws -> Void) async throws {
    try await Engine.sqlite.withSample { test in
      let mill = try await RegisterWorld(test).enterprise("清河面粉有限公司")
      try await body(
        Pages(
          test: test, mill: mill,
          water: try await test.browser(.handler, unit: "清河县水利局"),
          enterprise: try await test.browser(
            .enterprise, enterprise: mill, username: "li.si")))
    }
  }

  private func fields(_ pages: Pages, _ day: String, _ more: [String: String] = [:])
    -> [String: String]
  {
    [
      "enterprise": pages.mill.description, "day": day, "part": "morning", "kind": "call",
      "purpose": "了解用工情况",
    ].merging(more) { $1 }
  }

  @Test func aVisitIsPlannedAndAnswered() async throws {
    try await inPages { pages in
      let found = try await pages.water.get("/visits/new?q=%E9%9D%A2%E7%B2%89")
      let address = "/visits/new?enterprise=\(pages.mill)"
      #expect(found.text.contains(address))
      let form = try await pages.water.get(address)
      #expect(form.text.contains("2026 年 11 月已安排 0 次，上限 2 次"))
      #expect(!form.text.contains("{{") && !form.text.contains("visit."))
      let planned = try await pages.water.post("/visits", fields(pages, "2026-11-24"))
      #expect(planned.status == 303)
      let visit = String(planned.location.prefix { $0 != "?" })
      let page = try await pages.water.get(planned.location)
      #expect(page.text.contains("2026-11-24 星期二 上午") && page.text.contains("清河县水利局"))
      #expect(page.text.contains("了解用工情况"))
      let list = try await pages.water.get("/visits")
      #expect(list.text.contains(visit) && list.text.contains("清河面粉有限公司"))

      let own = try await pages.enterprise.get("/my/visits")
      let id = String(visit.split(separator: "/").last!)
      #expect(own.text.contains("/my/visits/\(id)/decline") && !own.text.contains("\"\(visit)\""))
      // Nothing typed is lost.
      let refused = try await pages.enterprise.post(
        "/my/visits/\(id)/propose", ["day": "2026-11-01", "part": "any", "text": "正在盘点"])
      #expect(refused.status == 422 && refused.text.contains("正在盘点"))
      #expect(refused.text.contains("日期已经过去"))
      let moved = try await pages.enterprise.post(
        "/my/visits/\(id)/propose", ["day": "2026-11-26", "part": "any", "text": "正在盘点"])
      #expect(moved.status == 303)
      #expect(try await pages.water.get("/visits").text.contains("希望改到 2026-11-26"))
      #expect(try await pages.water.post("\(visit)/accept", [:]).status == 303)
      #expect(
        try await pages.enterprise.post("/my/visits/\(id)/decline", ["text": "停产"]).status == 303)
      #expect(try await pages.water.get(visit).text.contains("停产"))
      // Gone from what is to come, and still in its month.
      #expect(try await !pages.water.get("/visits").text.contains(visit))
      #expect(try await pages.water.get("/visits?month=2026-11").text.contains(visit))
    }
  }

  @Test func whatIsWrongIsSaidBesideWhatWasTyped() async throws {
    try await inPages { pages in
      let page = try await pages.water.post(
        "/visits", fields(pages, "2026-11-01", ["kind": "", "purpose": "了解用工情况"]))
      #expect(page.status == 422)
      for text in ["日期已经过去", "请选择来访类型", "了解用工情况", "value=\"2026-11-01\""] {
        #expect(page.text.contains(text), "\(text)")
      }
      let nobody = try await pages.water.post("/visits", ["day": "2026-11-24"])
      #expect(nobody.status == 422 && nobody.text.contains("请先选定企业"))
      #expect(try await pages.water.get("/visits?month=2026-13").status == 400)
      #expect(try await pages.water.get("/visits/new?enterprise=0").status == 404)
    }
  }

  /// Who plans sees the wish to be left alone and whom to go with before anything is sent.
  @Test func whatStandsAroundTheDay() async throws {
    try await inPages { pages in
      let quiet = try await pages.enterprise.post(
        "/my/quiet", ["until": "2026-12-10", "note": "检修"])
      #expect(quiet.status == 303)
      let traffic = try await pages.test.browser(
        .handler, unit: "清河县交通运输局", username: "wang.wu")
      let check = try await traffic.post(
        "/visits",
        fields(pages, "2026-11-25", ["kind": "inspection", "basis": "道路运输条例"]))
      #expect(check.status == 303)
      let host = String(check.location.prefix { $0 != "?" }.split(separator: "/").last!)
      let form = try await pages.water.get(
        "/visits/new?enterprise=\(pages.mill)&day=2026-11-26")
      #expect(form.text.contains("企业请求免打扰：2026-11-20 至 2026-12-10"))
      #expect(form.text.contains("name=\"host\" value=\"\(host)\""))
      let refused = try await pages.water.post("/visits", fields(pages, "2026-11-26"))
      #expect(refused.status == 422 && refused.text.contains("这一天企业请求免打扰"))
      let joined = try await pages.water.post(
        "/visits", fields(pages, "2026-11-26", ["host": host]))
      #expect(joined.status == 303)
      let calendar = try await pages.water.get("/enterprises/\(pages.mill)/visits")
      #expect(calendar.text.contains("并入同行"))
      let own = try await pages.enterprise.get("/my/visits")
      #expect(own.text.contains("结束免打扰"))
      #expect(own.text.contains("行政执法检查依法不能谢绝"))
      #expect(try await pages.enterprise.post("/my/quiet", ["end": "1"]).status == 303)
      #expect(try await !pages.enterprise.get("/my/visits").text.contains("结束免打扰"))
    }
  }

  @Test func askedForAndTakenUp() async throws {
    try await inPages { pages in
      let empty = try await pages.enterprise.post("/my/visits", ["day": "", "purpose": "想招工"])
      #expect(empty.status == 422 && empty.text.contains("想招工"))
      let asked = try await pages.enterprise.post(
        "/my/visits", ["day": "2026-11-24", "part": "", "purpose": "想招工"])
      #expect(asked.status == 303)
      let office = try await pages.test.browser(
        .countyOffice, unit: "示例市/清河县", username: "zhao.liu")
      let list = try await office.get("/visits")
      #expect(list.text.contains("企业约请，待接"))
      let id = try #require(list.text.firstMatch(of: #/"\/visits\/([0-9]+)"/#)?.1)
      let untold = try await office.post(
        "/visits/\(id)/take", ["unit": "", "day": "2026-11-24", "part": "any"])
      #expect(untold.status == 422 && untold.text.contains("请填写来访单位"))
      let taken = try await office.post(
        "/visits/\(id)/take", ["unit": "清河县水利局", "day": "2026-11-24", "part": "any"])
      #expect(taken.status == 303)
      #expect(try await pages.water.get("/visits").text.contains("想招工"))
    }
  }

  /// Who is told finds the way, and has read it by going there.
  @Test func notices() async throws {
    try await inPages { pages in
      _ = try await pages.water.post("/visits", fields(pages, "2026-11-24"))
      let inbox = try await pages.enterprise.get("/inbox")
      #expect(inbox.text.contains("有来访安排") && inbox.text.contains("class=\"inbox-day unread\""))
      #expect(inbox.text.contains("href=\"/my/visits\""))
      _ = try await pages.enterprise.get("/my/visits")
      #expect(try await !pages.enterprise.get("/inbox").text.contains("inbox-day unread"))
    }
  }

  @Test func everyPageInEnglish() async throws {
    try await inPages { pages in
      _ = try await pages.water.post("/visits", fields(pages, "2026-11-24"))
      for (browser, path) in [
        (pages.water, "/visits"), (pages.water, "/visits?month=2026-11"),
        (pages.water, "/visits/silent"), (pages.water, "/visits/new"),
        (pages.water, "/visits/new?enterprise=\(pages.mill)"),
        (pages.water, "/enterprises/\(pages.mill)/visits"), (pages.enterprise, "/my/visits"),
        (pages.water, "/rules"),
      ] {
        let page = try await browser.get(path, language: "en")
        #expect(page.status == 200, "\(path)")
        #expect(page.text.contains("isit"), "\(path)")
      }
    }
  }
}
