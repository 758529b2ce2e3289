import Domain
import HTTP
import Outgoing
import Services
import Storage
import TestSupport
import Testing
import Web

/// 消息渠道 and what of 消息设置 is about mail and SMS.
@Suite struct MessagePageTests {
  @Test(arguments: Engine.available)
  func anOfficeSetsUpARobot(engine: Engine) async throws {
    try await engine.withSample { platform in
      let office = try await platform.browser(username: "office")
      #expect(try await office.get("/messages").text.contains("还没有群机器人"))
      let fields = [
        "name": "工作群<b>", "kind": "dingtalk", "kinds": "registered",
        "address": "https://robot.test/send?access_token=verysecret1f8c", "secret": "SECabc",
      ]
      let refused = try await office.post("/messages", fields.merging(["secret": ""]) { $1 })
      #expect(refused.status == 422 && refused.text.contains("#robot-secret"))
      #expect(!refused.text.contains("verysecret"))
      let made = try await office.post("/messages", fields)
      #expect(made.status == 303)
      let page = try await office.get(made.location).text
      #expect(page.contains("robot.test/…1f8c") && page.contains("工作群&lt;b&gt;"))
      #expect(!page.contains("verysecret") && !page.contains("SECabc"))
      let id = try #require(page.firstMatch(of: #/\/messages\/(\d+)\/pause/#)).1
      #expect(try await office.post("/messages/\(id)/trial", [:]).status == 303)
      #expect(try await office.get("/messages").text.contains("测试消息"))
      #expect(try await office.post("/messages/\(id)/pause", [:]).status == 303)
      #expect(try await office.get("/messages").text.contains("已暂停"))
      #expect(try await office.post("/messages/\(id)/nonsense", [:]).status == 404)
      #expect(
        try await office.post("/messages/\(id)/kinds", ["kinds": "closed"]).status == 303)
      #expect(try await office.post("/messages/\(id)/remove", [:]).status == 303)
      #expect(try await office.get("/messages").text.contains("还没有群机器人"))
      let handler = try await platform.browser(
        .handler, unit: LoadSample.handlingUnit, username: "handler")
      #expect(try await handler.get("/messages").status == 403)
    }
  }

  /// What the operator has not set up cannot be chosen; what is filled in wrong is said and nothing kept.
  @Test func mailIsChosenWhereItIsSetUp() async throws {
    try await Engine.sqlite.withSample { platform in
      let office = try await platform.browser(username: "office")
      #expect(!(try await office.get("/inbox/settings").text.contains("name=\"mail\"")))
    }
    try await Engine.sqlite.withDatabase { database in
      let gateway = MailGateway(
        server: .init(host: "mail.test", port: 25, security: .none), from: "a@city.test")
      let platform = try await TestPlatform(database, gateways: MessageGateways(mail: gateway))
      try await platform.loadSample()
      let office = try await platform.browser(username: "office")
      #expect(
        try await office.get("/inbox/settings").text.contains("name=\"by_assigned\"") == false)
      let fields = ["mail": "wang@", "by_registered": "mail", "registered": "on"]
      let refused = try await office.post("/inbox/settings", fields)
      #expect(refused.status == 422 && refused.text.contains("value=\"wang@\""))
      let saved = try await office.post(
        "/inbox/settings", fields.merging(["mail": "wang@city.test"]) { $1 })
      #expect(saved.status == 303)
      let page = try await office.get("/inbox/settings").text
      #expect(page.contains("value=\"wang@city.test\""))
      #expect(page.contains("name=\"by_registered\" value=\"mail\" checked"))
      #expect(
        try await office.post("/inbox/settings/trial", ["channel": "mail"]).status == 303)
      #expect(
        try await office.post("/inbox/settings/trial", ["channel": "sms"]).status == 404)
    }
  }
}
