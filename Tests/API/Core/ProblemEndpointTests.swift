import API
import Cryptography
import Domain
import HTTPTypes
import Services
import TestSupport
import Testing

/// The register of problems and the loop, as programs have them.
@Suite struct ProblemEndpointTests {
  static func body(_ title: String = "机耕路损毁") -> JSON {
    ["track": "village", "title": .text(title), "concerns": "河湾村", "detail": "雨后不通车"]
  }

  /// From registration to closure by resources; each answer is held against the document.
  @Test(arguments: Engine.available)
  func theWholeLoop(engine: Engine) async throws {
    try await engine.withSample { test in
      let client = try APIClient(test)
      let office = try await test.account(.office)
      let handler = try await test.account(.handler, unit: "清河县水利局")
      let village = try await test.account(.handler, unit: "柳林镇/河湾村")
      let made = try await client.post("/problems", body: Self.body(), as: office)
      #expect(made.status == 201)
      let id = try #require(made.json["id"].text)
      #expect(made.headers[.location] == "/api/v1/problems/\(id)")
      func act(
        _ resource: String, _ body: JSON? = nil, as account: Account, state: String
      ) async throws {
        let answer = try await client.post(
          "/problems/\(id)/\(resource)", body: body, as: account)
        #expect(answer.status == 200 && answer.json["state"].text == state, "\(answer.text)")
      }
      try await act("acceptance", as: office, state: "accepted")
      try await act(
        "judgement", ["category": "infrastructure", "difficulty": "general"], as: office,
        state: "judged")
      try await act("assignment", ["unit": "清河县水利局"], as: office, state: "assigned")
      try await act("acknowledgement", [:], as: handler, state: "acknowledged")
      try await act("feedback", ["text": "已派人"], as: handler, state: "in_progress")
      try await act(
        "claim", ["outcome": "solved", "text": "修好了", "evidence": "照片"], as: handler,
        state: "in_progress")
      try await act("answer", ["leg": 2, "text": "通车了"], as: village, state: "claimed")
      try await act("verification", ["yes": true, "text": "属实"], as: office, state: "verified")
      // The asker rates by a link of their own, which no program has.
      let link = try await IssueEvaluationLink(test.platform)(
        ProblemID(try #require(Int64(id))), by: office)
      try await EvaluateProblem(test.platform)(link, rating: .satisfied, text: "")
      try await act("closure", as: office, state: "closed")
      let steps =
        try await client.get("/problems/\(id)/steps", as: office).json["items"].array ?? []
      #expect(steps.first?["kind"].text == "problem.registered")
      #expect(steps.last?["kind"].text == "problem.closed")
      // The handler reads neither ratings nor what is for the office.
      let seen = try await client.get("/problems/\(id)", as: handler).json
      #expect(seen["rounds"].array?.first?["rating"] == .null)
      #expect(seen["state"].text == "closed")
      // Who rated has no name, and which problem was rated how is not told by a figure's list either.
      let rated = steps.first { $0["kind"].text == "problem.evaluated" }
      #expect(rated != nil && rated?["actor"] == .null)
      let list = "/figures/satisfaction/problems?slice=numerator"
      #expect(try await client.get(list, as: handler).status == 403)
      let ratings = try await client.get(list, as: office)
      #expect(ratings.json["items"].array?.compactMap { $0["problem"]["id"].text } == [id])
      let total = try await client.get("/figures/satisfaction", as: handler)
      #expect(total.status == 200)
    }
  }

  @Test func refusalsSayWhy() async throws {
    try await Engine.sqlite.withSample { test in
      let client = try APIClient(test)
      let office = try await test.account(.office)
      let handler = try await test.account(.handler, unit: "清河县水利局")
      let id = try #require(
        try await client.post("/problems", body: Self.body(), as: office).json["id"].text)
      let early = try await client.post("/problems/\(id)/closure", as: office)
      #expect(early.status == 422 && early.reasons == ["wrong_state"])
      #expect(early.json["reasons"].array?.first?["detail"].text?.isEmpty == false)
      // Nothing of another's problem is there, whatever is asked of it.
      for path in ["/problems/\(id)", "/problems/\(id)/steps"] {
        #expect(try await client.get(path, as: handler).status == 404)
      }
      let foreign = try await client.post(
        "/problems/\(id)/feedback", body: ["text": "x"], as: handler)
      #expect(foreign.status == 404)
      let faulty = try await client.post(
        "/problems", body: ["track": "village", "title": "", "concerns": "河湾村", "colour": "red"],
        as: office)
      #expect(faulty.status == 400 && faulty.faults == ["/title too_short", "/colour unknown"])
      let nowhere = try await client.post(
        "/problems", body: ["track": "village", "title": "a", "concerns": "没有的村"], as: office)
      #expect(nowhere.status == 422 && nowhere.reasons == ["concerns.unknown"])
    }
  }

  /// If-None-Match and If-Match (RFC 9110, 13.1).
  @Test(arguments: Engine.available)
  func versions(engine: Engine) async throws {
    try await engine.withSample { test in
      let client = try APIClient(test)
      let office = try await test.account(.office)
      let id = try #require(
        try await client.post("/problems", body: Self.body(), as: office).json["id"].text)
      let first = try await client.get("/problems/\(id)", as: office)
      #expect(first.tag.hasPrefix("\"1-"))
      let again = try await client.get(
        "/problems/\(id)", as: office, headers: [.ifNoneMatch: "\"0\", W/\(first.tag)"])
      #expect(again.status == 304 && again.text.isEmpty && again.tag == first.tag)
      let accepted = try await client.post(
        "/problems/\(id)/acceptance", as: office, headers: [.ifMatch: first.tag])
      #expect(accepted.status == 200 && accepted.tag == "\"2\"")
      let judgement: JSON = ["category": "infrastructure", "difficulty": "general"]
      let late = try await client.post(
        "/problems/\(id)/judgement", body: judgement, as: office, headers: [.ifMatch: first.tag])
      #expect(late.status == 409 && late.code == "changed")
      let changes = late.json["changes"].array ?? []
      #expect(changes.map { $0["kind"].text } == ["problem.accepted"])
      #expect(changes.map { $0["version"].int } == [2])
      let any = try await client.post(
        "/problems/\(id)/judgement", body: judgement, as: office, headers: [.ifMatch: "*"])
      #expect(any.status == 200)
      let broken = try await client.post(
        "/problems/\(id)/judgement", body: judgement, as: office, headers: [.ifMatch: "abc"])
      #expect(broken.status == 422 && broken.code == "bad_etag")
      // Where no version is looked at, nobody is left to believe that it was.
      let source: JSON = ["track": "village", "title": "共性问题", "cause": "同一原因"]
      let vain = try await client.post(
        "/batches", body: source, as: office, headers: [.ifMatch: first.tag])
      #expect(vain.status == 400 && vain.code == "no_if_match")
      // What may be done depends on the time, which ends a tag as a deed does.
      let fresh = try await client.get("/problems/\(id)", as: office)
      test.advance(seconds: 900)
      let later = try await client.get(
        "/problems/\(id)", as: office, headers: [.ifNoneMatch: fresh.tag])
      #expect(later.status == 200 && later.tag != fresh.tag)
      let another = try await test.account(.director)
      let theirs = try await client.get(
        "/problems/\(id)", as: another, headers: [.ifNoneMatch: later.tag])
      #expect(theirs.status == 200)
      // Who may not see it is not told by a 304 that it is there.
      let handler = try await test.account(.handler, unit: "清河县水利局")
      let hidden = try await client.get(
        "/problems/\(id)", as: handler, headers: [.ifNoneMatch: "*"])
      #expect(hidden.status == 404)
    }
  }

