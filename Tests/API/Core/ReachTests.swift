import API
import Cryptography
import Domain
import HTTPTypes
import Services
import TestSupport
import Testing

/// How far tokens reach, beyond what their accounts may.
@Suite struct ReachTests {
  private func get(
    _ path: String, _ client: APIClient, _ account: Account, _ scopes: String,
    _ headers: HTTPFields = [:]
  ) async throws -> APIClient.Answer {
    let token = try await client.token(of: account, #require(TokenScope.all(in: scopes)))
    var headers = headers
    headers[.authorization] = "Bearer \(token.text)"
    return try await client.get(path, as: nil, headers: headers)
  }

  /// What belongs to a place, and telephone numbers, are the registers', whatever the address.
  @Test func placesAndTheirRegisters() async throws {
    try await Engine.sqlite.withSample { test in
      let client = try APIClient(test)
      let office = try await test.account(.office)
      let village = try await FindUnit(test.platform)("河湾村")
      let narrow = try await get("/units/\(village)", client, office, "organisation:read")
      #expect(narrow.status == 200 && narrow.json["registers"] == .null)
      let both = "organisation:read registers:read"
      let wide = try await get("/units/\(village)", client, office, both)
      #expect(wide.status == 200 && wide.json["registers"] != .null)
      // To look in full is a deed: the ledger says who did.
      let path = "/units/\(village)/in-full"
      for scopes in ["organisation:write", "registers:read"] {
        let refused = try await get(path, client, office, scopes)
        #expect(refused.status == 403 && refused.code == "scope", "\(scopes)")
      }
      #expect(try await get(path, client, office, "registers:write").status == 200)
    }
  }

  @Test func exports() async throws {
    try await Engine.sqlite.withSample { test in
      let client = try APIClient(test)
      let office = try await test.account(.office)
      let path = "/exports/officials"
      let full = try await get(path + "?in_full=true", client, office, "registers:read")
      #expect(full.status == 403 && full.code == "scope")
      let written = try await get(
        path + "?in_full=true&format=csv", client, office, "registers:write")
      #expect(written.status == 200)
      // As `format` says, else as `Accept` does.
      for (query, accept, type) in [
        ("", "*/*", "application/vnd"), ("", "text/csv", "text/csv"),
        ("?format=csv", "*/*", "text/csv"),
      ] {
        let answer = try await get(
          path + query, client, office, "registers:read", [.accept: accept])
        #expect(answer.headers[.contentType]?.hasPrefix(type) == true, "\(query) \(accept)")
      }
    }
  }

  /// Those who ask have their problems in plain words, at an address of their own.
  @Test func whatAskersRegister() async throws {
    try await Engine.sqlite.withSample { test in
      let client = try APIClient(test)
      let clerk = try await test.account(.villageClerk, unit: "河湾村")
      let made = try await client.post("/problems", body: ProblemEndpointTests.body(), as: clerk)
      let place = try #require(made.headers[.location])
      #expect(place.hasPrefix("/api/v1/own/problems/"))
      let path = String(place.dropFirst(APIRoutes.root.count))
      #expect(try await client.get(path, as: clerk).status == 200)
    }
  }

  @Test func whatProgramsOfOfficesMayNot() {
    for right in [Right.manageLinks, .manageMessages, .manageWebhooks, .seePersonalData] {
      #expect(ServiceAccount.withholds(right, from: .office), "\(right)")
    }
  }
}
