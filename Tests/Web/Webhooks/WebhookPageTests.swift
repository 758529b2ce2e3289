import Domain
import HTTP
import Services
import Storage
import TestSupport
import Testing
import Web

/// 事件推送 as its owner, somebody else and the system administrator see it.
@Suite struct WebhookPageTests {
  private static let address = "https://hooks.example/in?key=tell-nobody"

  private func made(_ browser: Browser) async throws -> (path: String, secret: String) {
    let page = try await browser.post(
      "/webhooks", ["name": "水利局系统", "address": Self.address, "which": "all"])
    #expect(page.status == 200)
    let secret = try #require(page.text.firstMatch(of: #/value="(whsec_[A-Za-z0-9+\/=]{44})"/#))
    let path = try #require(page.text.firstMatch(of: #/href="(\/webhooks\/\d+)"/#))
    return (String(path.1), String(secret.1))
  }

  @Test(arguments: Engine.available)
  func fromMakingToRemoving(engine: Engine) async throws {
    try await engine.withSample { test in
      let office = try await test.browser()
      #expect(try await office.get("/webhooks").text.contains("还没有事件推送"))
      let faulty = try await office.post(
        "/webhooks", ["name": "", "address": "http://10.0.0.1/", "which": "some"])
      #expect(faulty.status == 422)
      for text in ["请填写名称", "只能用 https", "请至少选择一类事件"] {
        #expect(faulty.text.contains(text))
      }
      let (path, secret) = try await made(office)
      // Shown once.
      for address in [path, "/webhooks"] {
        let page = try await office.get(address)
        #expect(page.status == 200 && !page.text.contains(secret))
        #expect(page.text.contains("水利局系统") && page.text.contains("https://hooks.example"))
      }
      #expect(try await office.get(path).text.contains("whsec_••••••••"))
      #expect(try await office.post("\(path)/test", [:]).location == path)
      let tested = try await office.get(path).text
      #expect(tested.contains("测试事件") && tested.contains("待送"))
      let changed = try await office.post(
        path,
        ["name": "新名字", "address": Self.address, "which": "some", "kinds": "problem.closed"])
      #expect(changed.status == 303)
      #expect(try await office.get("/webhooks").text.contains("1 类事件"))
      let refused = try await office.post(
        path, ["name": "新名字", "address": "https://127.0.0.1/", "which": "all"])
      #expect(refused.status == 422 && refused.text.contains("这是内网地址"))
      let rotated = try await office.post("\(path)/rotation", [:])
      #expect(rotated.text.contains("旧密钥在 24 小时内") && !rotated.text.contains(secret))
      #expect(try await office.post("\(path)/pause", [:]).status == 303)
      // The button is not on the page any more; an old page has it still.
      #expect(try await office.post("\(path)/test", [:]).status == 422)
      #expect(try await office.post("\(path)/resumption", ["from": "tomorrow"]).status == 400)
      #expect(try await office.post("\(path)/resumption", ["from": "now"]).status == 303)
      #expect(try await office.get("\(path)?state=nonsense").status == 400)
      #expect(try await office.post("\(path)/explosion", [:]).status == 404)
      #expect(try await office.post("\(path)/deliveries/17", [:]).status == 404)
      #expect(try await office.post("\(path)/removal", [:]).location == "/webhooks")
      #expect(try await office.get(path).status == 404)
    }
  }

  /// Somebody else's is not there; the administrator sees that it is, and switches it off.
  @Test func othersAndTheAdministrator() async throws {
    try await Engine.sqlite.withSample { test in
      let office = try await test.browser()
      let (path, _) = try await made(office)
      let other = try await test.browser(.director, username: "li.si")
      #expect(try await other.get(path).status == 404)
      #expect(try await other.post("\(path)/removal", [:]).status == 404)
      #expect(try await other.post("\(path)/switching-off", [:]).status == 403)
      let administrator = try await test.browser(.systemAdministrator, username: "wang.wu")
      let list = try await administrator.get("/webhooks").text
      #expect(list.contains("水利局系统") && list.contains("https://hooks.example"))
      #expect(!list.contains("tell-nobody"))
      #expect(try await administrator.get(path).status == 403)
      #expect(try await administrator.post("\(path)/pause", [:]).status == 403)
      #expect(try await administrator.post("\(path)/switching-off", [:]).location == "/webhooks")
      #expect(try await administrator.get("/webhooks").text.contains("由系统管理员停用"))
      let inbox = try await office.get("/inbox").text
      #expect(inbox.contains("事件推送已停用") && inbox.contains("href=\"\(path)\""))
    }
  }
}
