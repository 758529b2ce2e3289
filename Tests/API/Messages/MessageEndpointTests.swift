import API
import Domain
import Services
import TestSupport
import Testing

/// The robots of an office and its outbox.
@Suite struct MessageEndpointTests {
  private static let robot: JSON = [
    "name": "工作群", "kind": "wecom", "kinds": ["registered"],
    "address": "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=tell-nobody-1f8c",
  ]

  @Test(arguments: Engine.available)
  func aRobotsLife(engine: Engine) async throws {
    try await engine.withSample { test in
      let client = try APIClient(test)
      let office = try await test.account(.office)
      let made = try await client.post("/messages/robots", body: Self.robot, as: office)
      let id = try #require(made.json["id"].text)
      let path = "/messages/robots/\(id)"
      let list = try await client.get("/messages/robots", as: office)
      #expect(!list.text.contains("tell-nobody") && list.text.contains("…1f8c"))
      #expect(try await client.post("\(path)/trial", as: office).status == 204)
      let outbox = try await client.get("/messages/outbox?part=waiting", as: office).json
      #expect(outbox["items"].array?.first?["robot"].text == "工作群")
      #expect(try await client.post("\(path)/pause", as: office).status == 204)
      let kinds: JSON = ["kinds": ["assigned", "closed"]]
      #expect(try await client.put("\(path)/kinds", body: kinds, as: office).status == 204)
      let changed = try await client.get("/messages/robots", as: office).json["items"].array
      #expect(changed?.first?["state"].text == "paused")
      #expect(changed?.first?["kinds"] == ["assigned", "closed"])
      #expect(try await client.post("\(path)/resumption", as: office).status == 204)
      #expect(try await client.get("/messages/troubles", as: office).status == 200)
      // Another office's robot is not there; who keeps none is refused.
      let county = try await test.account(.countyOffice, unit: "示例市/清河县")
      #expect(try await client.delete(path, as: county).status == 404)
      let handler = try await test.account(.handler, unit: "清河县水利局")
      #expect(try await client.get("/messages/robots", as: handler).status == 403)
      #expect(try await client.delete(path, as: office).status == 204)
      let inside: JSON = [
        "name": "x", "kind": "wecom", "kinds": ["closed"], "address": "http://127.0.0.1/",
      ]
      let refused = try await client.post("/messages/robots", body: inside, as: office)
      #expect(refused.status == 422 && refused.reasons == ["bad_address"])
    }
  }
}
