import API
import Cryptography
import Domain
import Services
import Storage
import TestSupport
import Testing

/// The three orders, batches and look-back samples, as programs have them.
@Suite struct OrderEndpointTests {
  @Test(arguments: Engine.available)
  func ordersAreIssuedReviewedAndRevoked(engine: Engine) async throws {
    try await engine.withSample { test in
      let client = try APIClient(test)
      let office = try await test.account(.office)
      let director = try await test.account(.director)
      let handler = try await test.account(.handler, unit: "清河县水利局")
      let problem = try await ListProblems(test.platform)(
        ProblemFilter(), before: nil, for: office
      ).items[0].id
      let unit = try await FindUnit(test.platform)("清河县水利局")
      let now = test.platform.now()
      let draft = try await test.platform.database.write { connection in
        try OrderHistory.draft(
          .sample(.accountability, of: problem, to: unit), series: "许帮村问", at: now, by: .system,
          in: connection
        ).id
      }
      func list(_ query: String, as account: Account) async throws -> [String?] {
        let answer = try await client.get("/orders?" + query, as: account)
        return answer.json["items"].array?.map { $0["id"].text } ?? []
      }
      #expect(try await list("state=draft", as: office) == [draft.description])
      #expect(try await list("state=review", as: office).isEmpty)
      #expect(try await list("", as: handler).isEmpty)
      let shown = try await client.get("/orders/\(draft)", as: office)
      #expect(shown.json["content"]["demand"].text == "修复机井，恢复浇灌。")
      #expect(shown.json["order"]["number"] == .null && shown.tag.hasPrefix("\"1-"))
      // What is no more than a draft is nobody else's.
      #expect(try await client.get("/orders/\(draft)", as: handler).status == 404)
      func act(
        _ resource: String, _ body: JSON?, as account: Account
      ) async throws -> APIClient.Answer {
        try await client.post("/orders/\(draft)/\(resource)", body: body, as: account)
      }
      let early = try await act("issuance", nil, as: office)
      #expect(early.status == 422 && early.reasons == ["director_only"])
      let issued = try await act("issuance", nil, as: director)
      #expect(issued.status == 200 && issued.json["state"].text == "issued")
      #expect(issued.json["number"].text == "许帮村问〔2026〕000001号")
      let asked = try await act("review-request", ["grounds": "已办结"], as: handler)
      #expect(asked.status == 200 && asked.json["review"]["grounds"].text == "已办结")
      #expect(try await list("state=review", as: office) == [draft.description])
      let decided = try await act(
        "review-decision", ["decision": "upheld", "text": "维持"], as: director)
      #expect(decided.json["review"]["decision"].text == "upheld")
      let revoked = try await act("revocation", ["reason": "重复"], as: director)
      #expect(revoked.status == 200 && revoked.json["id"].text != draft.description)
      let over = try await act("dismissal", ["reason": "x"], as: director)
      #expect(over.status == 422 && over.reasons == ["wrong_state"])
      #expect(try await client.get("/orders?unit=nowhere", as: office).status == 422)
    }
  }

