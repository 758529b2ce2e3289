import API
import Cryptography
import Domain
import Foundation
import HTTP
import HTTPTypes
import Hummingbird
import Services
import Storage
import Synchronization
import TestSupport
import Testing

/// The doors for other instances, over HTTP: whatever knocks there, the answer says what is wrong with it.
@Suite struct ExchangeDoorTests {
  /// A county that knocks at a city's doors.
  private struct Pair {
    let county: TestPlatform
    let city: TestPlatform
    let doors: Browser

    init(_ county: any Database, _ city: any Database) async throws {
      self.county = try await TestPlatform(county)
      self.city = try await TestPlatform(city)
      try await self.county.loadSample()
      try await self.city.loadSample()
      let router = Router(context: AppContext.self)
      ExchangeRoutes(self.city.platform).addRoutes(to: router)
      doors = Browser(router: router)
    }

    func knock(
      _ request: ExchangeRequest, body: [UInt8]? = nil, authorization: String? = nil,
      type: String? = nil
    ) async throws -> Browser.Page {
      var headers: HTTPFields = [.contentType: type ?? request.contentType]
      let given = authorization ?? "Bearer \(request.token.text)"
      if !given.isEmpty { headers[.authorization] = given }
      let path = String(request.url.dropFirst("http://city.test".count))
      return try await doors.send(
        .post, path, body: String(decoding: body ?? request.body, as: UTF8.self), headers: headers)
    }

    /// Joins, by the answers that the door gives.
    func join() async throws -> Browser.Page {
      let code = try await OfferLink(city.platform)(
        "county", role: .upper, url: "http://city.test", by: .system)
      let tap = Tap()
      _ = try? await JoinLink(county.platform, line: tap.line)(
        code, name: "city", url: "http://county.test", by: .system)
      let page = try await knock(try #require(tap.request))
      tap.reply = ExchangeReply(status: page.status, body: Array(page.text.utf8))
      _ = try await JoinLink(county.platform, line: tap.line)(
        code, name: "city", url: "http://county.test", by: .system)
      return page
    }

    func handUp(_ title: String) async throws {
      let office = try await county.account(.office)
      let id = try await RegisterProblem(county.platform)(
        Registration(
          track: "village", title: title, detail: "三眼机井坏了", concerns: "柳林镇/河湾村",
          foundOn: "2026-11-19"), by: office)
      _ = try await ActOnProblem(county.platform)(
        .command(.refer(.superior, to: "city", text: "请市里协调")), on: id, seen: nil, by: office)
      try await county.sequence()
    }

    /// The batch that the county would send now.
    func batch() async throws -> ExchangeRequest {
      let tap = Tap()
      _ = try await send(tap)
      return try #require(tap.request)
    }

    func send(_ tap: Tap) async throws -> SendExchange.Result {
      let link = try await ShowLinks(county.platform)()[0].link.id
      return try await SendExchange(county.platform, line: tap.line)(link, isPatient: false)
    }

    func received() async throws -> Int {
      try await ShowLinks(city.platform)()[0].stored.received
    }
  }

  /// Takes a request off the line, and brings an answer where it has one.
  private final class Tap: Sendable {
    private let state = Mutex<(request: ExchangeRequest?, reply: ExchangeReply?)>((nil, nil))

    struct Down: Error {}

    var request: ExchangeRequest? { state.withLock { $0.request } }

    var reply: ExchangeReply? {
      get { state.withLock { $0.reply } }
      set { state.withLock { $0.reply = newValue } }
    }

    var line: ExchangeLine {
      { [self] request in
        let reply = state.withLock { state in
          state.request = request
          return state.reply
        }
        guard let reply else { throw Down() }
        return reply
      }
    }
  }

  private func withPair(
    _ engine: Engine, _ body: (Pair) async throws -> Void
  ) async throws {
    try await Engine.sqlite.withDatabase { county in
      try await engine.withDatabase { city in try await body(Pair(county, city)) }
    }
  }

  private func fields(_ page: Browser.Page) throws -> [String: Any] {
    try #require(
      JSONSerialization.jsonObject(with: Data(page.text.utf8)) as? [String: Any], "\(page.text)")
  }

