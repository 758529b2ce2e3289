import Domain
import Foundation
import HTTPTypes
import Services
import Storage
import TestSupport
import Testing

@testable import API

@Suite struct Open311Tests {
  private static let village = "示例市/清河县/柳林镇/河湾村"

  private func fields(_ key: String, _ more: [(String, String)] = []) -> [(String, String)] {
    [
      ("api_key", key), ("service_code", "village-infrastructure"),
      ("attribute[concerns]", Self.village), ("description", "村口路灯坏了\n已有三天，晚上看不见路"),
    ] + more
  }

  /// The names of the example of GET Service Requests, in its order.
  private static let names = [
    "service_request_id", "status", "status_notes", "service_name", "service_code", "description",
    "agency_responsible", "service_notice", "requested_datetime", "updated_datetime",
    "expected_datetime", "address", "address_id", "zipcode", "lat", "long", "media_url",
  ]

  /// The same bucket as the rest of the interface has.
  @Test func limits() async throws {
    try await Engine.sqlite.withSample { test in
      let client = try Open311Client(test, perMinute: 2)
      let key = try await client.key(for: test.account(.office))
      for status in [200, 200, 429] {
        let page = try await client.get("requests.json", key: key)
        #expect(page.status == status)
        #expect((page.headers[.retryAfter] != nil) == (status == 429))
      }
      // What needs no key is not counted.
      #expect(try await client.get("discovery.json", key: key).status == 200)
    }
  }