  @Test(arguments: Engine.available)
  func batches(engine: Engine) async throws {
    try await engine.withSample { test in
      let client = try APIClient(test)
      let office = try await test.account(.office)
      let opened = try await client.post(
        "/batches", body: ["track": "village", "title": "机井老化", "cause": "电价"], as: office)
      #expect(opened.status == 201)
      let id = try #require(opened.json["id"].text)
      let numbers =
        try await client.get("/problems?track=village&limit=2", as: office)
        .json["items"].array?.compactMap { $0["number"].int } ?? []
      #expect(numbers.count == 2)
      let joined = try await client.post(
        "/batches/\(id)/memberships",
        body: ["numbers": .array((numbers + [999_999]).map { .int($0) }), "text": "同因"],
        as: office)
      let lines = joined.json["results"].array ?? []
      #expect(lines.map { $0["number"].int } == numbers + [999_999])
      #expect(lines.last?["reasons"] == ["unknown_problem"])
      let batch = try await client.get("/batches/\(id)", as: office)
      #expect(
        batch.json["count"].int == Int64(lines.count { $0["is_done"].bool == true }))
      let preview = try await client.get("/batches/\(id)/previews/close", as: office)
      #expect(preview.status == 200)
      // None was handled: none can be closed, and each says why.
      let closed = try await client.post(
        "/batches/\(id)/closure", body: ["text": "已回访"], as: office)
      #expect(closed.json["results"].array?.allSatisfy { $0["is_done"].bool == false } == true)
      let open = try await client.get("/batches?state=open", as: office).json["items"].array ?? []
      #expect(open.map { $0["id"].text } == [id])
      let handler = try await test.account(.handler, unit: "清河县水利局")
      #expect(try await client.get("/batches/\(id)", as: handler).status == 403)
      #expect(try await client.get("/batches/\(id)/previews/burn", as: office).status == 404)
      let track = try await client.post(
        "/batches", body: ["track": "nowhere", "title": "a", "cause": "b"], as: office)
      #expect(track.status == 422 && track.code == "unknown_track")
    }
  }

  @Test(arguments: Engine.available)
  func lookBack(engine: Engine) async throws {
    try await engine.withSample { test in
      let client = try APIClient(test)
      let office = try await test.account(.office)
      let handler = try await test.account(.handler, unit: "清河县水利局")
      func close(_ client: APIClient) async throws {
        let id = try #require(
          try await client.post(
            "/problems", body: ["track": "enterprise", "title": "停电", "concerns": "某厂"],
            as: office
          ).json["id"].text)
        for (resource, body, account) in [
          ("judgement", ["category": "other", "difficulty": "general"], office),
          ("assignment", ["unit": "清河县水利局"], office), ("acknowledgement", [:], handler),
          ("feedback", ["text": "已派人"], handler),
          ("claim", ["outcome": "solved", "text": "来电了", "evidence": "照片"], handler),
          ("verification", ["yes": true, "text": "属实"], office),
        ] as [(String, JSON, Account)] {
          let answer = try await client.post(
            "/problems/\(id)/\(resource)", body: body, as: account)
          #expect(answer.status == 200, "\(resource) \(answer.text)")
        }
        let link = try await client.post("/problems/\(id)/evaluation-link", as: office)
        let token = try #require(link.json["path"].text?.split(separator: "/").last)
        try await EvaluateProblem(test.platform)(
          .init(text: String(token)), rating: .satisfied, text: "")
        #expect(try await client.post("/problems/\(id)/closure", as: office).status == 200)
      }
      try await close(client)
      let november: JSON = ["from": "2026-11-01", "to": "2026-11-30", "share": "50%"]
      let early = try await client.post("/look-backs", body: november, as: office)
      #expect(early.status == 422 && early.reasons == ["open"])
      test.advance(days: 15)
      // Its tokens are of that day alone.
      let later = try APIClient(test)
      try await close(later)
      let preview = try await later.get(
        "/look-back-preview?from=2026-11-01&to=2026-11-30&share=50%25", as: office)
      #expect(preview.json == ["population": 1, "sample": 1, "refusal": nil])
      let drawn = try await later.post("/look-backs", body: november, as: office)
      #expect(drawn.status == 201)
      let id = try #require(drawn.json["id"].text)
      let sample = try await later.get("/look-backs/\(id)", as: office)
      #expect(sample.json["items"].array?.count == 1 && sample.json["population"].int == 1)
      let proof = try await later.get("/look-backs/\(id)/proof", as: office)
      #expect(proof.json == ["holds": true, "findings": []])
      #expect(try await later.get("/look-backs", as: office).json["items"].array?.count == 1)
      #expect(try await later.get("/look-backs/7", as: office).status == 404)
      #expect(try await later.get("/look-backs/\(id)", as: handler).status == 403)
      let share = try await later.get(
        "/look-back-preview?from=2026-11-01&to=2026-11-30&share=all", as: office)
      #expect(share.status == 422 && share.faults == ["/share format"])
    }
  }
}
