import Domain
import Foundation
import HTTPTypes
import Services
import Storage
import TestSupport
import Testing
import Web

@Suite struct SheetPageTests {
  /// The sample with a county sheet of October 2026 drafted by the office.
  private func run(
    _ body: (_ test: TestPlatform, _ office: Browser, _ path: String) async throws -> Void
  ) async throws {
    try await Engine.sqlite.withSample { test in
      try await Self.age(test)
      let office = try await test.browser()
      let drafted = try await office.post("/sheets", ["month": "2026-10", "kind": "county"])
      #expect(drafted.status == 303, "\(drafted.text)")
      try await body(test, office, drafted.location)
    }
  }

  /// The sample's units came into being in November; these were there before.
  private static func age(_ test: TestPlatform) async throws {
    try await test.platform.database.write { connection in
      _ = try connection.run("update units set valid_from = 0, since = 0")
    }
  }

  @Test func theWholeLifeInABrowser() async throws {
    try await run { test, office, path in
      let director = try await test.browser(.director, username: "director")
      let county = try await test.browser(
        .countyOffice, unit: "示例市/清河县", username: "county")
      #expect(try await county.get(path).status == 404)
      #expect(try await !county.get("/sheets").text.contains(path))
      #expect(try await office.post("\(path)/preview", [:]).status == 303)
      #expect(try await county.get("/sheets").text.contains("2026 年 10 月"))
      let seen = try await county.get(path).text
      #expect(seen.contains("清河县") && seen.contains("件数过少，不评") && seen.contains("提出异议"))
      #expect(!seen.contains("/publish\"") && !seen.contains("/rule\""))
      let empty = try await county.post("\(path)/object", ["text": " "])
      #expect(empty.status == 422 && empty.text.contains("请填写完整"))
      #expect(
        try await county.post("\(path)/object", ["text": "少算两件"]).status == 303)
      #expect(try await office.post("\(path)/publish", [:]).status == 403)
      let early = try await director.post("\(path)/publish", [:])
      #expect(early.status == 409 && early.text.contains("异议期还没有满"))
      let ruling = ["number": "1", "upheld": "no", "text": "已查，无误"]
      #expect(try await director.post("\(path)/rule", ruling).status == 303)
      test.advance(days: 8)
      _ = try await director.post(
        "/sign-in", ["username": "director", "password": "correct horse"])
      #expect(try await director.post("\(path)/publish", [:]).status == 303)
      let page = try await director.get(path).text
      #expect(page.contains("<strong class=\"state\">已公布</strong>"))
      #expect(page.contains("少算两件") && page.contains("已查，无误"))
      let proof = try await director.get("\(path)/proof").text
      #expect(proof.contains("重新计算结果与本表一致"))
      let again = try await director.post("/sheets", ["month": "2026-10", "kind": "county"])
      #expect(again.status == 422 && again.text.contains("请写明更正原因"))
    }
  }

  /// Nothing but the note is shown below 768 px, and no link leads there from a phone.
  @Test func forTheDesktopOnly() async throws {
    try await run { _, office, path in
      for address in ["/sheets", path] {
        let page = try await office.get(address).text
        let note = try #require(page.range(of: "class=\"desk-note\""))
        let desk = try #require(page.range(of: "<div class=\"desk-only\">"))
        #expect(note.lowerBound < desk.lowerBound)
        let rest = page[desk.upperBound...]
        #expect(rest.contains("</main>") && !page[..<desk.lowerBound].contains("<table"))
      }
      let page = try await office.get("/tasks").text
      let links = page.matches(of: #/<li([^>]*)><a href="\/sheets"/#)
      #expect(!links.isEmpty && links.allSatisfy { $0.1 == " class=\"desk-only\"" })
      let style = try String(
        contentsOfFile: TestPlatform.root + "/Public/app.css", encoding: .utf8)
      #expect(
        style.contains(
          "@media screen and (max-width: 767px) {\n  .desk-only { display: none !important; }"))
    }
  }

  /// Whoever may see the problems behind a number finds them from it; of other units only the number.
  @Test func numbersLeadToTheirProblems() async throws {
    try await Engine.sqlite.withSample { test in
      _ = try await test.importRows(.divisions, "code,name\n990122000000,白塔县")
      try await Self.age(test)
      let office = try await test.browser()
      // With the four of the sample six.
      for title in ["机井", "水渠"] {
        _ = try await office.post(
          "/problems",
          ["track": "village", "title": title, "concerns": "河湾村", "found_on": "2026-11-19"])
      }
      test.set("2026-12-02 09:00")
      _ = try await office.post(
        "/sign-in", ["username": "zhang.san", "password": "correct horse"])
      let path = try await office.post("/sheets", ["month": "2026-11", "kind": "county"]).location
      #expect(try await office.post("\(path)/preview", [:]).status == 303)
      let unit = try await FindUnit(test.platform)("示例市/清河县")
      let page = try await office.get(path).text
      let links = page.matches(of: #/href="(\/figures\/resolution_rate\/[^"]+)">(\d+)</#)
      let ours = try #require(
        links.first { $0.1.contains("group=\(unit)") && $0.1.contains("slice=denominator") })
      #expect(ours.2 == "6")
      let address = String(ours.1).replacing("&amp;", with: "&")
      #expect(address.contains("as_of=2026-11-30&known=2026-12-02T"))
      #expect(address.contains("from=2025-12-01&to=2026-11-30&by=county"))
      let list = try await office.get(address)
      #expect(list.status == 200)
      #expect(Set(list.text.matches(of: #/href="(\/problems\/\d+)"/#).map(\.1)).count == 6)
      let county = try await test.browser(
        .countyOffice, unit: "示例市/白塔县", username: "county")
      let seen = try await county.get(path).text
      #expect(seen.contains("清河县") && !seen.contains("group=\(unit)"))
    }
  }

  @Test func theWorkbook() async throws {
    try await run { _, office, path in
      let file = try await office.get("\(path)/file")
      #expect(file.status == 200 && file.size > 2000)
      #expect(
        file.headers[.contentDisposition]?.contains(".xlsx") == true
          && file.headers[.contentType]?.contains("spreadsheetml") == true)
    }
  }

  @Test(arguments: [
    ["month": "2026-13", "kind": "county"], ["month": "", "kind": "county"],
    ["month": "2026-10", "kind": "person"], ["month": "2026-11", "kind": "county"],
    ["month": "2026-10", "kind": "department"],
  ])
  func whatCannotBeDrafted(fields: [String: String]) async throws {
    try await Engine.sqlite.withSample { test in
      let office = try await test.browser()
      let page = try await office.post("/sheets", fields)
      #expect(page.status == 422 && page.text.contains("class=\"fault\""))
    }
  }

  @Test func inEnglish() async throws {
    try await run { _, office, path in
      let page = try await office.get(path + "?lang=en").text
      #expect(page.contains("Monthly comments, Oct 2026: Counties"))
      #expect(page.contains("Too few, not scored"))
    }
  }
}
