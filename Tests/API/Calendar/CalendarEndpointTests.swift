import API
import Domain
import HTTPTypes
import Services
import TestSupport
import Testing

/// Working days and rules, as programs have them.
@Suite struct CalendarEndpointTests {
  /// 2026-10-10 is worked in place of 2026-10-07 (国办发明电〔2025〕7 号).
  @Test(arguments: Engine.available)
  func aDayIsChanged(engine: Engine) async throws {
    try await engine.withSample { test in
      let client = try APIClient(test)
      let office = try await test.account(.office)
      let leader = try await test.account(.leader)
      let year = try await client.get("/calendar?year=2026", as: leader).json
      #expect(year["is_confirmed"].bool == true && year["version"].int == 0)
      let rest = (year["rest_days"].array ?? []).compactMap(\.text)
      #expect(rest.contains("2026-10-01") && !rest.contains("2026-10-10"))
      let wish: JSON = ["kind": "off", "name": "水灾"]
      let path = "/calendar-days/2026-11-25"
      #expect(try await client.post(path + "/preview", body: wish, as: leader).status == 403)
      let preview = try await client.post(path + "/preview", body: wish, as: office).json
      #expect(preview["differences"].array?.first?["after"].text == "holiday")
      let change: JSON = ["kind": "off", "name": "水灾", "reason": "市政府通知"]
      #expect(try await client.put(path, body: change, as: office).status == 200)
      #expect(try await client.get("/due-date-moves", as: office).status == 200)
      let moved = try await client.post("/due-date-moves", body: ["cause": "水灾"], as: office)
      #expect(moved.status == 200)
      let nameless: JSON = ["kind": "off", "reason": "市政府通知"]
      let refused = try await client.put(path, body: nameless, as: office)
      #expect(refused.status == 422 && refused.reasons == ["name_missing"])
      let table: JSON = [
        "year": 2027, "source": "通知",
        "days": [["day": "2027-01-01", "name": "元旦", "is_off": true]],
      ]
      let taken = try await client.post("/calendar-imports", body: table, as: office)
      #expect(taken.json["new_years"].array == [2027])
      let foreign: JSON = [
        "year": 2027, "source": "通知",
        "days": [["day": "2030-01-01", "name": "元旦", "is_off": true]],
      ]
      let far = try await client.post("/calendar-import-preview", body: foreign, as: office)
      #expect(far.status == 422 && far.reasons == ["foreign_day"])
    }
  }

  /// A working day after Friday, 2026-11-20 is the Monday.
  @Test(arguments: Engine.available)
  func rulesAndDefinitions(engine: Engine) async throws {
    try await engine.withSample { test in
      let client = try APIClient(test)
      let enterprise = try await test.account(.enterprise, enterprise: test.enterprise())
      let rules = try await client.get("/rules", as: enterprise).json
      #expect(rules["clocks"].array?.isEmpty == false)
      let rule = try #require(
        test.platform.rules.all.first { rule in
          rule.milestones.contains { $0.budget == .workingDays(1) }
        })
      let dues =
        try await client.get(
          "/due-dates?rule=\(rule.name)&start=2026-11-20", as: enterprise
        ).json["items"].array ?? []
      #expect(dues.first { $0["budget"].text == "1wd" }?["due"].text == "2026-11-23")
      #expect(try await client.get("/due-dates?rule=none", as: enterprise).status == 422)
      let definitions = try await client.get("/definitions", as: enterprise).json
      #expect(definitions["terms"].array?.contains { $0["value"].text == "red" } == true)
    }
  }
}
