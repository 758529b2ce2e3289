import API
import Domain
import Services
import TestSupport
import Testing

/// Links to other instances, offered and closed by a program.
@Suite struct LinkEndpointTests {
  private static let offer: JSON = ["name": "省级", "role": "lower", "url": "https://a.example"]

  @Test(arguments: Engine.available)
  func offeredAndClosed(engine: Engine) async throws {
    try await engine.withSample { test in
      let client = try APIClient(test)
      let office = try await test.account(.office)
      let offered = try await client.post("/link-offers", body: Self.offer, as: office)
      #expect(offered.status == 201)
      #expect(offered.json["code"].text?.hasPrefix("https://a.example#") == true)
      let taken = try await client.post("/link-offers", body: Self.offer, as: office)
      #expect(taken.status == 422 && taken.reasons == ["name_taken"])
      let line = try #require(
        try await client.get("/links", as: office).json["items"].array?.first)
      #expect(line["state"].text == "offered" && line["is_alarming"].bool == false)
      let id = try #require(line["id"].text)
      let shown = try await client.get("/links/\(id)", as: office).json
      #expect(shown["peer"] == .null && shown["proofs_hold"].bool == true)
      // This instance calls nobody.
      let joining: JSON = ["code": "x", "name": "y", "url": "https://a.example"]
      #expect(try await client.post("/links", body: joining, as: office).status == 404)
      for _ in 0..<2 {
        #expect(try await client.post("/links/\(id)/closure", as: office).status == 204)
      }
      #expect(
        try await client.get("/links/\(id)", as: office).json["state"].text == "closed")
      #expect(try await client.get("/links/17", as: office).status == 404)
    }
  }

  /// A role that was taken away takes the right with it, whatever the token's scopes say.
  @Test func theRightIsTheAccounts() async throws {
    try await Engine.sqlite.withSample { test in
      let client = try APIClient(test)
      let handler = try await test.account(.handler, unit: "清河县水利局")
      for path in ["/links", "/links/17"] {
        #expect(try await client.get(path, as: handler).status == 403)
      }
      #expect(try await client.post("/link-offers", body: Self.offer, as: handler).status == 403)
      #expect(throws: UseCaseError.self) { try KeepLinks(test.platform, by: handler) }
    }
  }
}