  @Test(arguments: Engine.available)
  func aRequestIsAProblem(engine: Engine) async throws {
    try await engine.withSample { test in
      let client = try Open311Client(test)
      let office = try await test.account(.office)
      let key = try await client.key(for: office)
      let posted = try await client.post(
        fields(
          key,
          [
            ("lat", "34.0361"), ("long", "113.8526"), ("address_string", "村口"),
            ("first_name", "张三"), ("phone", "13800001001"),
          ]))
      #expect(posted.status == 200)
      #expect(posted.headers[.contentType] == "application/json; charset=utf-8")
      let accepted = try #require(try posted.objects().first)
      #expect(Set(accepted.keys) == ["service_request_id", "service_notice", "account_id"])
      let number = try #require(accepted["service_request_id"] as? Int)
      let id = try await FindProblem(test.platform)(Int64(number))
      let problem = try await ShowProblem(test.platform)(id, for: office).problem
      #expect(problem.registration.title == "村口路灯坏了")
      #expect(
        problem.registration.detail
          == "村口路灯坏了\n已有三天，晚上看不见路\n申报类别：基础设施\n地点：村口\n坐标（纬度, 经度）：34.0361, 113.8526"
          .replacing("基础设施", with: category("infrastructure")))
      #expect(problem.registration.concerns == Self.village)
      #expect(problem.sources.map(\.channel) == ["Open311"])
      #expect(!"\(problem.registration)".contains("13800001001"))

      let json = try await client.get("requests/\(number).json", key: key)
      let shown = try #require(try json.objects().first)
      #expect(Set(shown.keys) == Set(Self.names))
      #expect(shown["status"] as? String == "open")
      // Nobody has judged it.
      #expect(shown["service_code"] as? String == "village")
      #expect(shown["address"] as? String == Self.village)
      #expect(shown["requested_datetime"] as? String == "2026-11-20T09:00:00+08:00")
      #expect(shown["media_url"] is NSNull)
      let xml = try await client.get("requests/\(number).xml", key: key)
      #expect(xml.headers[.contentType] == "text/xml; charset=utf-8")
      let places = Self.names.compactMap { xml.text.range(of: "<\($0)>")?.lowerBound }
      #expect(places.count == Self.names.count && places == places.sorted())
      #expect(xml.text.contains("<service_requests><request><service_request_id>\(number)</"))
    }
  }

  /// Who reports from a phone knows where they stand, not what the village is called.
  @Test(arguments: Engine.available)
  func aPlaceOnTheMapSaysWhichVillage(engine: Engine) async throws {
    try await engine.withSample { test in
      func square(_ name: String, _ west: Int, _ size: Int) -> String {
        let (east, north) = (west + size, 34 + size)
        let ring = "[\(west),34],[\(east),34],[\(east),\(north)],[\(west),\(north)],[\(west),34]"
        return
          #"{"type":"Feature","properties":{"name":"\#(name)"},"geometry":{"type":"Polygon","coordinates":[[\#(ring)]]}}"#
      }
      let features = [
        square("清河县", 110, 8), square("柳林镇", 112, 4), square("河湾村", 112, 1),
        square("杨树店村", 113, 1),
      ].joined(separator: ",")
      let file = try OutlineFile(
        Array(#"{"type":"FeatureCollection","features":[\#(features)]}"#.utf8))
      #expect(try await ImportOutlines(test.platform)(file, by: nil).isSaved)
      let locate = LocatePlace(test.platform)
      for (longitude, latitude, name) in [
        (1_125_000, 345_000, Self.village), (1_135_000, 345_000, "示例市/清河县/柳林镇/杨树店村"),
        (1_145_000, 345_000, "示例市/清河县/柳林镇"), (1_105_000, 345_000, nil),
        (1_195_000, 345_000, nil),
      ] {
        let place = Outline.Position(longitude: longitude, latitude: latitude)
        #expect(try await locate(place) == name)
      }
      let client = try Open311Client(test)
      let office = try await test.account(.office)
      let key = try await client.key(for: office)
      let posted = try await client.post(
        [
          ("api_key", key), ("service_code", "village"), ("description", "路灯坏了"),
          ("lat", "34.5"), ("long", "112.5"),
        ])
      let number = try #require(try posted.objects().first?["service_request_id"] as? Int)
      let id = try await FindProblem(test.platform)(Int64(number))
      let problem = try await ShowProblem(test.platform)(id, for: office).problem
      #expect(problem.registration.concerns == Self.village)
    }
  }

  private func category(_ code: String) -> String {
    TestPlatform.data.categories.first { $0.track == .village && $0.code == code }!.zh
  }

  /// Its sender did not see our answer, or pressed twice.
  @Test(arguments: Engine.available)
  func theSameTwiceIsOneRequest(engine: Engine) async throws {
    try await engine.withSample { test in
      let client = try Open311Client(test)
      let key = try await client.key(for: try await test.account(.office))
      let first = try await client.post(fields(key))
      #expect(try await client.post(Array(fields(key).reversed())).text == first.text)
      let other = try await client.post(fields(key, [("address_string", "村东口")]))
      #expect(other.status == 200 && other.text != first.text)
      let header: HTTPFields = [HTTPField.Name("Idempotency-Key")!: "7f1c"]
      let named = try await client.post(fields(key), headers: header)
      #expect(named.text != first.text)
      let again = try await client.post(
        fields(key, [("lat", "34"), ("long", "113")]), headers: header)
      #expect(again.text == named.text)
      test.advance(days: 1)
      #expect(try await client.post(fields(key)).text != first.text)
    }
  }

  @Test(arguments: [
    ([("service_code", "")], 400, "没有提供 service_code。"),
    ([("service_code", "potholes")], 404, "没有这个 service_code。"),
    ([("service_code", "village-potholes")], 404, "没有这个 service_code。"),
    ([("description", " ")], 400, "没有提供 description。"),
    ([("attribute[concerns]", "蓬莱村")], 400, "没有找到"),
    ([("attribute[concerns]", "")], 400, "请填写"),
    ([("lat", "34")], 400, "lat 和 long"), ([("lat", "91"), ("long", "0")], 400, "lat 和 long"),
    ([("lat", "nan"), ("long", "0")], 400, "lat 和 long"),
    ([("attribute[found_on]", "昨天")], 400, "不是日期"),
    ([("attribute[found_on]", "2026-11-21")], 400, "不能晚于今天"),
    ([("description", String(repeating: "长", count: 4001))], 400, "太长"),
    ([("api_key", "")], 403, "api_key"), ([("api_key", "lbt_x")], 403, "api_key"),
  ])
  func whatIsWrongIsSaid(changes: [(String, String)], status: Int, text: String) async throws {
    try await Engine.sqlite.withSample { test in
      let client = try Open311Client(test)
      let key = try await client.key(for: try await test.account(.office))
      let names = Set(changes.map(\.0))
      let page = try await client.post(fields(key).filter { !names.contains($0.0) } + changes)
      #expect(page.status == status)
      let errors = try page.objects()
      #expect(errors.allSatisfy { Set($0.keys) == ["code", "description"] })
      #expect(errors.first?["code"] as? Int == status)
      #expect((errors.first?["description"] as? String)?.contains(text) == true)
      #expect(page.headers[.setCookie] == nil)
    }
  }

  @Test(arguments: [
    ("description=%ZZ", "application/x-www-form-urlencoded", 400),
    ("description=%C2%E5", "application/x-www-form-urlencoded", 400),
    ("description=%00", "application/x-www-form-urlencoded", 400),
    ("description=x", "application/x-www-form-urlencoded; charset=gbk", 400),
    (#"{"description":"x"}"#, "application/json", 400), ("", "", 400),
    (String(repeating: "a", count: 300_000), "application/x-www-form-urlencoded", 413),
  ])
  func bodiesThatAreNone(body: String, type: String, status: Int) async throws {
    try await Engine.sqlite.withSample { test in
      let client = try Open311Client(test)
      let page = try await client.send(body, to: "requests.xml", type: type)
      #expect(page.status == status)
      #expect(page.text.contains("<errors><error><code>\(status)</code><description>"))
    }
  }

  @Test(arguments: Engine.available)
  func keysReachAsFarAsTheirAccount(engine: Engine) async throws {
    try await engine.withSample { test in
      let client = try Open311Client(test)
      let office = try await test.account(.office)
      let clerk = try await test.account(.villageClerk, unit: "柳林镇/河湾村")
      let reads = try await client.key(for: office, "problems:read")
      let writes = try await client.key(for: clerk)
      let elsewhere = try await client.key(for: office, "figures:read")
      #expect(try await client.post(fields(reads)).status == 403)
      #expect(try await client.get("services.json", key: elsewhere).status == 403)
      // The clerk need not say for which village, and may not for another.
      let definition = try await client.get("services/village-infrastructure.xml", key: writes)
      #expect(
        definition.text.contains("<code>concerns</code><datatype>string</datatype><required>false<")
      )
      let own = [("api_key", writes), ("service_code", "village"), ("description", "井水浑浊")]
      #expect(try await client.post(own).status == 200)
      let other = own + [("attribute[concerns]", "柳林镇/杨树店村")]
      let refused = try await client.post(other)
      #expect(refused.status == 400 && refused.text.contains("不在您的登记范围内"))
      // What the office registered for another village the clerk does not find.
      let key = try await client.key(for: office)
      let posted = try await client.post(
        [
          ("api_key", key), ("service_code", "village"), ("description", "桥栏断了"),
          ("attribute[concerns]", "柳林镇/杨树店村"),
        ])
      let number = try #require(try posted.objects().first?["service_request_id"] as? Int)
      #expect(try await client.get("requests/\(number).json", key: key).status == 200)
      #expect(try await client.get("requests/\(number).json", key: writes).status == 404)
      let listed = try await client.get("requests.json", key: writes)
      #expect(!listed.text.contains("桥栏断了") && listed.text.contains("井水浑浊"))
    }
  }

  @Test(arguments: Engine.available)
  func pagesFollowEachOther(engine: Engine) async throws {
    try await engine.withSample { test in
      test.set("2026-12-01 09:00")
      let client = try Open311Client(test)
      let key = try await client.key(for: try await test.account(.office))
      for number in 1...5 {
        test.advance(seconds: 60)
        let text = "第\(number)件"
        #expect(try await client.post(fields(key, [("attribute[title]", text)])).status == 200)
      }
      let span = "start_date=2026-12-01T00:00:00%2B08:00&end_date=2026-12-02T00:00:00%2B08:00"
      var path: String? = "/open311/v2/requests.json?\(span)&page_size=2&api_key=\(key)"
      var seen: [String] = []
      var pages = 0
      while let next = path {
        let header: HTTPFields = [.authorization: "Bearer \(key)"]
        let page = try await client.browser.send(.get, next, body: "", headers: header)
        #expect(page.status == 200)
        seen += try page.objects().compactMap {
          ($0["description"] as? String)?.split(separator: "\n").first.map(String.init)
        }
        let link = page.headers[HTTPField.Name("Link")!]
        #expect(link?.contains("api_key") != true)
        path = link.map { String($0.dropFirst().prefix { $0 != ">" }) }
        pages += 1
      }
      #expect(seen == ["第5件", "第4件", "第3件", "第2件", "第1件"] && pages == 3)
    }
  }

  @Test(arguments: Engine.available)
  func listsAreNarrowed(engine: Engine) async throws {
    try await engine.withSample { test in
      test.set("2026-12-01 09:00")
      let client = try Open311Client(test)
      let office = try await test.account(.office)
      let key = try await client.key(for: office)
      let posted = try await client.post(fields(key))
      let number = try #require(try posted.objects().first?["service_request_id"] as? Int)
      func count(_ query: String) async throws -> Int {
        let page = try await client.get("requests.json?\(query)", key: key)
        #expect(page.status == 200)
        return try page.objects().filter { $0["service_request_id"] as? Int == number }.count
      }
      for query in [
        "", "status=open", "status=open,closed", "service_code=village,enterprise-land",
        "service_request_id=\(number),0,x&status=closed", "start_date=2026-12-01T01:00:00Z",
      ] {
        #expect(try await count(query) == 1, "\(query)")
      }
      for query in [
        "status=closed", "service_code=village-infrastructure", "service_request_id=99999",
        "end_date=2026-12-01T00:59:59Z", "start_date=2026-12-01T01:00:01Z",
      ] {
        #expect(try await count(query) == 0, "\(query)")
      }
      // A hundred days later it is past the 90 days that are listed.
      test.advance(days: 100)
      let later = try await client.key(for: office)
      let page = try await client.get("requests.json", key: later)
      #expect(try page.objects().isEmpty)
    }
  }

  @Test(arguments: [
    "start_date=yesterday", "end_date=2026-13-01T00:00:00Z",
    "start_date=2026-01-01T00:00:00Z&end_date=2026-04-02T00:00:00Z",
    "start_date=2026-02-01T00:00:00Z&end_date=2026-01-01T00:00:00Z", "status=done",
    "page_size=0", "page_size=1001", "page_size=x", "after=17", "after=x", "status=%ZZ",
    "end_date=9999-12-31T23:59:59Z&start_date=0001-01-01T00:00:00Z",
  ])
  func queriesThatAreNone(query: String) async throws {
    try await Engine.sqlite.withSample { test in
      let client = try Open311Client(test)
      let key = try await client.key(for: try await test.account(.office), "problems:read")
      let page = try await client.get("requests.xml?\(query)", key: key)
      #expect(page.status == 400 && page.text.contains("<errors><error><code>400</code>"))
    }
  }

  @Test(arguments: Engine.available)
  func withoutAKey(engine: Engine) async throws {
    try await engine.withSample { test in
      let closed = try Open311Client(test)
      #expect(try await closed.get("discovery.json").status == 200)
      for path in ["services.json", "services/village.json", "requests.json", "requests/1.xml"] {
        #expect(try await closed.get(path).status == 403, "\(path)")
      }
      let open = try Open311Client(test, isPublic: true, url: "https://lianbang.example")
      let key = try await open.key(for: try await test.account(.office))
      let posted = try await open.post(fields(key))
      let number = try #require(try posted.objects().first?["service_request_id"] as? Int)
      let shown = try await open.get("requests/\(number).json")
      #expect(
        try Set(#require(try shown.objects().first).keys) == [
          "service_request_id", "status", "service_name", "service_code", "requested_datetime",
          "updated_datetime", "expected_datetime",
        ])
      let listed = try await open.get("requests.xml")
      #expect(listed.status == 200)
      #expect(!listed.text.contains("路灯") && !listed.text.contains("河湾村"))
      // A wrong key is not the same as none.
      #expect(try await open.get("requests.json?api_key=lbt_x").status == 403)
      #expect(try await open.post(fields("")).status == 403)
      let discovery = try await open.get("discovery.xml")
      #expect(discovery.text.contains("<url>https://lianbang.example/open311/v2</url>"))
      #expect(
        discovery.text.contains(
          "<formats><format>text/xml</format><format>application/json</format></formats>"))
    }
  }

  @Test(arguments: [
    "services", "services.txt", "tokens/12345.json", "requests/abc.json", "nothing.json",
    "requests/99999999999999999999.json", "services/potholes.json",
  ])
  func addressesThatAreNone(path: String) async throws {
    try await Engine.sqlite.withSample { test in
      let client = try Open311Client(test)
      let key = try await client.key(for: try await test.account(.office))
      #expect(try await client.get(path, key: key).status == 404)
    }
  }

  /// Every category of every track can be asked for, under a code of its own.
  @Test func servicesAreTheCategories() async throws {
    try await Engine.sqlite.withSample { test in
      let client = try Open311Client(test)
      let key = try await client.key(for: try await test.account(.office), "problems:read")
      let services = try await client.get("services.json", key: key).objects()
      let data = TestPlatform.data
      #expect(services.count == data.categories.count + data.procedures.all.count)
      let codes = services.compactMap { $0["service_code"] as? String }
      #expect(Set(codes).count == services.count)
      #expect(codes.contains("enterprise-other") && codes.contains("village-other"))
      for code in codes {
        #expect(try await client.get("services/\(code).json", key: key).status == 200)
      }
      let english = try await client.browser.send(
        .get, "/open311/v2/services.json", body: "",
        headers: [.authorization: "Bearer \(key)", .acceptLanguage: "en"])
      #expect(english.text.contains("\"service_name\":\"Finance\""))
    }
  }
}
