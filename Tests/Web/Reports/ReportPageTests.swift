import Domain
import HTTP
import HTTPTypes
import Services
import TestSupport
import Testing
import Web

/// The pages of reports: numbers with links, words, issuing, paper, workbook, and an official's week.
@Suite struct ReportPageTests {
  private struct Pages {
    let test: TestPlatform
    let office: Browser
    let account: Account
    let city: UnitID
    let county: UnitID

    func url(_ kind: String = "weekly", _ period: String = "2026-11-16") -> String {
      "/reports/\(kind)/unit-\(city)/\(period)"
    }
  }

  /// Two problems found in the week from 2026-11-16, one of them assigned; the sample's two of that week
  /// beside them.
  private func inPages(
    at time: String = "2026-11-23 09:00", _ body: (Pages) async throws -> Void
  ) async throws {
    try await Engine.sqlite.withSample { test in
      let account = try await test.account(.office)
      for number in 1...2 {
        let id = try await RegisterProblem(test.platform)(
          Registration(
            track: "village", title: "<机井>损坏\(number)", detail: "",
            concerns: "示例市/清河县/柳林镇/河湾村", foundOn: "2026-11-19"), by: account)
        if number == 2 { continue }
        for request in [
          ActOnProblem.Request.command(
            .judge(category: "infrastructure", difficulty: .general, tier: "", note: "")),
          .assign(.init(unit: "清河县水利局")),
        ] {
          _ = try await ActOnProblem(test.platform)(request, on: id, seen: nil, by: account)
        }
      }
      test.set(time)
      try await body(
        Pages(
          test: test, office: try await test.browser(.office), account: account,
          city: try await FindUnit(test.platform)("示例市"),
          county: try await FindUnit(test.platform)("示例市/清河县")))
    }
  }

