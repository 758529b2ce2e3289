import API
import Cryptography
import Domain
import HTTPTypes
import Services
import TestSupport
import Testing

/// What somebody has to do, and the search.
@Suite struct DeskEndpointTests {
  @Test(arguments: Engine.available)
  func tasksLegsAndChecks(engine: Engine) async throws {
    try await engine.withSample { test in
      let client = try APIClient(test)
      let office = try await test.account(.office)
      let handler = try await test.account(.handler, unit: "清河县水利局")
      let id = try #require(
        try await client.post(
          "/problems", body: ["track": "enterprise", "title": "停电", "concerns": "某厂"],
          as: office
        ).json["id"].text)
      let waiting = try await client.get("/tasks?kind=judge&limit=200", as: office)
      #expect(waiting.json["items"].array?.contains { $0["problem_id"].text == id } == true)
      let counts = try await client.get("/task-counts", as: office).json
      #expect((counts["kinds"]["judge"].int ?? 0) > 0)
      for (resource, body) in [
        ("judgement", ["category": "other", "difficulty": "general"]),
        ("assignment", ["unit": "清河县水利局"]),
      ] as [(String, JSON)] {
        let answer = try await client.post("/problems/\(id)/\(resource)", body: body, as: office)
        #expect(answer.status == 200, "\(answer.text)")
      }
      let legs = try await client.get("/legs", as: handler).json["items"].array ?? []
      #expect(legs.map { $0["problem_id"].text } == [id])
      #expect(try await client.get("/answered-legs", as: handler).json["items"] == [])
      for (resource, body) in [
        ("acknowledgement", [:]), ("feedback", ["text": "已派人"]),
        ("claim", ["outcome": "solved", "text": "来电了", "evidence": "照片"]),
      ] as [(String, JSON)] {
        let answer = try await client.post("/problems/\(id)/\(resource)", body: body, as: handler)
        #expect(answer.status == 200, "\(answer.text)")
      }
      let checks = try await client.get("/verifications?task=verify", as: office)
      let check = checks.json["items"].array?.first { $0["problem_id"].text == id }
      #expect(check?["has_acted"].bool == false && check?["handlers"].array?.count == 1)
      #expect(try await client.get("/verifications", as: handler).status == 403)
      #expect(try await client.get("/tasks?after=x", as: office).code == "bad_cursor")
    }
  }

  /// Names of people and firms are for tokens that reach into the registers.
  @Test(arguments: Engine.available)
  func search(engine: Engine) async throws {
    try await engine.withSample { test in
      let client = try APIClient(test)
      let office = try await test.account(.office)
      _ = try await test.enterprise()
      let made = try await client.post(
        "/problems", body: ["track": "enterprise", "title": "锅炉停炉", "concerns": "某厂"],
        as: office)
      let boiler = "%E9%94%85%E7%82%89"
      let found = try await client.get("/problem-search?q=\(boiler)", as: office)
      let id = try #require(made.json["id"].text)
      #expect(found.json["problems"].array?.contains { $0["id"].text == id } == true)
      let flour = "/name-search?q=%E9%9D%A2%E7%B2%89"
      let names = try await client.get(flour, as: office)
      #expect(names.json["entries"].array?.map { $0["kind"].text } == ["enterprise"])
      let narrow = try await client.token(of: office, [TokenScope(.organisation, writes: false)])
      let less = try await client.get(
        flour, as: nil, headers: [.authorization: "Bearer \(narrow.text)"])
      #expect(less.status == 200 && less.json["entries"] == [])
    }
  }
}
