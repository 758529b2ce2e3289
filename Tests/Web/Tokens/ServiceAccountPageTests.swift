import Cryptography
import Domain
import Services
import TestSupport
import Testing
import Web

/// 程序账号 as their maker, others and the administrators see them.
@Suite struct ServiceAccountPageTests {
  private func made(_ browser: Browser) async throws -> String {
    let page = try await browser.post("/account/service-accounts", ["name": "水利局工单系统"])
    #expect(page.status == 303)
    return page.location
  }

  private func token(_ browser: Browser, _ path: String) async throws -> SecretToken {
    let page = try await browser.post(
      "\(path)/tokens",
      ["name": "工单", "days": "30", "scope": "problems:read", "password": "correct horse"])
    #expect(page.status == 200)
    return SecretToken(
      text: String(try #require(page.text.firstMatch(of: #/value="(lbt_[A-Za-z0-9_-]{43})"/#)).1))
  }

  @Test(arguments: Engine.available)
  func fromMakingToClosing(engine: Engine) async throws {
    try await engine.withSample { test in
      let handler = try await test.browser(.handler, unit: "清河县水利局")
      #expect(try await handler.get("/account").text.contains("/account/service-accounts"))
      #expect(try await handler.get("/account/service-accounts").text.contains("还没有程序账号"))
      let faulty = try await handler.post("/account/service-accounts", ["name": "甲/乙"])
      #expect(faulty.status == 422 && faulty.text.contains("value=\"甲/乙\""))
      let path = try await made(handler)
      #expect(try await handler.get("/account/service-accounts").text.contains("水利局工单系统"))
      #expect(
        try await handler.get("\(path)/tokens/new").text.contains("action=\"\(path)/tokens\""))
      let token = try await token(handler, path)
      let account = try await UseToken(test.platform)(token, from: nil)?.account
      #expect(account?.name == "水利局工单系统" && account?.isService == true)
      let page = try await handler.get(path).text
      #expect(page.contains("工单") && page.contains("问题（只读）"))
      // Not among the maker's own.
      #expect(try await handler.get("/account/tokens").text.contains("还没有令牌"))
      let revoke = try #require(
        page.firstMatch(of: #/action="(\/account\/tokens\/\d+\/revocation)"/#))
      #expect(try await handler.post(String(revoke.1), [:]).location == path)
      #expect(try await UseToken(test.platform)(token, from: nil) == nil)
      let closed = try await handler.post("\(path)/closure", [:])
      #expect(closed.location == "/account/service-accounts")
      #expect(try await handler.post("\(path)/closure", [:]).status == 409)
      #expect(try await handler.get(path).text.contains("已停用"))
    }
  }

  @Test func others() async throws {
    try await Engine.sqlite.withSample { test in
      let office = try await test.browser()
      let path = try await made(office)
      let token = try await token(office, path)
      let other = try await test.browser(.director, username: "li.si")
      #expect(try await other.get(path).status == 404)
      #expect(try await other.get("\(path)/tokens/new").status == 404)
      #expect(try await other.post("\(path)/closure", [:]).status == 404)
      let tried = try await other.post(
        "\(path)/tokens",
        ["name": "工单", "days": "30", "scope": "problems:read", "password": "correct horse"])
      #expect(tried.status == 404)
      let leader = try await test.browser(.leader, username: "zhou.ba")
      #expect(try await leader.get("/account/service-accounts").status == 403)
      #expect(!(try await leader.get("/account").text.contains("/account/service-accounts")))
      #expect(try await UseToken(test.platform)(token, from: nil) != nil)
    }
  }

  @Test func administrators() async throws {
    try await Engine.sqlite.withSample { test in
      let office = try await test.browser()
      let path = try await made(office)
      let id = try #require(path.split(separator: "/").last)
      let token = try await token(office, path)
      let system = try await test.browser(.systemAdministrator, username: "wang.wu")
      #expect(try await system.get("/accounts").text.contains("程序账号 · 张三"))
      let managed = try await system.get("/accounts/\(id)").text
      #expect(managed.contains("程序账号 · 张三") && managed.contains("/closure\""))
      #expect(!managed.contains("/link\"") && !managed.contains("/seat\""))
      #expect(try await system.post("/accounts/\(id)/link", [:]).status == 409)
      let security = try await test.browser(.securityAdministrator, username: "zhao.liu")
      let person = try await FindAccount(test.platform)(username: "zhang.san").id
      #expect(try await security.post("/accounts/\(person.value)/closure", [:]).status == 403)
      #expect(!(try await security.get("/accounts/\(person.value)").text.contains("/closure\"")))
      #expect(try await security.get("/accounts/\(id)").text.contains("停用程序账号"))
      #expect(try await security.post("/accounts/\(id)/closure", [:]).status == 303)
      #expect(try await UseToken(test.platform)(token, from: nil) == nil)
      let audit = try await test.browser(.auditAdministrator, username: "sun.qi")
      let log = try await audit.get("/audit?sort=right").text
      #expect(log.contains("新建程序账号") && log.contains("水利局工单系统"))
    }
  }
}