  private func isWhole(_ page: Browser.Page) -> Bool {
    // No key is left standing where a text should be.
    let text = page.text.replacing(#/href="/assets/[^"]*"/#, with: "")
    return page.status == 200 && !text.contains("{{") && !text.contains("report.")
      && !text.contains("reports.")
  }

  @Test(arguments: ["zh", "en"])
  func everyKindInBothLanguages(language: String) async throws {
    try await inPages { pages in
      let list = try await pages.office.get("/reports", language: language)
      #expect(isWhole(list) && list.text.contains(pages.url()))
      for url in [
        pages.url(), pages.url("monthly", "2026-11"), pages.url("bulletin"),
        pages.url("bulletin", "2026-11"), pages.url("meeting"),
        "/reports/weekly/unit-\(pages.county)/2026-11-16",
      ] {
        for part in ["", "/paper"] {
          let page = try await pages.office.get(url + part, language: language)
          #expect(isWhole(page), "\(url + part)")
          #expect(!page.text.contains("<机井>"), "\(url + part)")
        }
      }
      for url in [
        pages.url("weekly", "2026-11-17"), pages.url("weekly", "2026-11"),
        pages.url("monthly", "2026-11-16"), pages.url("weekly", "2026-11-30"),
        "/reports/weekly/unit-1/2026-11-16", "/reports/yearly/unit-\(pages.city)/2026-11",
      ] {
        #expect(try await pages.office.get(url).status == 404, "\(url)")
      }
    }
  }

  /// Every number leads to as many problems as it says.
  @Test func numbersLeadToTheirProblems() async throws {
    try await inPages { pages in
      var followed = 0
      for url in [
        pages.url(), "/reports/weekly/unit-\(pages.county)/2026-11-16", pages.url("bulletin"),
        pages.url("meeting"),
      ] {
        let page = try await pages.office.get(url)
        let links = page.text.matches(of: #/href="(/figures/[^"]*)">(\d+|共 \d+ 件)</#)
        for link in links {
          let count = link.2.filter { ("0"..."9").contains($0) }
          let list = try await pages.office.get(String(link.1).replacing("&amp;", with: "&"))
          let heading = list.text.firstMatch(of: #/<h1>[^<]*<\/h1>/#).map { String($0.0) } ?? ""
          #expect(list.status == 200, "\(link.1)")
          #expect(
            heading.filter { ("0"..."9").contains($0) }.dropFirst().dropLast() == count, "\(link.0)"
          )
          followed += 1
        }
      }
      #expect(followed > 40)
    }
  }

  @Test func wordsAreAddedAndTheReportIsIssued() async throws {
    try await inPages(at: "2026-11-22 23:50") { pages in
      let draft = try await pages.office.get(pages.url())
      #expect(draft.text.contains("草稿") && !draft.text.contains("\(pages.url())/issue"))
      let written = try await pages.office.post(
        pages.url() + "/remarks/plans", ["text": "抓好 <b>3</b> 件事"])
      #expect(written.status == 303)
      let long = try await pages.office.post(
        pages.url() + "/remarks/plans", ["text": String(repeating: "字", count: 2001)])
      // Nothing typed is lost.
      #expect(long.status == 422 && long.text.contains(String(repeating: "字", count: 2001)))
      let early = try await pages.office.post(pages.url() + "/issue", [:])
      #expect(early.status == 422 && early.text.contains("本期结束后才能发出"))
      pages.test.set("2026-11-23 00:10")
      let open = try await pages.office.get(pages.url())
      #expect(open.text.contains("抓好 &lt;b&gt;3&lt;/b&gt; 件事"))
      #expect(open.text.contains("\(pages.url())/issue"))
      #expect(try await pages.office.post(pages.url() + "/issue", [:]).status == 303)
      let issued = try await pages.office.get(pages.url())
      #expect(isWhole(issued) && issued.text.contains("已发出："))
      #expect(!issued.text.contains("<textarea") && !issued.text.contains("/issue\""))
      let late = try await pages.office.post(pages.url() + "/remarks/plans", ["text": "改"])
      #expect(late.status == 422 && late.text.contains("已经发出，不能再改"))
      let check = try await pages.office.get(pages.url() + "/check")
      #expect(isWhole(check) && check.text.contains("全部一致"))
      let list = try await pages.office.get("/reports")
      #expect(list.text.contains("已发出 2026-11-23"))
    }
  }

  /// No address takes a number: the only forms of a report are words, issuing and the workbook.
  @Test func numbersCannotBeSent() async throws {
    try await inPages { pages in
      let page = try await pages.office.get(pages.url())
      let forms = page.text.matches(of: #/<form[^>]*action="(/reports/[^"]*)"/#).map {
        String($0.1)
      }
      #expect(!forms.isEmpty)
      #expect(
        forms.allSatisfy {
          $0.contains("/remarks/") || $0.hasSuffix("/export") || $0.hasSuffix("/issue")
        })
      let inputs = page.text.matches(of: #/<(input|textarea)[^>]*name="([^"]*)"/#).map {
        String($0.2)
      }
      #expect(Set(inputs) == ["form_token", "text", "q"])
    }
  }

  @Test func theWorkbookHasTheSameNumbers() async throws {
    try await inPages { pages in
      let catalogue = try Catalogue(.zh, resources: TestPlatform.root + "/Resources")
      let platform = pages.test.platform
      let path = ScratchFolder()
      let address = ReportAddress(
        .weekly, of: .unit(pages.city), in: ReportPeriod("2026-11-16")!)
      try await ExportReport(platform)(
        address, query: "", to: path("report.xlsx"), by: pages.account
      ) { ReportOutput.sheets($0, catalogue, platform) }
      let sheets = try ReadSheet.all(in: path("report.xlsx"))
      let content = try await ShowReport(platform)(address, for: pages.account).content
      #expect(sheets.count == 1 + content.sections.count { $0.remark == nil } - 1)
      let figures = sheets.first { $0.name.contains("总体推进情况") }!
      let page = try await pages.office.get(pages.url()).text
      for figure in content.sections[0].figures! {
        let row = figures.rows.first { $0.first == figure.name.zh }!
        #expect(row[2] == String(figure.now.denominator), "\(figure.code)")
        #expect(row[1] == (figure.now.numerator.map(String.init) ?? ""), "\(figure.code)")
        let shown = row[3].isEmpty ? "—" : row[3]
        if figure.measure == .count || figure.measure == .shares {
          let cell = #/<a class="number" href="\/figures\/([a-z_]+)\/problems[^"]*">(\d+)<\/a>/#
          let numbers = page.matches(of: cell).filter { $0.1 == figure.code }.map { $0.2 }
          #expect(numbers.first.map(String.init) == shown, "\(figure.code)")
        }
      }
      for section in content.sections {
        guard let list = section.list else { continue }
        let sheet = sheets.first { $0.name.contains(section.words.zh) }!
        // Headings above, how many there are below.
        #expect(sheet.rows.count == list.lines.count + 2, "\(section.code)")
        let numbers = list.lines.map { padded(Int($0.number!), 6) }
        #expect(sheet.rows.dropFirst().dropLast().map { $0[0] } == numbers)
      }
      let sent = try await pages.office.post(pages.url() + "/export", [:])
      #expect(sent.status == 200 && sent.headers[.contentType]?.contains("spreadsheet") == true)
      #expect(sent.size > 4000)
    }
  }

  /// One page and one button: the week is written, words are added and it is handed in.
  @Test func anOfficialHandsInTheWeek() async throws {
    try await inPages(at: "2026-11-20 16:00") { pages in
      let official = try await pages.test.official()
      let browser = try await pages.test.browser(
        .official, official: official, username: "li.si")
      let week = try await browser.get("/my/week")
      #expect(isWhole(week) && week.text.contains("我的一周"))
      for word in ["打卡", "排名", "得分", "在线时长", "登录次数"] {
        #expect(!week.text.contains(word), "\(word)")
      }
      #expect(week.text.matches(of: #/class="primary"/#).count == 1)
      let saved = try await browser.post(
        "/my/week", ["week": "2026-11-16", "text": "缺配件", "then": "save"])
      #expect(saved.status == 303)
      #expect(try await browser.get(saved.location).text.contains("已保存，还没有提交"))
      let sent = try await browser.post(
        "/my/week", ["week": "2026-11-16", "text": "缺配件，请协调", "then": "submit"])
      #expect(sent.status == 303)
      let after = try await browser.get(sent.location)
      #expect(after.text.contains("已提交：") && after.text.contains("缺配件，请协调"))
      #expect(!after.text.contains("<textarea"))
      let again = try await browser.post(
        "/my/week", ["week": "2026-11-16", "text": "改", "then": "submit"])
      #expect(again.status == 422)
      #expect(try await browser.get("/my/week?week=2026-11-30").status == 404)
      let office = try await pages.office.get("/reports")
      #expect(office.text.contains("/reports/weekly/official-\(official)/2026-11-16"))
      let seen = try await pages.office.get("/reports/weekly/official-\(official)/2026-11-16")
      #expect(isWhole(seen) && seen.text.contains("缺配件，请协调"))
    }
  }
}
