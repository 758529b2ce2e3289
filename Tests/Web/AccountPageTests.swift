import Cryptography
import Domain
import Services
import TestSupport
import Testing
import Web

@Suite struct AccountPageTests {
  private let password = "correct horse"

  private func signIn(
    _ browser: Browser, _ username: String = "zhang.san", next: String = ""
  ) async throws -> Browser.Page {
    try await browser.post(
      "/sign-in", ["username": username, "password": password, "next": next])
  }

  /// Before the second factor's code only its page and signing out are open.
  @Test func withoutTheCodeNothingIsShown() async throws {
    try await Engine.sqlite.withSample { platform in
      let first = try await platform.browser()
      let token = SecretToken(text: first.cookies["lianbang_session"]!)
      let code = try EnrolSecondFactor(platform.platform).offer(in: token)
      func digits() -> String {
        code.code(step: OneTimeCode.step(at: platform.platform.now().milliseconds / 1000))
      }
      let enrolled = try await first.post("/account/second-factor", ["code": digits()])
      #expect(enrolled.status == 200 && enrolled.text.contains("请保存恢复码"))
      #expect(first.cookies["lianbang_session"] != token.text)
      #expect(try await first.get("/account").status == 200)

      platform.advance(seconds: 30)
      let browser = try Browser(platform.platform)
      let page = try await signIn(browser, next: "/problems?state=closed")
      #expect(page.status == 303 && page.location == "/problems?state=closed")
      let old = browser.cookies["lianbang_session"]
      for path in [
        "/tasks", "/problems?state=closed", "/account", "/account/password",
        "/account/second-factor", "/accounts", "/units",
      ] {
        let page = try await browser.get(path)
        #expect(
          page.status == 303 && page.location.hasPrefix("/sign-in/code?next=%2F")
            || page.location.hasPrefix("/sign-in/code?next=/"), "\(path) \(page.location)")
      }
      for path in ["/problems", "/account/password", "/account/sessions/others"] {
        #expect(try await browser.post(path, ["title": "x"]).location == "/sign-in/code")
      }
      let wrong = try await browser.post(
        "/sign-in/code", ["code": "000000", "next": "/problems?state=closed"])
      #expect(wrong.status == 422 && wrong.hidden("next") == "/problems?state=closed")
      let right = try await browser.post(
        "/sign-in/code", ["code": digits(), "next": "//evil.example"])
      #expect(right.status == 303 && right.location == "/")
      #expect(browser.cookies["lianbang_session"] != old)
      #expect(try await browser.get("/problems").status == 200)
    }
  }

  @Test func administratorsSetUpTheirSecondFactorFirst() async throws {
    try await Engine.sqlite.withSample { platform in
      let link = try await InviteAccount(platform.platform)(
        name: "张三", role: .systemAdministrator, unit: nil, by: .system)
      let browser = try Browser(platform.platform)
      _ = try await browser.post(
        Route.invitation(link.text).path,
        ["username": "zhang.san", "password": password, "repeated": password])
      #expect(try await browser.get("/accounts").location.hasPrefix("/account/second-factor"))
      let page = try await browser.get("/account/second-factor")
      #expect(page.text.contains("<svg class=\"qr\"") && !page.text.contains("style="))
    }
  }

  /// The way of a new account through the hands of all three.
  @Test func invitedGrantedAndAudited() async throws {
    try await Engine.sqlite.withSample { platform in
      let system = try await platform.browser(.systemAdministrator, username: "system")
      let security = try await platform.browser(.securityAdministrator, username: "security")
      let audit = try await platform.browser(.auditAdministrator, username: "audit")
      let faulty = try await system.post(
        "/accounts", ["role": "handler", "name": "李四", "phone": "", "unit": "无此局"])
      #expect(faulty.status == 422 && faulty.text.contains(##"<a href="#unit">"##))
      #expect(faulty.text.contains("value=\"李四\"") && faulty.text.contains("value=\"无此局\""))
      let invited = try await system.post(
        "/accounts", ["role": "handler", "name": "李四", "phone": "", "unit": "清河县水利局"])
      #expect(invited.status == 200)
      let link = try #require(invited.text.firstMatch(of: #/http://localhost(/invitation/[^"]+)/#))

      let browser = try Browser(platform.platform)
      _ = try await browser.post(
        String(link.1), ["username": "li.si", "password": password, "repeated": password])
      #expect(try await browser.get("/tasks").location.hasPrefix("/sign-in/waiting"))
      #expect(try await browser.get("/sign-in/waiting").text.contains("等待授权"))

      let grants = try await security.get("/grants")
      #expect(grants.text.contains("李四") && grants.text.contains("示例市/清河县/清河县水利局"))
      let url = try #require(grants.text.firstMatch(of: #/action="(/grants/[0-9]+)"/#))
      let asked = try #require(grants.hidden("asked"))
      for other in [system, audit, browser] {
        let page = try await other.post(
          String(url.1), ["asked": asked, "decision": "grant"])
        #expect(page.status == 403 || page.status == 303)
      }
      let granted = try await security.post(
        String(url.1), ["asked": asked, "decision": "grant"])
      #expect(granted.status == 303)
      #expect(try await browser.get("/tasks").status == 200)
      let late = try await security.post(
        String(url.1), ["asked": asked, "decision": "grant"])
      #expect(late.status == 409 && late.text.contains("没有待办的授权"))

      let log = try await audit.get("/audit?person=li.si&sort=right")
      for text in ["邀请账号", "开通账号", "授权", "承办单位"] {
        #expect(log.text.contains(text), "\(text)")
      }
      #expect(try await audit.get("/audit?sort=nothing").status == 400)
      #expect(try await audit.get("/audit?person=nobody").text.contains("没有用户名为 nobody 的账号"))
    }
  }

  /// A role that was asked for before a new password was set is granted with it: the security administrator
  /// sees from what to what.
  @Test func anotherRoleIsSeenBesideANewPassword() async throws {
    try await Engine.sqlite.withSample { platform in
      let system = try await platform.browser(.systemAdministrator, username: "system")
      let security = try await platform.browser(.securityAdministrator, username: "security")
      _ = try await platform.browser(.office, username: "li.si")
      let id = try await FindAccount(platform.platform)(reference: "li.si").value
      let seat = try await system.post("/accounts/\(id)/seat", ["role": "director"])
      #expect(seat.status == 303)
      let renewed = try await system.post("/accounts/\(id)/link", [:])
      let link = try #require(renewed.text.firstMatch(of: #/http://localhost(/invitation/[^"]+)/#))
      let new = "another horse battery"
      _ = try await Browser(platform.platform).post(
        String(link.1), ["username": "", "password": new, "repeated": new])
      let grants = try await security.get("/grants")
      #expect(grants.text.contains("密码重设") && grants.text.contains("<dd>市活动办主任</dd>"))
      #expect(grants.text.contains("<dd>市活动办</dd>"))
    }
  }

  @Test func whoSeesWhich() async throws {
    try await Engine.sqlite.withSample { platform in
      let pages = ["/accounts", "/accounts/new", "/grants", "/audit", "/problems", "/roles"]
      let open: [(Role, Set<String>)] = [
        (.systemAdministrator, ["/accounts", "/accounts/new", "/roles"]),
        (.securityAdministrator, ["/accounts", "/grants", "/roles"]),
        (.auditAdministrator, ["/audit", "/roles"]), (.office, ["/problems", "/roles"]),
      ]
      for (role, paths) in open {
        let browser = try await platform.browser(role, username: "u-\(role.rawValue)")
        for path in pages {
          let status = try await browser.get(path).status
          #expect(status == (paths.contains(path) ? 200 : 403), "\(role) \(path)")
        }
      }
    }
  }

  @Test func ownSessionsAndPassword() async throws {
    try await Engine.sqlite.withSample { platform in
      let browser = try await platform.browser()
      let second = try Browser(platform.platform)
      _ = try await signIn(second)
      let page = try await browser.get("/account")
      #expect(page.text.contains("本机") && page.text.contains("退出其他所有设备"))
      let url = try #require(page.text.firstMatch(of: #/action="(/account/sessions/[0-9]+)"/#))
      // Another's session is as one that is not there.
      let stranger = try await platform.browser(username: "li.si")
      #expect(try await stranger.post(String(url.1), [:]).status == 404)
      #expect(try await browser.post(String(url.1), [:]).status == 303)
      #expect(try await second.get("/account").location.hasPrefix("/sign-in"))

      let old = browser.cookies["lianbang_session"]
      let wrong = try await browser.post(
        "/account/password",
        ["old": "wrong horse", "password": "battery staple", "repeated": "battery staple"])
      #expect(wrong.status == 422 && wrong.text.contains("原密码不对"))
      let right = try await browser.post(
        "/account/password",
        ["old": password, "password": "battery staple", "repeated": "battery staple"])
      #expect(right.status == 303 && browser.cookies["lianbang_session"] != old)
      #expect(try await browser.get("/account").status == 200)
    }
  }

  /// Whether a name exists is not told, also while it must wait.
  @Test func waitingTellsNothing() async throws {
    try await Engine.sqlite.withSample { platform in
      _ = try await platform.browser()
      for name in ["zhang.san", "nobody"] {
        let browser = try Browser(platform.platform)
        for _ in 1...5 {
          let page = try await browser.post(
            "/sign-in", ["username": name, "password": "wrong horse"])
          #expect(page.status == 422 && page.text.contains("用户名或密码不对"))
        }
        let page = try await signIn(browser, name)
        #expect(page.status == 422 && page.text.contains("请 1 分钟后再试"))
      }
    }
  }
}
