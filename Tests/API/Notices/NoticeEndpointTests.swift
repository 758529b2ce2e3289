import API
import Domain
import Services
import TestSupport
import Testing

/// The inbox as a program reads it, and the settings beside it.
@Suite struct NoticeEndpointTests {
  @Test(arguments: Engine.available)
  func whatIsToldAndHow(engine: Engine) async throws {
    try await engine.withSample { test in
      let client = try APIClient(test)
      let county = try await test.account(.countyOffice, unit: "示例市/清河县")
      let village = try await test.account(.villageClerk, unit: "河湾村")
      for title in ["机井坏了", "桥坏了", "路坏了"] {
        let body: JSON = ["track": "village", "title": .text(title), "concerns": "河湾村"]
        let made = try await client.post("/problems", body: body, as: village)
        // Registrations of a day are told together the next morning; what is added is told at once.
        let id = try #require(made.json["id"].text)
        let more: JSON = ["text": "还漏水"]
        let told = try await client.post("/own/problems/\(id)/supplement", body: more, as: village)
        #expect(told.status < 300, "\(told.text)")
      }
      let unread = try await client.get("/notices/unread", as: county).json
      #expect(unread["count"].int == 3 && unread["is_more"].bool == false)
      var (titles, path): ([String], String?) = ([], "/notices?limit=1")
      while let next = path, titles.count < 9 {
        let page = try await client.get(next, as: county)
        #expect(page.status == 200)
        titles += (page.json["items"].array ?? []).compactMap { $0["title"].text }
        path = page.json["next"].text.map { "/notices?limit=1&after=\($0)" }
      }
      #expect(Set(titles) == ["机井坏了", "桥坏了", "路坏了"] && titles.count == 3)
      #expect(try await client.post("/notices/reading", body: [:], as: county).status == 204)
      #expect(try await client.get("/notices/unread", as: county).json["count"].int == 0)
      #expect(try await client.get("/notices?after=x.1.1", as: county).status == 422)
      try await settings(client, county)
    }
  }

  private func settings(_ client: APIClient, _ account: Account) async throws {
    let change: JSON = ["items": [["kind": "registered", "mode": "off"]]]
    #expect(
      try await client.patch("/notices/settings", body: change, as: account).status == 204)
    let items = try await client.get("/notices/settings", as: account).json["items"].array
    #expect(items?.first { $0["kind"].text == "registered" }?["mode"].text == "off")
    #expect(items?.contains { $0["is_obligatory"].bool == true } == true)
    let bad: JSON = ["mail": "nobody", "items": []]
    let refused = try await client.put("/notices/channels", body: bad, as: account)
    #expect(refused.status == 422 && refused.reasons == ["bad_mail"])
    let good: JSON = [
      "mail": "a@example.org", "items": [["channel": "mail", "kinds": ["registered"]]],
    ]
    #expect(try await client.put("/notices/channels", body: good, as: account).status == 204)
    // The operator has set up no way outside.
    #expect(
      try await client.get("/notices/channels", as: account).json["items"].array?.isEmpty == true)
    #expect(
      try await client.post("/notices/channels/mail/trial", as: account).status == 404)
  }
}
