import Cryptography
import Domain
import HTTPTypes
import Services
import Storage
import TestSupport
import Testing
import Web

/// 接口令牌 as their owner, others and the audit administrator see them.
@Suite struct TokenPageTests {
  private static let wish = [
    "name": "周报脚本", "days": "30", "scope": "problems:read", "password": "correct horse",
  ]

  private func text(_ page: Browser.Page) throws -> String {
    String(try #require(page.text.firstMatch(of: #/value="(lbt_[A-Za-z0-9_-]{43})"/#)).1)
  }

  private func revocation(_ page: Browser.Page) throws -> String {
    String(
      try #require(page.text.firstMatch(of: #/action="(\/account\/tokens\/\d+\/revocation)"/#)).1)
  }

  @Test(arguments: Engine.available)
  func fromMakingToRevoking(engine: Engine) async throws {
    try await engine.withSample { test in
      let office = try await test.browser()
      #expect(try await office.get("/account").text.contains("href=\"/account/tokens\""))
      #expect(try await office.get("/account/tokens").text.contains("还没有令牌"))
      let made = try await office.post("/account/tokens", Self.wish)
      #expect(made.status == 200)
      #expect(made.headers[.cacheControl] == "no-store")
      let token = try text(made)
      #expect(made.text.contains("http://localhost/api/v1/problems"))
      // Shown once.
      let list = try await office.get("/account/tokens")
      for word in ["周报脚本", "问题（只读）", "有效", "未使用"] {
        #expect(list.text.contains(word), "\(word)")
      }
      #expect(!list.text.contains(token))
      let grant = try await UseToken(test.platform)(SecretToken(text: token), from: nil)
      #expect(grant?.account.username == "zhang.san")
      #expect(grant?.scopes == [TokenScope(.problems, writes: false)])
      let path = try revocation(list)
      #expect(try await office.post(path, [:]).location == "/account/tokens")
      #expect(try await UseToken(test.platform)(SecretToken(text: token), from: nil) == nil)
      #expect(try await office.get("/account/tokens").text.contains("已撤销"))
      #expect(try await office.post(path, [:]).status == 404)
      test.advance(days: 31)
      #expect(try await test.ownTokens().isEmpty)
    }
  }

  @Test func whatIsMissingIsSaid() async throws {
    try await Engine.sqlite.withSample { test in
      let office = try await test.browser()
      let cases: [(change: [String: String], said: String, at: String)] = [
        (["name": " "], "请填写用途", "#name"), (["days": "400"], "请选择有效期", "#days"),
        (["scope": "accounts:write"], "您的角色没有", "#scope"),
        (["password": "wrong horse"], "密码不对", "#password"),
      ]
      for (change, said, place) in cases {
        let page = try await office.post("/account/tokens", Self.wish.merging(change) { $1 })
        #expect(page.status == 422, "\(change)")
        #expect(page.text.contains(said) && page.text.contains("href=\"\(place)\""), "\(change)")
        // What was ticked stays.
        if change["scope"] == nil {
          #expect(page.text.contains("value=\"problems:read\" checked"), "\(change)")
        }
        #expect(!page.text.contains("lbt_"), "\(change)")
      }
      var wish = Self.wish
      wish["scope"] = nil
      #expect(try await office.post("/account/tokens", wish).text.contains("请至少勾选一项"))
      wish["scope"] = "problems:own"
      #expect(try await office.post("/account/tokens", wish).status == 400)
      #expect(try await test.ownTokens().isEmpty)
    }
  }

  /// Only what the role can make use of is on offer, and administrators get a day.
  @Test func whatIsOffered() async throws {
    try await Engine.sqlite.withSample { test in
      let clerk = try await test.browser(.villageClerk, unit: "河湾村", username: "li.si")
      let form = try await clerk.get("/account/tokens/new").text
      #expect(form.contains("value=\"problems:write\"") && form.contains("value=\"365\""))
      #expect(!form.contains("value=\"orders:") && !form.contains("value=\"accounts:"))
      let system = try await test.browser(.systemAdministrator, username: "wang.wu")
      let short = try await system.get("/account/tokens/new").text
      #expect(short.contains("value=\"accounts:write\"") && short.contains("最多一天"))
      #expect(!short.contains("value=\"7\""))
      var wish = Self.wish.merging(["scope": "accounts:read"]) { $1 }
      #expect(try await system.post("/account/tokens", wish).status == 422)
      wish["days"] = "1"
      #expect(try await system.post("/account/tokens", wish).status == 200)
    }
  }

  @Test func inEnglish() async throws {
    try await Engine.sqlite.withSample { test in
      let office = try await test.browser()
      #expect(try await office.get("/account/tokens/new?lang=en").text.contains("Make a token"))
      _ = try await office.post("/account/tokens", Self.wish)
      let list = try await office.get("/account/tokens?lang=en").text
      #expect(list.contains("problems (read)") && list.contains("never"))
    }
  }

  /// Another's token is nobody's to see or to end; whoever audits sees that there is one, and no text.
  @Test func othersAndTheAudit() async throws {
    try await Engine.sqlite.withSample { test in
      let office = try await test.browser()
      let token = try text(try await office.post("/account/tokens", Self.wish))
      let path = try revocation(try await office.get("/account/tokens"))
      for (role, name) in [
        (Role.director, "li.si"), (.systemAdministrator, "wang.wu"),
        (.securityAdministrator, "zhao.liu"),
      ] {
        let other = try await test.browser(role, username: name)
        #expect(try await other.post(path, [:]).status == 404, "\(role)")
        #expect(!(try await other.get("/account/tokens").text.contains("周报脚本")), "\(role)")
      }
      #expect(try await UseToken(test.platform)(SecretToken(text: token), from: nil) != nil)
      _ = try await office.post(path, [:])
      let audit = try await test.browser(.auditAdministrator, username: "sun.qi")
      let log = try await audit.get("/audit?sort=secret").text
      for word in ["新建接口令牌", "撤销接口令牌", "周报脚本 · 问题（只读）"] {
        #expect(log.contains(word), "\(word)")
      }
      #expect(!log.contains(token))
    }
  }
}

extension TestPlatform {
  /// The tokens of 张三.
  fileprivate func ownTokens() async throws -> [TokenRows.Line] {
    try await ListTokens(platform)(of: FindAccount(platform)(username: "zhang.san"))
  }
}
