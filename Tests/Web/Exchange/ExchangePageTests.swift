import Domain
import HTTP
import Services
import Storage
import TestSupport
import Testing
import Web

/// 平台互联, and handing a problem up on its page.
@Suite struct ExchangePageTests {
  private static let url = "https://county.example"

  @Test(arguments: Engine.available)
  func offeringShowsTheCodeOnce(engine: Engine) async throws {
    try await engine.withSample { test in
      let office = try await test.browser()
      #expect(try await office.get("/exchange").text.contains("还没有互联"))
      let made = try await office.post(
        "/exchange/offers", ["name": "县平台", "role": "upper", "url": Self.url])
      let code = try #require(
        made.text.firstMatch(of: #/value="(https:\/\/county\.example#[A-Za-z0-9_-]{43})"/#))
      let list = try await office.get("/exchange").text
      #expect(list.contains("县平台") && list.contains("等待对方加入"))
      #expect(!list.contains(code.1))
      let path = try #require(list.firstMatch(of: #/href="(\/exchange\/\d+)"/#)).1
      let page = try await office.get(String(path)).text
      #expect(page.contains("互联码有效至") && !page.contains(code.1))
      for (fields, text) in [
        (["name": "县平台", "role": "upper", "url": Self.url], "已有同名的互联"),
        (["name": "", "role": "upper", "url": Self.url], "名称应为一行文字"),
        (["name": "另一个", "role": "lower", "url": "county"], "地址应以 https:// 或 http:// 开头"),
      ] {
        let refused = try await office.post("/exchange/offers", fields)
        #expect(refused.status == 422 && refused.text.contains(text), "\(text)")
      }
      let nonsense = ["name": "另一个", "role": "both", "url": Self.url]
      #expect(try await office.post("/exchange/offers", nonsense).status == 400)
      #expect(try await office.post("\(path)/closure", [:]).location == String(path))
      #expect(try await office.get(String(path)).text.contains("已断开"))
      // An old page has the button still.
      #expect(try await office.post("\(path)/closure", [:]).status == 303)
      #expect(try await office.get("/exchange/17").status == 404)
    }
  }

  @Test func joiningSaysWhyNot() async throws {
    try await Engine.sqlite.withSample { test in
      let office = try await test.browser(.director)
      let secret = String(repeating: "A", count: 43)
      for (code, text) in [
        ("https://city.example", "这不是互联码"), ("https://city.example#\(secret)", "对方不认这个互联码"),
      ] {
        let refused = try await office.post(
          "/exchange/joins", ["code": code, "name": "市平台", "url": Self.url])
        #expect(refused.status == 422 && refused.text.contains(text), "\(text)")
        // The code is a secret: it does not come back.
        #expect(!refused.text.contains(secret) && refused.text.contains("市平台"))
      }
      #expect(try await ShowLinks(test.platform)().isEmpty)
    }
  }

  @Test func onlyWhoLinksPlatformsMaySee() async throws {
    try await Engine.sqlite.withSample { test in
      let handler = try await test.browser(.handler, unit: "清河县水利局", username: "li.si")
      #expect(try await handler.get("/exchange").status == 403)
      let administrator = try await test.browser(.systemAdministrator, username: "wang.wu")
      #expect(try await administrator.get("/exchange").status == 200)
    }
  }

  /// Up by a button on the problem's page, and the answer stands there when it has come down.
  @Test(arguments: Engine.available)
  func handedUpAndAnswered(engine: Engine) async throws {
    try await engine.withSample { county in
      try await Engine.sqlite.withSample { city in
        let office = try await county.browser()
        let id = try await RegisterProblem(county.platform)(
          Registration(
            track: "village", title: "主渠改道", detail: "", concerns: "柳林镇/河湾村",
            foundOn: "2026-11-19"), by: try await county.account(.office))
        let path = "/problems/\(id.value)"
        #expect(try await !office.get(path).text.contains("上报上级平台"))
        let linked = try await LinkedPlatforms(county, to: city)
        let page = try await office.get(path)
        #expect(page.text.contains("上报上级平台") && page.text.contains("<option>市平台</option>"))
        let version = try #require(page.hidden("version"))
        let wish = ["lane": "superior", "to": "市平台", "text": "跨县", "version": version]
        let unknown = try await office.post("\(path)/refer", wish.merging(["to": "省平台"]) { $1 })
        #expect(unknown.status == 422 && unknown.text.contains("没有通往这个上级平台的互联"))
        #expect(try await office.post("\(path)/refer", wish).location == path)
        let waiting = try #require(try await ShowLinks(county.platform)().first)
        #expect(waiting.unconfirmed == 1)
        let detail = try await office.get("/exchange/\(waiting.link.id)").text
        #expect(detail.contains("上报问题"))
        try await linked.settle()
        try await answer(city)
        try await linked.settle()
        let told = try await office.get(path).text
        #expect(told.contains("互联平台告知") && told.contains("上级已登记"))
        #expect(told.contains("已列入明年改造"))
        let settled = try await office.get("/exchange/\(waiting.link.id)").text
        #expect(settled.contains("全部已确认") && settled.contains("上级答复"))
        #expect(settled.contains("收到的每条都在对方签名的台账之内"))
        // An administrator sees that something came, and of which problem not.
        let administrator = try await county.browser(.systemAdministrator, username: "wang.wu")
        let overseen = try await administrator.get("/exchange/\(waiting.link.id)").text
        #expect(overseen.contains("上级答复") && !overseen.contains(path))
      }
    }
  }

  /// The city's office declines what came, with reasons.
  private func answer(_ city: TestPlatform) async throws {
    let link = try #require(try await ShowLinks(city.platform)().first).link.id
    let id = try await city.platform.database.read {
      try ReceivedRows.problem(of: 1, link, in: $0)
    }
    _ = try await ActOnProblem(city.platform)(
      .command(.decline(reason: "已列入明年改造", instead: "按计划实施")), on: try #require(id), seen: nil,
      by: try await city.account(.office))
  }
}
