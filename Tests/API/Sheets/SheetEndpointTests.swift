import API
import Domain
import HTTPTypes
import Services
import TestSupport
import Testing

/// A monthly comment from the draft to the published one, by resources.
@Suite struct SheetEndpointTests {
  @Test(arguments: Engine.available)
  func fromDraftToPublication(engine: Engine) async throws {
    try await engine.withSample { test in
      test.set("2026-12-02 09:00")
      let office = try await test.account(.office)
      let director = try await test.account(.director)
      let county = try await test.account(.countyOffice, unit: "示例市/清河县")
      let handler = try await test.account(.handler, unit: "清河县水利局")
      let client = try APIClient(test)
      let draft: JSON = ["kind": "county", "month": "2026-11"]
      let made = try await client.post("/sheets", body: draft, as: office)
      let id = try #require(made.json["id"].text)
      #expect(made.status == 201)
      // A draft is the office's own.
      #expect(try await client.get("/sheets/\(id)", as: county).status == 404)
      #expect(try await client.post("/sheets", body: draft, as: handler).status == 403)
      let twice = try await client.post("/sheets", body: draft, as: office)
      #expect(twice.status == 422 && twice.reasons == ["under_way"])
      #expect(try await client.post("/sheets/\(id)/preview", as: office).status == 204)
      let objection: JSON = ["text": "数字不对"]
      #expect(
        try await client.post("/sheets/\(id)/objection", body: objection, as: county).status == 204)
      let early = try await client.post("/sheets/\(id)/publication", as: director)
      #expect(early.status == 422 && Set(early.reasons) == ["window_open", "objection_open"])
      let ruling: JSON = ["number": 1, "upheld": false, "reason": "已核对"]
      #expect(
        try await client.post("/sheets/\(id)/ruling", body: ruling, as: director).status == 204)
      test.advance(days: 9)
      try await test.sequence()
      // Tokens of a day have run out.
      try await published(id, try APIClient(test), office, director)
    }
  }

  private func published(
    _ id: String, _ client: APIClient, _ office: Account, _ director: Account
  ) async throws {
    #expect(try await client.post("/sheets/\(id)/publication", as: director).status == 204)
    let shown = try await client.get("/sheets/\(id)", as: office).json
    #expect(shown["state"].text == "published" && shown["digest"].text != nil)
    #expect(shown["objections"].array?.first?["upheld"].bool == false)
    let proof = try await client.get("/sheets/\(id)/proof", as: office).json
    #expect(proof["holds"].bool == true && (proof["compared"].int ?? 0) > 0)
    let file = try await client.get("/sheets/\(id)/file", as: office)
    #expect(file.status == 200 && file.headers[.contentType]?.contains("spreadsheetml") == true)
    #expect(
      try await client.get("/sheets", as: office).json["items"].array?.map { $0["id"].text } == [id]
    )
  }
}
