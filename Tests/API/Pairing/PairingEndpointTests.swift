import API
import Domain
import HTTPTypes
import Services
import TestSupport
import Testing

/// The pairing from its computation to what an official is in charge of, as programs have it.
@Suite struct PairingEndpointTests {
  @Test(arguments: Engine.available)
  func computedAdoptedAndSeen(engine: Engine) async throws {
    try await engine.withSample { test in
      try await test.importRows(
        .officials,
        "姓名,单位,轨道,手机号,级别,专长\n"
          + (1...3).map { "助企\($0),示例市/清河县,助企,1380000200\($0),科级,融资" }
          .joined(separator: "\n"))
      try await test.importRows(
        .enterprises,
        "企业名称,县区,乡镇,重点企业\n面粉厂,清河县,柳林镇,是\n机械厂,清河县,大寺乡,否\n陶瓷厂,清河县,城关街道,否")
      let client = try APIClient(test)
      let office = try await test.account(.office)
      let leader = try await test.account(.leader)
      let wish: JSON = ["track": "enterprise", "kind": "plan"]
      #expect(try await client.post("/pairing-plans", body: wish, as: leader).status == 403)
      let made = try await client.post("/pairing-plans", body: wish, as: office)
      #expect(made.status == 201)
      let plan = try #require(made.json["id"].text)
      let shown = try await client.get("/pairing-plans/\(plan)", as: office).json
      #expect(shown["status"].text == "draft" && shown["pairs"].int == 3)
      let pairs = try await client.get(
        "/pairing-plans/\(plan)/pairs?change=changed&limit=1", as: office)
      #expect(pairs.json["items"].array?.count == 1 && pairs.json["next"].text != nil)
      let pair = try #require(pairs.json["items"].array?.first)
      let target = try #require(pair["target"].text)
      let day = test.platform.now().day.description
      let adoption: JSON = ["on": .text(day)]
      let adopted = try await client.post(
        "/pairing-plans/\(plan)/adoption", body: adoption, as: office)
      #expect(adopted.json["begun"].int == 3 && adopted.json["ended"].int == 0)
      let again = try await client.post(
        "/pairing-plans/\(plan)/adoption", body: adoption, as: office)
      #expect(again.status == 422 && again.reasons == ["settled"])
      let holding = try await client.get("/pairing-targets/\(target)/pairings", as: office)
      #expect(holding.json["items"].array?.first?["official_id"] == pair["official_id"])
      #expect(try await client.get("/pairing-targets/x:1/pairings", as: leader).status == 404)
      let why = try await client.get("/pairing-targets/\(target)/explanation", as: office).json
      #expect(why["choices"].array?.first?["is_planned"].bool == true)
      let overview = try await client.get("/pairing-overview?track=enterprise", as: leader).json
      #expect(overview["engaged"].int == 3)
      let id = try #require(pair["official_id"].text.flatMap { OfficialID($0) })
      let official = try await test.account(.official, official: id)
      let charges = try await client.get("/own/pairings", as: official).json["items"].array
      #expect(charges?.contains { $0["target"].text == target } == true)
      // Beside a problem of theirs stands who is in charge; a plan that is not there has no pairs.
      let problem = try await client.post(
        "/problems",
        body: ["track": "enterprise", "title": "停工待料", "concerns": "面粉厂"], as: office)
      let number = try #require(problem.json["id"].text)
      let charged = try await client.get("/problems/\(number)/paired-officials", as: office)
      #expect(charged.json["items"].array?.count == 1)
      #expect(try await client.get("/pairing-plans/17/pairs", as: office).status == 404)
    }
  }

  @Test(arguments: Engine.available)
  func aPairIsMarked(engine: Engine) async throws {
    try await engine.withSample { test in
      let client = try APIClient(test)
      let office = try await test.account(.office)
      let (official, enterprise) = (try await test.official(), try await test.enterprise())
      let mark: JSON = [
        "kind": "excluded", "official_id": .text(official.description),
        "target": .text("enterprise:\(enterprise)"), "reason": "family_firm", "note": "亲属",
      ]
      let made = try await client.post("/pairing-marks", body: mark, as: office)
      let id = try #require(made.json["id"].text)
      let again = try await client.post("/pairing-marks", body: mark, as: office)
      #expect(again.status == 422 && again.reasons == ["marked"])
      let list = try await client.get("/pairing-marks", as: office).json["items"].array
      #expect(list?.map { $0["id"].text } == [id])
      #expect(try await client.delete("/pairing-marks/\(id)", as: office).status == 204)
      #expect(try await client.delete("/pairing-marks/1", as: office).status == 404)
      let board = try await client.get(
        "/pairing-board?unit=%E6%9F%B3%E6%9E%97%E9%95%87", as: office)
      #expect(board.json["name"].text == "柳林镇")
    }
  }
}
