import API
import Domain
import HTTPTypes
import Services
import TestSupport
import Testing

/// The tree and the registers, as programs have them.
@Suite struct RegisterEndpointTests {
  private func inWorld(
    _ engine: Engine, _ body: (RegisterWorld, APIClient) async throws -> Void
  ) async throws {
    try await engine.withSample { test in
      try await body(RegisterWorld(test), APIClient(test))
    }
  }

  @Test(arguments: Engine.available)
  func theTree(engine: Engine) async throws {
    try await inWorld(engine) { world, client in
      let office = try await world.platform.account(.office)
      let roots = try await client.get("/units", as: office).json["items"].array ?? []
      let city = try #require(roots.first?["id"].text)
      let counties = try await client.get("/units?parent=\(city)", as: office).json["items"]
      #expect((counties.array ?? []).contains { $0["name"].text == "清河县" })
      let county = world.counties[0]
      let shown = try await client.get("/units/\(county)", as: office).json
      #expect(shown["path"].text == "示例市/清河县" && shown["was_there"].bool == true)
      #expect(!shown["registers"].isNull)
      let first = try #require(shown["valid_from"].text.flatMap { Day($0) })
      let past = try await client.get("/units/\(county)?on=\(first + -1)", as: office).json
      #expect(past["was_there"].bool == false && past["registers"].isNull)
      let names = try await client.get("/unit-suggestions?q=%E6%B2%B3%E6%B9%BE", as: office)
      #expect(names.text.contains("河湾村"))
    }
  }

  @Test(arguments: Engine.available)
  func aUnitIsRenamed(engine: Engine) async throws {
    try await inWorld(engine) { world, client in
      let office = try await world.platform.account(.office)
      let unit = try await FindUnit(world.platform.platform)("白塔县/青龙镇")
      let wish: JSON = ["change": "change", "name": "青龙街道"]
      let path = "/units/\(unit)/reorganisation"
      let preview = try await client.post(path + "-preview", body: wish, as: office)
      #expect(preview.json["path"].text == "示例市/白塔县/青龙镇")
      #expect(preview.json["refusals"].array == [])
      #expect(try await client.post(path, body: wish, as: office).status == 200)
      let shown = try await client.get("/units/\(unit)", as: office).json
      #expect(shown["name"].text == "青龙街道")
      let again = try await client.post(path, body: wish, as: office)
      #expect(again.status == 422 && again.reasons == ["nothing_changes"])
      let nowhere = try await client.post(
        path, body: ["change": "merge", "into_id": "1"], as: office)
      #expect(nowhere.status == 404)
      let empty = try await client.post(path, body: ["change": "merge"], as: office)
      #expect(empty.status == 422 && empty.faults == ["/into_id missing"])
    }
  }

  /// What stands masked in lists is shown in full only to who may, and then the ledger says so.
  @Test(arguments: Engine.available)
  func officials(engine: Engine) async throws {
    try await inWorld(engine) { world, client in
      let office = try await world.platform.account(.office)
      let first = try await client.get("/officials?limit=1", as: office)
      let next = try #require(first.json["next"].text)
      let second = try await client.get("/officials?limit=1&after=\(next)", as: office)
      let ids = [first, second].map { $0.json["items"].array?.first?["id"].text }
      #expect(ids[0] != nil && ids[1] != nil && ids[0] != ids[1])
      #expect(try await client.get("/officials?after=x", as: office).code == "bad_cursor")
      #expect(!first.text.contains(RegisterWorld.phone))
      let ranked = try await client.get("/officials?rank=county&unit=99012", as: office)
      #expect(ranked.status == 422 && ranked.code == "unknown_unit")
      let id = try await world.official("张三丰")
      let masked = try await client.get("/officials/\(id)", as: office)
      #expect(!masked.text.contains(RegisterWorld.phone))
      #expect(try await world.disclosures() == [])
      let full = try await client.get("/officials/\(id)/in-full", as: office)
      #expect(full.json["official"]["phone"].text == RegisterWorld.phone)
      #expect(full.json["official"]["id_number"].text == RegisterWorld.idNumber)
      #expect(try await world.disclosures().count == 1)
      let leader = try await world.platform.account(.leader)
      #expect(try await client.get("/officials/\(id)/in-full", as: leader).status == 403)
      let other = try await world.platform.account(.countyOffice, unit: "示例市/白塔县")
      #expect(try await client.get("/officials/\(id)", as: other).status == 404)
      #expect(try await client.get("/officials/\(id)/in-full", as: other).status == 404)
    }
  }

  @Test(arguments: Engine.available)
  func enterprisesAndVillages(engine: Engine) async throws {
    try await inWorld(engine) { world, client in
      let office = try await world.platform.account(.office)
      func names(_ query: String) async throws -> [String] {
        let list = try await client.get("/enterprises?\(query)", as: office).json["items"].array
        return (list ?? []).compactMap { $0["name"].text }
      }
      #expect(try await names("industry=C13") == ["清河面粉有限公司"])
      #expect(try await names("key=true") == ["清河面粉有限公司"])
      #expect(try await names("scale=medium") == ["白塔陶瓷厂"])
      #expect(try await client.get("/enterprises?industry=XX9", as: office).status == 422)
      let mill = try await world.enterprise("清河面粉有限公司")
      let shown = try await client.get("/enterprises/\(mill)", as: office)
      #expect(shown.json["listings"].array?.count == 1 && !shown.text.contains("13900000001"))
      let full = try await client.get("/enterprises/\(mill)/in-full", as: office)
      #expect(full.json["contact"]["phone"].text == "13900000001")
      let villages = try await client.get(
        "/villages?level=village&unit=%E6%B8%85%E6%B2%B3%E5%8E%BF", as: office)
      let village = (villages.json["items"].array ?? []).first { $0["name"].text == "河湾村" }
      #expect(village?["profile"]["population"].int == 1200)
      let kiln = try await world.enterprise("白塔陶瓷厂")
      let merger: JSON = ["into_id": .text(mill.description)]
      let leader = try await world.platform.account(.countyOffice, unit: "示例市/清河县")
      let path = "/enterprises/\(kiln)/merger"
      #expect(try await client.post(path, body: merger, as: leader).status == 404)
      #expect(try await client.get("\(path)?into_id=\(mill)", as: office).status == 200)
      #expect(try await client.post(path, body: merger, as: office).status == 204)
      let again = try await client.post(path, body: merger, as: office)
      #expect(again.reasons == ["already_merged"])
      #expect(try await client.get("/enterprise-duplicates", as: office).status == 200)
    }
  }
}