  @Test(arguments: Engine.available)
  func joinsAndTakesMessagesOnce(engine: Engine) async throws {
    try await withPair(engine) { pair in
      let joined = try await pair.join()
      #expect(joined.status == 201 && joined.headers[.contentType] == "application/json")
      try await pair.handUp("机井损坏")
      let batch = try await pair.batch()
      #expect(batch.contentType == "application/cloudevents-batch+json")
      for _ in 1...3 {
        let taken = try await pair.knock(batch)
        #expect(taken.status == 200)
        #expect(try fields(taken)["received"] as? Int == 1)
        #expect(try await pair.received() == 1)
      }
      let answer = try await pair.knock(
        batch, type: "Application/CloudEvents-batch+JSON; charset=utf-8")
      let tap = Tap()
      tap.reply = ExchangeReply(status: answer.status, body: Array(answer.text.utf8))
      #expect(try await pair.send(tap) == .sent(1))
      #expect(try await pair.send(tap) == .nothing)
      // Programs see beside the problem what a page shows.
      func beside(_ test: TestPlatform) async throws -> JSON {
        let client = try APIClient(test)
        let office = try await test.account(.office)
        let newest = try await client.get("/problems?limit=1", as: office).json["items"].array
        let id = try #require(newest?.first?["id"].text)
        return try await client.get("/problems/\(id)/exchange", as: office).json
      }
      let above = try await beside(pair.city)
      let told = above["told"].array ?? []
      #expect(told.map { $0["kind"].text } == ["handed_up"])
      #expect(told.first?["from"].text == "county" && told.first?["text"].text == "请市里协调")
      let below = try await beside(pair.county)
      #expect(below["told"] == [] && below["upper_links"] == ["city"])
    }
  }

  /// What is out of order is answered with where to go on.
  @Test(arguments: Engine.available)
  func aGapIsAnsweredWithWhereToGoOn(engine: Engine) async throws {
    try await withPair(engine) { pair in
      _ = try await pair.join()
      try await pair.handUp("一")
      try await pair.handUp("二")
      let batch = try await pair.batch()
      var events = try #require(
        JSONSerialization.jsonObject(with: Data(batch.body)) as? [[String: Any]])
      #expect(events.count == 3)
      events.remove(at: 1)
      let gap = try await pair.knock(
        batch, body: Array(try JSONSerialization.data(withJSONObject: events)))
      #expect(gap.status == 409)
      let answer = try fields(gap)
      #expect(answer["code"] as? String == "behind" && answer["received"] as? Int == 0)
      #expect(try await pair.received() == 0)
      #expect(try await pair.knock(batch).status == 200)
      #expect(try await pair.received() == 2)
    }
  }

  @Test(arguments: Engine.available)
  func whatIsWrongIsSaid(engine: Engine) async throws {
    try await withPair(engine) { pair in
      _ = try await pair.join()
      try await pair.handUp("机井损坏")
      let batch = try await pair.batch()
      let (token, large) = (SecretToken.random().text, [UInt8](repeating: 32, count: 1 << 20))
      let cases: [(String, Int, String, [UInt8]?, String?, String?)] = [
        ("no token", 401, "unauthorised", nil, "", nil),
        ("a password", 401, "unauthorised", nil, "Basic YTpi", nil),
        ("another token", 401, "unauthorised", nil, "Bearer \(token)", nil),
        ("two tokens", 401, "unauthorised", nil, "Bearer \(token) \(token)", nil),
        ("another type", 415, "wrong_type", nil, nil, "application/json"),
        ("no type", 415, "wrong_type", nil, nil, ""),
        ("no JSON", 400, "malformed", Array("[{".utf8), nil, nil),
        ("nothing", 400, "malformed", [], nil, nil),
        ("other JSON", 400, "malformed", Array("{\"a\":1}".utf8), nil, nil),
        (
          "deep nesting", 400, "malformed", Array(String(repeating: "[", count: 9999).utf8), nil,
          nil
        ),
        ("too large", 413, "too_large", batch.body + large, nil, nil),
      ]
      for (name, status, code, body, authorization, type) in cases {
        let page = try await pair.knock(
          batch, body: body, authorization: authorization, type: type)
        #expect(page.status == status, "\(name)")
        #expect(page.headers[.contentType] == "application/problem+json", "\(name)")
        let answer = try fields(page)
        #expect(answer["code"] as? String == code, "\(name)")
        #expect(answer["status"] as? Int == status, "\(name)")
        #expect((page.headers[.wwwAuthenticate] != nil) == (status == 401), "\(name)")
      }
      #expect(try await pair.received() == 0)
      #expect(try await pair.knock(batch).status == 200)
    }
  }

  /// A code is worth nothing at the other door, nor a link's token here.
  @Test func codesAndTokensAreNotEachOther() async throws {
    try await withPair(.sqlite) { pair in
      _ = try await pair.join()
      try await pair.handUp("机井损坏")
      let batch = try await pair.batch()
      let code = try await OfferLink(pair.city.platform)(
        "other", role: .upper, url: "http://city.test", by: .system)
      let secret = try #require(code.split(separator: "#").last)
      #expect(try await pair.knock(batch, authorization: "Bearer \(secret)").status == 401)
      let atLinks = ExchangeRequest(
        url: "http://city.test" + ExchangePaths.links, token: batch.token,
        contentType: "application/json", body: Array("{}".utf8))
      #expect([400, 401].contains(try await pair.knock(atLinks).status))
      let tooLarge = try await pair.knock(
        atLinks, body: [UInt8](repeating: 32, count: ExchangeLimits.joinBytes + 1))
      #expect(tooLarge.status == 413)
    }
  }
}
