import Domain
import Foundation
import HTTPTypes
import Services
import Storage
import TestSupport
import Testing

@testable import API

@Suite struct PublicFeedTests {
  /// The ids are computed by Python's hashlib.
  @Test func anAtomFeed() throws {
    let feed = NoticesFeed(
      words: try .shipped(), language: "zh", url: "https://lianbang.example", instance: "key")
    let entry = NoticesFeed.Entry(
      id: "sheet/17", title: "甲 & 乙 <1>", at: Instant(text: "2026-12-09T09:00:00+08:00")!,
      path: "/sheets/17", digest: "ab12")
    let expected = [
      "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n",
      "<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"zh-Hans\">",
      "<id>urn:uuid:f30d64e3-7ba0-8092-b1d3-db6a544ee9e5</id><title>公开通报</title>",
      "<updated>2026-12-09T09:00:00+08:00</updated><author><name>活动办公室</name></author>",
      "<link rel=\"self\" href=\"https://lianbang.example/feeds/notices.atom\"/>",
      "<entry><id>urn:uuid:1eda4da9-682b-8fb3-be6b-327d9594e5af</id>",
      "<title>甲 &amp; 乙 &lt;1&gt;</title><updated>2026-12-09T09:00:00+08:00</updated>",
      "<published>2026-12-09T09:00:00+08:00</published>",
      "<link rel=\"alternate\" type=\"text/html\" href=\"https://lianbang.example/sheets/17\"/>",
      "<content type=\"text\">内容摘要（SHA-256）：ab12</content></entry></feed>\n",
    ]
    #expect(feed.document([entry]) == expected.joined())
    // RFC 4287, 4.1.1: a feed has an instant and an author also where nothing was published.
    let empty = feed.document([])
    #expect(empty.contains("<updated>2026-01-01T00:00:00+08:00</updated><author>"))
  }

  /// Two thirds by hand: 66.666… becomes 66.67; 1 of 8 is 12.5; 1 of 16,000 is 0.00625, which becomes 0.01.
  @Test(arguments: [
    (2, 3, 66.67), (1, 8, 12.5), (1, 16_000, 0.01), (0, 7, 0), (7, 7, 100), (0, 0, nil),
  ])
  func percentHasTwoDigits(numerator: Int, denominator: Int, percent: Double?) {
    #expect(FiguresTable.percent(numerator, of: denominator) == percent)
  }

  private func publish(_ test: TestPlatform) async throws -> SheetID {
    let platform = test.platform
    let (office, director) = (
      try await test.account(.office), try await test.account(.director)
    )
    // The sample's units came into being in November; these were there before.
    try await platform.database.write {
      _ = try $0.run("update units set valid_from = 0, since = 0")
    }
    let month = try #require(SheetMonth("2026-10"))
    let id = try await DraftSheet(platform)(.county, month, reason: "", by: office)
    try await ActOnSheet(platform).preview(id, by: office)
    test.advance(days: 8)
    try await test.sequence()
    try await ActOnSheet(platform).publish(id, by: director)
    return id
  }

  @Test(arguments: Engine.available)
  func whatWasPublished(engine: Engine) async throws {
    try await engine.withSample { test in
      let feeds = PublicFeeds(
        test.platform, try .shipped(), isOpen: true, url: "https://lianbang.example")
      let browser = try Browser(test.platform, programs: [feeds])
      let before = try await browser.get("/feeds/figures.csv")
      #expect(
        before.text
          == "\u{FEFF}kind,month,edition,published_at,unit,code,definition_version,numerator,denominator,unit_of_value,value,proof,digest\r\n"
      )
      #expect(!(try await browser.get("/feeds/notices.atom").text.contains("<entry>")))
      let id = try await publish(test)
      let csv = try await browser.get("/feeds/figures.csv")
      #expect(csv.status == 200)
      #expect(csv.headers[.contentType] == "text/csv; charset=utf-8; header=present")
      let lines = csv.text.components(separatedBy: "\r\n").dropFirst().dropLast()
      let detail = try await test.platform.database.read {
        try PublishedRows.sheets(limit: 5, in: $0)
      }
      let sheet = try #require(detail.first)
      #expect(detail.count == 1 && sheet.id == id)
      #expect(lines.count == sheet.content.lines.count * sheet.content.components.count)
      for line in lines {
        let cells = line.components(separatedBy: ",")
        #expect(cells.count == FiguresTable.columns.count)
        #expect(cells.prefix(3) == ["county", "2026-10", "1"] && cells.last == sheet.digest)
        #expect(cells[11] == "https://lianbang.example/sheets/\(id)/proof")
      }
      #expect(csv.text.contains("清河县"))
      let atom = try await browser.get("/feeds/notices.atom")
      #expect(atom.headers[.contentType] == "application/atom+xml; charset=utf-8")
      #expect(atom.text.contains("2026-10 月讲评（县（市、区），第 1 版）"))
      #expect(atom.text.contains(sheet.digest))
      for (path, page) in [("/feeds/figures.csv", csv), ("/feeds/notices.atom", atom)] {
        let tag = try #require(page.headers[.eTag])
        let again = try await browser.send(
          .get, path, body: "", headers: [.ifNoneMatch: tag, .acceptLanguage: "zh"])
        #expect(again.status == 304)
      }
    }
  }

  @Test func theyAreClosedUnlessTheOperatorOpensThem() async throws {
    try await Engine.sqlite.withSample { test in
      let browser = try Browser(
        test.platform, programs: [PublicFeeds(test.platform, try .shipped())])
      for path in ["/feeds/figures.csv", "/feeds/notices.atom"] {
        #expect(try await browser.get(path).status == 404)
      }
    }
  }
}
