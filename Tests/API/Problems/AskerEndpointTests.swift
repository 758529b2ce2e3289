import API
import Domain
import Services
import TestSupport
import Testing

/// What enterprises see and say of what concerns them, and nobody else.
@Suite struct AskerEndpointTests {
  @Test(arguments: Engine.available)
  func anEnterpriseAndItsOwn(engine: Engine) async throws {
    try await engine.withSample { test in
      let client = try APIClient(test)
      let office = try await test.account(.office)
      let handler = try await test.account(.handler, unit: "清河县水利局")
      let mill = try await test.account(.enterprise, enterprise: test.enterprise())
      let offer = try await client.get("/registration-offer", as: mill)
      #expect(
        offer.json == ["tracks": ["enterprise"], "concerns": "清河县示例面粉厂", "charges": []])
      let made = try await client.post(
        "/problems", body: ["track": "enterprise", "title": "停水", "concerns": "本企业"], as: mill)
      #expect(made.status == 201, "\(made.text)")
      let id = try #require(made.json["id"].text)
      let more = try await client.post(
        "/own/problems/\(id)/supplement", body: ["text": "已三天"], as: mill)
      #expect(more.status == 204)
      let early = try await client.post(
        "/own/problems/\(id)/rating", body: ["rating": "satisfied"], as: mill)
      #expect(early.status == 422)
      for (resource, body, account) in [
        ("judgement", ["category": "other", "difficulty": "general"], office),
        ("assignment", ["unit": "清河县水利局"], office), ("acknowledgement", [:], handler),
        ("feedback", ["text": "已派人"], handler),
        ("claim", ["outcome": "solved", "text": "来水了", "evidence": "照片"], handler),
        ("verification", ["yes": true, "text": "属实"], office),
      ] as [(String, JSON, Account)] {
        let answer = try await client.post("/problems/\(id)/\(resource)", body: body, as: account)
        #expect(answer.status == 200, "\(resource) \(answer.text)")
      }
      func ids(_ path: String) async throws -> [String?] {
        try await client.get(path, as: mill).json["items"].array?.map { $0["id"].text } ?? []
      }
      #expect(try await ids("/own/problems") == [id])
      #expect(try await ids("/own/unrated-problems") == [id])
      let own = try await client.get("/own/problems/\(id)", as: mill)
      #expect(own.json["result"].text == "来水了" && own.json["rate_until"] != .null)
      #expect(own.json["handler"].text?.hasSuffix("清河县水利局") == true)
      let rated = try await client.post(
        "/own/problems/\(id)/rating", body: ["rating": "satisfied", "text": "好"], as: mill)
      #expect(rated.status == 204)
      #expect(try await ids("/own/unrated-problems") == [])
      // The office has a desk, not problems of its own.
      #expect(try await client.get("/own/problems", as: office).status == 403)
    }
  }

  @Test(arguments: Engine.available)
  func theContact(engine: Engine) async throws {
    try await engine.withSample { test in
      let client = try APIClient(test)
      let mill = try await test.account(.enterprise, enterprise: test.enterprise())
      #expect(
        try await client.get("/own/contact", as: mill).json
          == ["name": "王示例", "post": nil, "phone": "13800001002"])
      let bad = try await client.put(
        "/own/contact", body: ["name": "李示例", "phone": "12"], as: mill)
      #expect(bad.status == 422 && bad.reasons == ["bad_phone"])
      let kept = try await client.put(
        "/own/contact", body: ["name": "李示例", "phone": "13800001003"], as: mill)
      #expect(kept.status == 204)
      #expect(try await client.get("/own/contact", as: mill).json["name"].text == "李示例")
      let official = try await test.account(.official, official: test.official())
      #expect(try await client.get("/own/contact", as: official).status == 403)
    }
  }
}