  /// Pages add up to the whole, each once; filters are those of the page.
  @Test(arguments: Engine.available)
  func pagesAndFilters(engine: Engine) async throws {
    try await engine.withSample { test in
      let client = try APIClient(test)
      let office = try await test.account(.office)
      for number in 0..<7 {
        #expect(
          try await client.post("/problems", body: Self.body("路\(number)"), as: office).status
            == 201)
      }
      var (titles, path): ([String], String?) = (
        [], "/problems?limit=3&fields=id,title&sort=newest"
      )
      while let next = path {
        let page = try await client.get(next, as: office)
        let items = page.json["items"].array ?? []
        #expect(items.count <= 3)
        for item in items {
          guard case .object(let members) = item else { continue }
          #expect(Set(members.keys) == ["id", "title"])
        }
        titles += items.compactMap { $0["title"].text }
        path = page.json["next"].text.map {
          "/problems?limit=3&fields=id,title&sort=newest&after=\($0)"
        }
        if let path {
          #expect(page.headers[.init("Link")!] == "</api/v1\(path)>; rel=\"next\"")
        }
      }
      #expect(titles.prefix(7) == ["路6", "路5", "路4", "路3", "路2", "路1", "路0"])
      #expect(Set(titles).count == titles.count)
      let found = try await client.get("/problems?text=路3", as: office)
      #expect(found.json["items"].array?.map { $0["title"].text } == ["路3"])
      for (query, faults) in [
        ("state=nowhere", ["/state choice"]), ("limit=0", ["/limit too_small"]),
        ("limit=201", ["/limit too_large"]), ("limit=x", ["/limit type"]),
        ("colour=red", ["/colour unknown"]), ("found_from=2026-02-30", ["/found_from format"]),
        ("fields=id,colour", ["/fields/1 choice"]), ("fields=", ["/fields/0 choice"]),
        ("state=closed&state=closed", ["/state too_long"]),
      ] {
        let answer = try await client.get("/problems?" + query, as: office)
        #expect(answer.status == 400 && answer.faults == faults, "\(query): \(answer.text)")
      }
      #expect(try await client.get("/problems?text=%ff", as: office).status == 400)
      let after = try await client.get("/problems?after=%E8%B7%AF", as: office)
      #expect(after.status == 422 && after.faults == ["/after format"])
    }
  }
}
