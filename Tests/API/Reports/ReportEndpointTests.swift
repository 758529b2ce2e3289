import API
import Domain
import HTTPTypes
import Services
import TestSupport
import Testing

/// Reports as programs read, write and issue them.
@Suite struct ReportEndpointTests {
  @Test(arguments: Engine.available)
  func fromDraftToIssue(engine: Engine) async throws {
    try await engine.withSample { test in
      let client = try APIClient(test)
      let office = try await test.account(.office)
      let overview = try await client.get("/reports", as: office).json
      let subject = try #require(overview["subject"].text)
      #expect(subject.hasPrefix("unit-") && overview["name"].text == "示例市")
      // The week that ended before 2026-11-20.
      let path = "/reports/weekly/\(subject)/2026-11-09"
      let draft = try await client.get(path, as: office).json
      #expect(draft["is_draft"].bool == true && draft["may_write"].bool == true)
      let section = try #require(draft["sections"].array?.first?["code"].text)
      let remark: JSON = ["text": "本周无事"]
      #expect(
        try await client.put("\(path)/remarks/\(section)", body: remark, as: office).status == 204)
      #expect(try await client.get("\(path)/check", as: office).status == 404)
      #expect(try await client.post("\(path)/issuance", as: office).status == 200)
      let again = try await client.post("\(path)/issuance", as: office)
      #expect(again.status == 422 && again.reasons == ["issued"])
      let issued = try await client.get(path, as: office).json
      #expect(issued["sections"].array?.first?["remark"].text == "本周无事")
      let check = try await client.get("\(path)/check", as: office).json
      #expect(check["holds"].bool == true && check["differences"].array?.isEmpty == true)
      let file = try await client.get("\(path)/export", as: office)
      #expect(file.status == 200 && file.headers[.contentType]?.contains("spreadsheetml") == true)
      let running = try await client.post(
        "/reports/weekly/\(subject)/2026-11-16/issuance", as: office)
      #expect(running.reasons == ["running"])
      for bad in ["2026-11-10", "2027-01-04", "soon"] {
        #expect(
          try await client.get("/reports/weekly/\(subject)/\(bad)", as: office).status == 404)
      }
      // The city's is not a county's to read.
      let county = try await test.account(.countyOffice, unit: "示例市/清河县")
      #expect(try await client.get(path, as: county).status == 404)
      #expect(try await client.post("\(path)/issuance", as: county).status == 404)
    }
  }
}
