import API
import Domain
import HTTPTypes
import Services
import TestSupport
import Testing

/// Visits from being planned to what came of them, as programs have them. It is Friday, 2026-11-20.
@Suite struct VisitEndpointTests {
  @Test(arguments: Engine.available)
  func plannedMovedAndHeld(engine: Engine) async throws {
    try await engine.withSample { test in
      let world = try await RegisterWorld(test)
      let client = try APIClient(test)
      let mill = try await world.enterprise("清河面粉有限公司")
      let water = try await test.account(.handler, unit: "清河县水利局")
      let enterprise = try await test.account(.enterprise, enterprise: mill)
      let foreign = try await test.account(.countyOffice, unit: "示例市/白塔县")
      func wish(_ day: String) -> JSON {
        [
          "enterprise_id": .text(mill.description), "day": .text(day), "kind": "call",
          "purpose": "了解用工",
        ]
      }
      let prepared = try await client.get("/enterprises/\(mill)/visit-preparation", as: water)
      #expect(prepared.json["load"].int == 0)
      #expect(try await client.post("/visits", body: wish("2026-11-24"), as: foreign).status == 404)
      let made = try await client.post("/visits", body: wish("2026-11-24"), as: water)
      #expect(made.status == 201)
      let id = try #require(made.json["id"].text)
      #expect(try await client.get("/visits/\(id)", as: foreign).status == 404)
      let twice = try await client.post("/visits", body: wish("2026-11-24"), as: water)
      #expect(twice.status == 422 && twice.reasons == ["doubled"])
      let path = "/visits/\(id)"
      let proposal: JSON = ["day": "2026-11-25", "part": "afternoon", "text": "盘点"]
      let proposed = try await client.post(path + "/proposal", body: proposal, as: enterprise)
      #expect(proposed.status == 204)
      #expect(try await client.post(path + "/acceptance", as: water).status == 204)
      let early = try await client.post(path + "/result", body: ["text": "好"], as: water)
      #expect(early.status == 422 && early.reasons == ["not_yet"])
      test.set("2026-11-25 17:00")
      // The token of that day is over.
      let later = try APIClient(test)
      #expect(try await later.post(path + "/result", body: ["text": "好"], as: water).status == 204)
      let shown = try await later.get(path, as: water).json
      #expect(shown["visit"]["status"].text == "held" && shown["visit"]["part"].text == "afternoon")
      let month = try await later.get("/enterprises/\(mill)/visits?month=2026-11", as: water)
      #expect(month.json["visits"].array?.count == 1 && month.json["load"].int == 1)
      #expect(try await later.get("/visits?month=2026-13", as: water).status == 422)
      #expect(try await later.get("/silent-enterprises?limit=1", as: water).status == 200)
    }
  }

  @Test(arguments: Engine.available)
  func anEnterprisesOwn(engine: Engine) async throws {
    try await engine.withSample { test in
      let world = try await RegisterWorld(test)
      let client = try APIClient(test)
      let mill = try await world.enterprise("清河面粉有限公司")
      let enterprise = try await test.account(.enterprise, enterprise: mill)
      let office = try await test.account(.office)
      let quiet: JSON = ["until": "2026-12-20", "note": "停产检修"]
      #expect(try await client.put("/own/quiet-time", body: quiet, as: enterprise).status == 204)
      let asked = try await client.post(
        "/own/visits", body: ["day": "2026-11-23", "purpose": "用工"], as: enterprise)
      #expect(asked.status == 201)
      let own = try await client.get("/own/visits?month=2026-11", as: enterprise).json
      #expect(own["quiet"]["to"].text == "2026-12-20")
      #expect(own["coming"].array?.first?["visit"]["id"] == asked.json["id"])
      #expect(try await client.delete("/own/quiet-time", as: enterprise).status == 204)
      #expect(try await client.get("/own/visits", as: office).status == 403)
      let open = try await client.get("/visits?limit=1", as: office).json["items"].array
      #expect(open?.first?["status"].text == "asked")
    }
  }
}
