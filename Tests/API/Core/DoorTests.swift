import API
import Cryptography
import Domain
import HTTPTypes
import Services
import Storage
import TestSupport
import Testing

/// What stands before every endpoint: token, scope, limits, form, and the key by which things are done once.
@Suite struct DoorTests {
  @Test func tokensAndScopes() async throws {
    try await Engine.sqlite.withSample { test in
      let client = try APIClient(test)
      let office = try await test.account(.office)
      let none = try await client.get("/problems", as: nil)
      #expect(none.status == 401 && none.code == "no_token")
      #expect(none.headers[.wwwAuthenticate] == "Bearer")
      func get(_ header: String, _ path: String = "/problems") async throws -> APIClient.Answer {
        try await client.get(path, as: nil, headers: [.authorization: header])
      }
      let reading = try await client.token(of: office, [TokenScope(.problems, writes: false)])
      #expect(try await get("bearer \(reading.text)").status == 200)
      for header in [
        "", "Bearer", "Basic \(reading.text)", "Bearer x\(reading.text)", "Bearer lbt_",
      ] {
        #expect(try await get(header).status == 401, "\(header)")
      }
      let other = try await client.token(of: office, [TokenScope(.orders, writes: true)])
      let narrow = try await get("Bearer \(other.text)")
      #expect(narrow.status == 403 && narrow.code == "scope")
      #expect(narrow.json["title"].text?.contains("problems:read") == true)
      let writing = try await client.post(
        "/problems", body: ProblemEndpointTests.body(), as: nil,
        headers: [.authorization: "Bearer \(reading.text)"])
      #expect(writing.status == 403 && writing.code == "scope")
    }
  }

