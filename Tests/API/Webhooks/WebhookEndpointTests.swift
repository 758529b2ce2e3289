import API
import Domain
import Services
import TestSupport
import Testing

/// Webhooks as a program keeps them.
@Suite struct WebhookEndpointTests {
  private static let wish: JSON = [
    "name": "水利局系统", "address": "https://hooks.example/in?key=tell-nobody",
  ]

  @Test(arguments: Engine.available)
  func fromMakingToRemoving(engine: Engine) async throws {
    try await engine.withSample { test in
      let client = try APIClient(test)
      let owner = try await test.account(.handler, unit: "清河县水利局")
      let made = try await client.post("/webhooks", body: Self.wish, as: owner)
      let (id, secret) = (made.json["id"].text ?? "", made.json["secret"].text ?? "")
      #expect(made.status == 201 && secret.hasPrefix("whsec_"))
      let path = "/webhooks/\(id)"
      // Shown once.
      for address in [path, "/webhooks"] {
        let shown = try await client.get(address, as: owner)
        #expect(shown.status == 200 && !shown.text.contains(secret))
      }
      #expect(try await client.post("\(path)/test", as: owner).status == 200)
      let deliveries = try await client.get("\(path)/deliveries?state=waiting", as: owner).json
      let delivery = try #require(deliveries["items"].array?.first?["id"].text)
      let again = "\(path)/deliveries/\(delivery)/redelivery"
      #expect(try await client.post(again, as: owner).status == 204)
      let changed: JSON = [
        "name": "新名字", "address": "https://hooks.example/", "kinds": ["problem.closed"],
      ]
      #expect(try await client.put(path, body: changed, as: owner).status == 204)
      #expect(try await client.get(path, as: owner).json["kinds"] == ["problem.closed"])
      let inside: JSON = ["name": "x", "address": "https://127.0.0.1/"]
      let refused = try await client.put(path, body: inside, as: owner)
      #expect(refused.reasons == ["address_private"])
      let rotated = try await client.post("\(path)/rotation", as: owner)
      #expect(rotated.json["secret"].text != secret)
      #expect(try await client.post("\(path)/pause", as: owner).status == 204)
      let paused = try await client.post("\(path)/test", as: owner)
      #expect(paused.status == 422 && paused.reasons == ["wrong_state"])
      #expect(
        try await client.post("\(path)/resumption", body: ["from": "now"], as: owner).status == 204)
      #expect(try await client.delete(path, as: owner).status == 204)
      #expect(try await client.get(path, as: owner).status == 404)
    }
  }

  @Test func othersAndTheAdministrator() async throws {
    try await Engine.sqlite.withSample { test in
      let client = try APIClient(test)
      let owner = try await test.account(.office)
      let made = try await client.post("/webhooks", body: Self.wish, as: owner)
      let id = try #require(made.json["id"].text)
      let other = try await test.account(.office)
      for path in ["/webhooks/\(id)", "/webhooks/\(id)/deliveries"] {
        #expect(try await client.get(path, as: other).status == 404)
      }
      #expect(try await client.post("/webhooks/\(id)/rotation", as: other).status == 404)
      #expect(try await client.get("/overseen-webhooks", as: other).status == 403)
      let administrator = try await test.account(.systemAdministrator)
      #expect(try await client.get("/webhooks", as: administrator).status == 403)
      let all = try await client.get("/overseen-webhooks", as: administrator)
      #expect(all.json["items"].array?.map { $0["id"].text } == [id])
      #expect(!all.text.contains("tell-nobody"))
      let off = "/overseen-webhooks/\(id)/switching-off"
      #expect(try await client.post(off, as: administrator).status == 204)
      #expect(try await client.post(off, as: administrator).reasons == ["wrong_state"])
      #expect(
        try await client.get("/webhooks/\(id)", as: owner).json["reason"].text == "administrator")
    }
  }
}
