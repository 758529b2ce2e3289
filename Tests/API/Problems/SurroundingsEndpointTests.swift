import API
import Cryptography
import Domain
import HTTPTypes
import Services
import TestSupport
import Testing

/// What else there is to a problem: parts, likeness, the rating link, attachments, many at once, files and views.
@Suite struct SurroundingsEndpointTests {
  private static func problem(_ title: String) -> JSON {
    ["track": "village", "title": .text(title), "concerns": "河湾村"]
  }

  private static func register(
    _ title: String, _ client: APIClient, _ office: Account
  ) async throws -> String {
    let made = try await client.post("/problems", body: problem(title), as: office)
    return try #require(made.json["id"].text)
  }

  @Test(arguments: Engine.available)
  func partsAndLikeness(engine: Engine) async throws {
    try await engine.withSample { test in
      let client = try APIClient(test)
      let office = try await test.account(.office)
      let whole = try await Self.register("机耕路损毁，涵洞堵塞", client, office)
      let split = try await client.post(
        "/problems/\(whole)/parts", body: ["title": "涵洞堵塞", "reason": "两件事"], as: office)
      #expect(split.status == 201)
      let part = try #require(split.json["id"].text)
      #expect(split.headers[.location] == "/api/v1/problems/\(part)")
      #expect(
        try await client.get("/problems/\(part)", as: office).json["title"].text == "涵洞堵塞")
      let found = try await client.get(
        "/similar-problems?title=%E6%B6%B5%E6%B4%9E%E5%A0%B5%E5%A1%9E&track=village", as: office)
      #expect(found.json["open"].array?.contains { $0["id"].text == part } == true)
      let precedents = try await client.get("/problems/\(whole)/precedents", as: office)
      #expect(precedents.status == 200)
      // Not verified yet: there is nothing to rate.
      let link = try await client.post("/problems/\(whole)/evaluation-link", as: office)
      #expect(link.status == 422 && link.reasons == ["wrong_state"])
      #expect(try await client.get("/problems/\(whole)/asker", as: office).status == 200)
      let handler = try await test.account(.handler, unit: "清河县水利局")
      let foreign = try await client.post(
        "/problems/\(whole)/parts", body: ["title": "x", "reason": "y"], as: handler)
      #expect(foreign.status == 404)
    }
  }

  @Test(arguments: Engine.available)
  func attachments(engine: Engine) async throws {
    try await engine.withSample { test in
      let folder = ScratchFolder()
      let client = try APIClient(test, files: folder.path)
      let office = try await test.account(.office)
      let id = try await Self.register("机井损坏", client, office)
      let text = Array("水泵已换。\n".utf8)
      func add(_ bytes: [UInt8], as account: Account) async throws -> APIClient.Answer {
        try await client.send(
          .post, "/problems/\(id)/attachments?name=note.txt", bytes: bytes, as: account)
      }
      let made = try await add(text, as: office)
      #expect(made.status == 201 && made.json["name"].text == "note.txt")
      let file = try #require(made.json["id"].text)
      // The same content is the same attachment.
      #expect(try await add(text, as: office).json["id"].text == file)
      let list = try await client.get("/problems/\(id)/attachments", as: office)
      #expect(list.json["items"].array?.map { $0["id"].text } == [file])
      let read = try await client.get("/attachments/\(file)/content", as: office)
      #expect(read.status == 200 && Array(read.text.utf8) == text)
      #expect(read.headers[.contentType] == "text/plain")
      let drawing = try await add(Array("<svg onload='x()'/>".utf8), as: office)
      #expect(drawing.status == 422 && drawing.reasons == ["active"])
      let handler = try await test.account(.handler, unit: "清河县水利局")
      for path in ["/problems/\(id)/attachments", "/attachments/\(file)/content"] {
        #expect(try await client.get(path, as: handler).status == 404, "\(path)")
      }
      #expect(try await add(text, as: handler).status == 404)
      let gone = try await client.post(
        "/attachments/\(file)/withdrawal", body: ["reason": "重复"], as: office)
      #expect(gone.status == 204)
      let twice = try await client.post(
        "/attachments/\(file)/withdrawal", body: ["reason": "重复"], as: office)
      #expect(twice.status == 422 && twice.reasons == ["withdrawn"])
    }
  }

  @Test(arguments: Engine.available)
  func manyAtOnce(engine: Engine) async throws {
    try await engine.withSample { test in
      let client = try APIClient(test)
      let office = try await test.account(.office)
      var nowhere = Self.problem("b")
      if case .object(var members) = nowhere {
        members["concerns"] = "没有的村"
        nowhere = .object(members)
      }
      let registered = try await client.post(
        "/bulk-registrations",
        body: ["problems": [Self.problem("机井一"), nowhere, Self.problem("机井二")]], as: office)
      let results = registered.json["results"].array ?? []
      #expect(results.map { $0["outcome"].text } == ["registered", "refused", "registered"])
      #expect(results[1]["faults"].array?.map { $0["code"].text } == ["unknown"])
      let ids = results.compactMap { $0["id"].text }
      for id in ids {
        #expect(try await client.post("/problems/\(id)/acceptance", as: office).status == 200)
      }
      func deed(_ path: String, _ versions: [Int64]) async throws -> [String?] {
        let picks = zip(ids, versions).map { JSON.object(["id": .text($0), "version": .int($1)]) }
        let answer = try await client.post(
          path,
          body: [
            "problems": .array(picks), "category": "infrastructure", "difficulty": "general",
          ], as: office)
        #expect(answer.status == 200)
        return answer.json["results"].array?.map { $0["outcome"].text } ?? []
      }
      // The preview does nothing; one version is old.
      #expect(try await deed("/bulk-judgement-previews", [2, 2]) == ["done", "done"])
      #expect(try await deed("/bulk-judgements", [2, 1]) == ["done", "changed"])
      #expect(try await deed("/bulk-judgements", [2, 2]) == ["changed", "done"])
      let many = JSON.array(Array(repeating: Self.problem("x"), count: 101))
      let tooMany = try await client.post(
        "/bulk-registrations", body: ["problems": many], as: office)
      #expect(tooMany.status == 400 && tooMany.faults == ["/problems too_long"])
    }
  }

  @Test(arguments: Engine.available)
  func fileAndViews(engine: Engine) async throws {
    try await engine.withSample { test in
      let client = try APIClient(test)
      let office = try await test.account(.office)
      _ = try await Self.register("机井损坏", client, office)
      let file = try await client.get(
        "/problem-export?format=csv&state=registered&cols=track,unit", as: office)
      #expect(file.status == 200 && file.text.contains("机井损坏"))
      #expect(file.headers[.contentType] == "text/csv; charset=utf-8")
      let unknown = try await client.get("/problem-export?cols=colour", as: office)
      #expect(unknown.status == 422)
      #expect(try await client.get("/problem-export?unit=nowhere", as: office).status == 422)
      let saved = try await client.post(
        "/views",
        body: [
          "name": "水利", "filters": ["state": "judged", "unit": "清河县水利局"],
          "columns": ["unit", "left"], "is_default": true,
        ], as: office)
      #expect(saved.status == 201)
      let id = try #require(saved.json["id"].text)
      let views = try await client.get("/views", as: office).json["items"].array ?? []
      #expect(views.map { $0["id"].text } == [id])
      #expect(views[0]["filters"] == ["state": "judged", "unit": "清河县水利局"])
      #expect(views[0]["columns"] == ["unit", "left"] && views[0]["is_default"].bool == true)
      let none = try await client.put("/default-view", body: ["view": nil], as: office)
      #expect(none.status == 204)
      let other = try await test.account(.office)
      #expect(try await client.delete("/views/\(id)", as: other).status == 404)
      #expect(try await client.delete("/views/\(id)", as: office).status == 204)
      let shared = try await client.post(
        "/views", body: ["name": "x", "is_shared": true],
        as: test.account(.handler, unit: "清河县水利局"))
      #expect(shared.status == 422 && shared.reasons == ["may_not_share"])
    }
  }
}
