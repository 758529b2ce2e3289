import API
import Domain
import Foundation
import HTTPTypes
import Services
import TestSupport
import Testing

/// Spreadsheets that programs send, and registers that they take away.
@Suite struct ImportEndpointTests {
  /// Sent, tried out, taken over, exported.
  @Test(arguments: Engine.available)
  func aRegisterComesInAndGoesOut(engine: Engine) async throws {
    try await engine.withSample { test in
      let client = try APIClient(test)
      let office = try await test.account(.office)
      let table = Array("企业名称,县区\n甲机械厂,清河县\n乙面粉厂,没有的县".utf8)
      let nameless = try await client.send(.post, "/imports", bytes: table, as: office)
      #expect(nameless.status == 400 && nameless.faults == ["/kind missing", "/name missing"])
      let started = try await client.send(
        .post, "/imports?kind=enterprises&name=list.csv", bytes: table, as: office)
      #expect(started.status == 201)
      let id = try #require(started.json["id"].text)
      let checked = try await finished(id, client, office)
      #expect(checked["stage"].text == "faulty" && checked["report"]["added"].int == 1)
      let faults = try await client.get("/imports/\(id)/diagnostics?limit=1", as: office)
      #expect(faults.json["items"].array?.first?["severity"].text == "error")
      let other = try await test.account(.office)
      #expect(try await client.get("/imports/\(id)", as: other).status == 404)
      let taken = try await client.post(
        "/imports/\(id)/take-over", body: ["good_rows_only": true], as: office)
      #expect(taken.status == 200)
      #expect(try await finished(id, client, office)["stage"].text == "saved")
      #expect(try await client.get("/import-templates/officials", as: office).status == 200)
      let file = try await client.get("/exports/enterprises?format=csv", as: office)
      #expect(file.status == 200 && file.text.contains("甲机械厂"))
      let leader = try await test.account(.leader)
      #expect(try await client.get("/exports/enterprises", as: leader).status == 403)
    }
  }

  private func finished(
    _ id: String, _ client: APIClient, _ account: Account
  ) async throws -> JSON {
    for _ in 0..<600 {
      let job = try await client.get("/imports/\(id)", as: account).json
      if !["waiting", "checking", "saving"].contains(job["stage"].text) { return job }
      try await Task.sleep(for: .milliseconds(50))
    }
    return .null
  }
}