  @Test func whatIsNoRequest() async throws {
    try await Engine.sqlite.withSample { test in
      let client = try APIClient(test)
      let office = try await test.account(.office)
      func post(_ text: String, _ type: String = "application/json") async throws
        -> APIClient.Answer
      {
        try await client.send(
          .post, "/problems", bytes: Array(text.utf8), as: office, [.contentType: type])
      }
      for (text, code) in [
        ("", "bad_json.syntax"), ("{", "bad_json.syntax"), ("[]", "bad_body"),
        (String(repeating: "[", count: 50_000), "bad_json.depth"),
        (#"{"title":"\u0000"}"#, "bad_json.nul"), ("{\"a\":1,\"a\":1}", "bad_json.double_name"),
        ("{\"a\":1e999}", "bad_json.number_range"),
      ] {
        let answer = try await post(text)
        #expect(answer.status == 400 && answer.code == code, "\(text.prefix(20)): \(answer.text)")
      }
      let latin = try await client.send(
        .post, "/problems", bytes: [0x22, 0xE9, 0x22], as: office,
        [.contentType: "application/json"])
      #expect(latin.status == 400 && latin.code == "bad_json.encoding")
      #expect(try await post("{}", "text/plain").status == 415)
      // What would be passed over is refused.
      for (text, status) in [("{}", 404), ("null", 404), ("{\"text\":\"x\"}", 400), ("x", 400)] {
        let answer = try await client.send(
          .post, "/problems/17/acceptance", bytes: Array(text.utf8), as: office)
        #expect(answer.status == status, "\(text): \(answer.text)")
      }
      let unwanted = try await client.get(
        "/problems", as: office, headers: [.accept: "application/json;q=0, text/html"])
      #expect(unwanted.status == 406)
      #expect(try await post("{}", "").status == 415)
      let large = try await post("\"" + String(repeating: "a", count: 1 << 20) + "\"")
      #expect(large.status == 413)
      let accept = try await client.get("/problems", as: office, headers: [.accept: "text/html"])
      #expect(accept.status == 406)
      let unasked = try await client.get("/problem-search", as: office)
      #expect(unasked.status == 400 && unasked.code == "bad_query")
      #expect(unasked.faults == ["/q missing"])
      for id in ["0", "-1", "017", "abc", "99999999999999999999", "1%00", "%ff"] {
        #expect(try await client.get("/problems/\(id)", as: office).status == 404, "\(id)")
      }
      for (method, path) in [(HTTPRequest.Method.delete, "/problems"), (.put, "/problems/1")] {
        let answer = try await client.ask(method, path, nil, as: office)
        #expect(answer.status == 405 && answer.code == "method")
        #expect(answer.headers[.allow]?.contains("GET") == true)
      }
      // No page of another site may call it (no CORS).
      let preflight = try await client.ask(
        .options, "/problems", nil, as: nil, [.origin: "https://elsewhere.example"])
      #expect(preflight.status == 405)
      #expect(preflight.headers[.accessControlAllowOrigin] == nil)
      #expect(try await client.get("/nowhere", as: office).status == 404)
    }
  }

  @Test func limits() async throws {
    try await Engine.sqlite.withSample { test in
      let client = try APIClient(test, perMinute: 3)
      let office = try await test.account(.office)
      for left in ["2", "1", "0"] {
        let answer = try await client.get("/problems", as: office)
        #expect(answer.status == 200 && answer.headers[.rateLimitLeft] == left)
        #expect(answer.headers[.rateLimit] == "3")
      }
      let over = try await client.get("/problems", as: office)
      #expect(over.status == 429 && over.code == "too_many")
      #expect(over.headers[.retryAfter].flatMap { Int($0) }.map { (1...20).contains($0) } == true)
      let other = try await test.account(.office)
      #expect(try await client.get("/problems", as: other).status == 200)
    }
  }

  /// The same request under the same key is one problem; and one answer.
  @Test(arguments: Engine.available)
  func keys(engine: Engine) async throws {
    try await engine.withSample { test in
      let client = try APIClient(test)
      let office = try await test.account(.office)
      let body = ProblemEndpointTests.body()
      func post(
        _ body: JSON, _ key: String = "k-1", as account: Account
      ) async throws -> APIClient.Answer {
        try await client.post(
          "/problems", body: body, as: account, headers: [.idempotencyKey: key])
      }
      let first = try await post(body, as: office)
      let second = try await post(body, as: office)
      #expect(first.status == 201 && second.status == 201)
      #expect(second.text == first.text && second.headers[.location] == first.headers[.location])
      #expect(second.tag == first.tag)
      let reused = try await post(ProblemEndpointTests.body("别的"), as: office)
      #expect(reused.status == 422 && reused.code == "key_used")
      // Another's key is another key.
      let other = try await test.account(.office)
      #expect(try await post(body, as: other).json["id"].text != first.json["id"].text)
      // What failed may be tried again under its key.
      let bad: JSON = ["track": "village", "title": "a", "concerns": "没有的村"]
      #expect(try await post(bad, "k-2", as: office).status == 422)
      #expect(try await post(bad, "k-2", as: office).status == 422)
      for key in ["", String(repeating: "k", count: 256)] {
        #expect(try await post(body, key, as: office).code == "bad_key")
      }
      // After a day the key is free again.
      let claim = ClaimRows.Claim(
        account: office.id, key: .sha256(Array("k-1".utf8)), request: .sha256([]))
      for (seconds, isThere) in [(86_400, true), (1, false)] {
        test.advance(seconds: Int64(seconds))
        try await RemoveOld(test.platform)(.claims)
        let found = try await test.platform.database.read {
          try ClaimRows.find(claim, test.platform.vault, in: $0)
        }
        #expect((found != nil) == isThere)
      }
    }
  }

  /// Many at once under one key: one of them does it.
  @Test(arguments: Engine.available)
  func keysAtOnce(engine: Engine) async throws {
    try await engine.withSample { test in
      let office = try await test.account(.office)
      let claim = ClaimRows.Claim(
        account: office.id, key: .sha256(Array("k".utf8)), request: .sha256([]))
      let registration = Registration(
        track: "village", title: "一次", detail: "", concerns: "河湾村", foundOn: "")
      let ids = try await withThrowingTaskGroup(of: String?.self) { group in
        for _ in 0..<8 {
          group.addTask {
            do {
              return try await DoOnce(test.platform)(claim) { platform in
                let id = try await RegisterProblem(platform)(registration, by: office)
                return ClaimRows.Answer(status: 201, text: "\(id)")
              }.answer.text
            } catch DoOnce.Refusal.underWay { return nil }
          }
        }
        return try await group.reduce(into: [String?]()) { $0.append($1) }
      }
      #expect(Set(ids.compactMap { $0 }).count == 1)
      let count = try await test.platform.database.read { connection in
        try connection.row("select count(*) from problems where title = '一次'", []) {
          try $0.int(0)
        }
      }
      #expect(count == 1)
    }
  }
}
