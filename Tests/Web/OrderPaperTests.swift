import Cryptography
import Domain
import HTTP
import HTTPTypes
import Services
import Storage
import TestSupport
import Testing
import Web

@Suite struct OrderPaperTests {
  private static let views = try! Views(resources: TestPlatform.root + "/Resources")

  private func paper(_ order: Order, _ language: Language = .zh) -> String {
    OrderPaper(order: order, procedures: TestPlatform.data.procedures).html(
      Self.views, language, place: .file("p {}"))
  }

  private func order(_ content: OrderContent, day: String = "2026-03-01") throws -> Order {
    let at = Instant(startOf: Day(day)!)
    let event = try Order.issue(
      content, number: .init(series: "许帮村交", year: 2026, number: 12), on: at.day)
    return try #require(Order(id: OrderID(1), first: event, at: at, by: .system))
  }

  @Test func itSaysAllThatAnOfficialPaperHas() throws {
    let page = paper(try order(.sample()))
    for part in [
      "清河县活动办", "许帮村交〔2026〕000012号", "关于办理“机井损坏”问题的交办单", "清河县水利局：",
      "第000007号问题“机井损坏”", "交由你单位主办", "一、问题情况", "二、办理要求", "三、办理时限", "1 · 签收研判",
      "2026年11月23日24时前", "2026年11月27日24时前 (暂定)", "13710规则第1版", "2026年3月1日</p>",
      "抄送：", "县政府分管领导，县督查局。", "2026年3月1日印发", "<style>\np {}\n</style>",
    ] where !page.contains(part) {
      Issue.record("no \(part)")
    }
    #expect(!page.contains("watermark") && !page.contains("<script"))
    let english = paper(try order(.sample()), .en)
    #expect(english.contains("Assignment order: “机井损坏”") && english.contains("23 Nov 2026"))
  }

  @Test(arguments: Language.allCases, OrderKind.allCases)
  func everyKindIsWrittenInFull(language: Language, kind: OrderKind) throws {
    var content = OrderContent.sample(kind)
    content.about = .init(unit: nil, name: "清河县交通运输局")
    content.causes = OrderContent.Cause.allCases
    content.figures = OrderContent.Figure.Code.allCases.map { .init($0, 2) }
    content.follows = .init(order: OrderID(3), number: .init(series: "甲", year: 2026, number: 1))
    let event = try Order.draft(content, series: "许帮村")
    let draft = try #require(Order(id: OrderID(1), first: event, at: .reference, by: .system))
    let page = paper(draft, language)
    // A key without a text shows itself; an argument without a value keeps its braces.
    #expect(!page.contains(/order\.[a-z]/) && !page.contains(/\{[a-z]+\}/))
    #expect(page.contains(language == .zh ? "草稿" : "DRAFT"))
  }

  @Test func nothingTypedBecomesMarkup() throws {
    let evil = "<script>alert(1)</script>\"'&"
    var content = OrderContent.sample(named: evil, title: evil)
    (content.detail, content.demand, content.concerns) = (evil, evil, evil)
    (content.note, content.signatory, content.copies) = (evil, evil, [evil])
    content.milestones = [.init(kind: evil, day: Day("2026-11-23")!, instant: .reference)]
    let page = paper(try order(content))
    #expect(!page.contains("<script>") && page.contains("&lt;script&gt;"))
  }

  /// What was revoked says by which document; what revokes says which.
  @Test(arguments: Engine.available)
  func thePaperOnTheSite(engine: Engine) async throws {
    try await engine.withSample { platform in
      let office = try await platform.account(.office)
      let problem = try await ListProblems(platform.platform)(
        ProblemFilter(), before: nil, for: office
      ).items[0].id
      let unit = try await FindUnit(platform.platform)("清河县水利局")
      let now = platform.platform.now()
      let order = try await platform.platform.database.write {
        try OrderHistory.issue(
          .sample(of: problem, to: unit), series: "许帮村交", at: now, by: .system, in: $0)
      }
      let new = try await RevokeOrder(platform.platform)(order.id, reason: "误发", by: office)
      let (old, latest) = ("/orders/\(order.id)/paper", "/orders/\(new.id)/paper")

      let stranger = try Browser(platform.platform)
      #expect(try await stranger.get(old).location.hasPrefix("/sign-in"))
      let handler = try await signedIn(platform, "清河县水利局", "li.si")
      let page = try await handler.get(old)
      #expect(page.status == 200 && page.text.contains("本件已于2026年11月20日由许帮村交〔2026〕000002号撤销。"))
      #expect(page.text.contains("href=\"\(latest)\"") && page.text.contains("order.css"))
      #expect(page.headers[.init("Content-Security-Policy")!]?.contains("unsafe") == false)
      #expect(!page.text.contains("<style>") && !page.text.contains("<script"))
      #expect(
        try await handler.get(latest).text.contains("2026年11月20日印发的许帮村交〔2026〕000001号"))
      let other = try await signedIn(platform, "清河县交通运输局", "wang.wu")
      #expect(try await other.get(old).status == 404)
      #expect(try await handler.get("/orders/1/paper").status == 404)
      #expect(try await handler.get("/orders/x/paper").status == 404)
    }
  }

  private func signedIn(
    _ platform: TestPlatform, _ unit: String, _ username: String
  ) async throws -> Browser {
    let link = try await InviteAccount(platform.platform)(
      name: "李四", role: .handler, unit: FindUnit(platform.platform)(unit), by: .system)
    let browser = try Browser(platform.platform)
    _ = try await browser.post(
      Route.invitation(link.text).path,
      ["username": username, "password": "correct horse", "repeated": "correct horse"])
    return browser
  }
}
