import API
import Domain
import Services
import TestSupport
import Testing

/// Accounts in the hands of the three administrators' programs, and a token's own account.
@Suite struct AccountEndpointTests {
  @Test(arguments: Engine.available)
  func fromInvitationToClosure(engine: Engine) async throws {
    try await engine.withSample { test in
      let client = try APIClient(test)
      let system = try await test.account(.systemAdministrator)
      let security = try await test.account(.securityAdministrator)
      let auditor = try await test.account(.auditAdministrator)
      let wish: JSON = ["role": "handler", "unit": "清河县水利局", "name": "王五"]
      let invited = try await client.post("/accounts", body: wish, as: system)
      #expect(invited.status == 201 && invited.json["waits_for_grant"].bool == true)
      #expect(invited.json["path"].text?.hasPrefix("/invitation/") == true)
      let id = try #require(invited.json["id"].text)
      let nobody: JSON = ["role": "handler", "unit": "无此单位", "name": "王五"]
      let refused = try await client.post("/accounts", body: nobody, as: system)
      #expect(refused.status == 422 && refused.reasons == ["unknown_unit"])
      let waiting = try await client.get("/accounts?state=waiting", as: system).json["items"].array
      #expect(waiting?.map { $0["id"].text } == [id])
      try await granted(id, client, system, security)
      #expect(try await client.post("/accounts/\(id)/link", as: system).status == 200)
      let own = try await client.post("/accounts/\(system.id)/closure", as: system)
      #expect(own.status == 422 && own.reasons == ["own_account"])
      #expect(try await client.post("/accounts/\(id)/closure", as: system).status == 204)
      let audit = try await client.get("/audit?sort=right&limit=2", as: auditor).json
      #expect(audit["items"].array?.count == 2 && audit["next"].text != nil)
      #expect(try await client.get("/audit?person=nobody", as: auditor).status == 404)
      // 三员分立: none does another's work.
      #expect(try await client.get("/audit", as: system).status == 403)
      #expect(try await client.post("/accounts", body: wish, as: security).status == 403)
      #expect(try await client.get("/grants", as: system).status == 403)
      let office = try await test.account(.office)
      #expect(try await client.get("/accounts", as: office).status == 403)
    }
  }

  private func granted(
    _ id: String, _ client: APIClient, _ system: Account, _ security: Account
  ) async throws {
    let request = try #require(
      try await client.get("/grants", as: security).json["items"].array?.first)
    #expect(request["account_id"].text == id && request["seat"]["role"].text == "handler")
    let asked = try #require(request["asked_at"].text)
    let other: JSON = ["asked_at": "2020-01-01T00:00:00Z", "granted": true]
    let late = try await client.post("/grants/\(id)/decision", body: other, as: security)
    #expect(late.reasons == ["nothing_waits"])
    let decision: JSON = ["asked_at": .text(asked), "granted": true]
    #expect(
      try await client.post("/grants/\(id)/decision", body: decision, as: security).status == 204)
    let shown = try await client.get("/accounts/\(id)", as: system).json
    #expect(shown["state"].text == "invited" && shown["waits_for"] == .null)
  }

  @Test(arguments: Engine.available)
  func aTokenEndsItself(engine: Engine) async throws {
    try await engine.withSample { test in
      let client = try APIClient(test)
      let clerk = try await test.account(.villageClerk, unit: "河湾村")
      let own = try await client.get("/own/account", as: clerk).json
      #expect(own["account"]["id"].text == clerk.id.description)
      #expect(own["scopes"].array?.contains("problems:write") == true)
      #expect(try await client.delete("/own/token", as: clerk).status == 204)
      #expect(try await client.get("/own/account", as: clerk).status == 401)
    }
  }
}
