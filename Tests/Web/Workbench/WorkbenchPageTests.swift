import Domain
import Foundation
import HTTP
import Services
import Storage
import TestSupport
import Testing
import Web

@Suite struct WorkbenchPageTests {
  @Test func itSaysWhatWaitsAndWhy() async throws {
    try await Engine.sqlite.withSample { test in
      let office = try await test.browser()
      _ = try await office.post(
        "/problems",
        [
          "track": "enterprise", "title": "路坏了", "concerns": "某厂", "found_on": "2026-11-19",
          "detail": "", "channel": "", "source_number": "",
        ])
      let page = try await office.get("/tasks").text
      #expect(page.contains("路坏了") && page.contains("登记后等待研判"))
      let judged = try await office.get("/tasks?kind=judge").text
      #expect(judged.contains("路坏了") && judged.contains("aria-current=\"page\">研判"))
      #expect(!(try await office.get("/tasks?kind=verify").text).contains("路坏了"))
      test.advance(days: 30)
      _ = try await office.post(
        "/sign-in", ["username": "zhang.san", "password": "correct horse"])
      // It has a date or it waits without one, never both.
      let overdue = try await office.get("/tasks?urgency=overdue").text.contains("路坏了")
      let waiting = try await office.get("/tasks?urgency=waiting").text.contains("路坏了")
      #expect(overdue != waiting)
      for query in ["kind=x", "urgency=x", "after=x", "after=1.2.judge"] {
        #expect(try await office.get("/tasks?" + query).status == 400, "\(query)")
      }
    }
  }

  @Test func legsAreForThoseWhoHaveSome() async throws {
    try await Engine.sqlite.withSample { test in
      let handler = try await test.browser(.handler, unit: "清河县水利局", username: "li.si")
      let page = try await handler.get("/legs")
      #expect(page.status == 200 && page.text.contains("我的件"))
      #expect(try await handler.get("/legs?after=x").status == 400)
      let office = try await test.browser()
      #expect(try await office.get("/legs").text.contains("手上没有要办的件"))
      #expect(!(try await office.get("/tasks").text).contains("href=\"/legs\""))
    }
  }

  @Test func aNumberLeadsStraightToItsProblem() async throws {
    try await Engine.sqlite.withSample { test in
      let office = try await test.browser()
      let handler = try await test.browser(.handler, unit: "清河县水利局", username: "li.si")
      let made = try await office.post(
        "/problems",
        [
          "track": "enterprise", "title": "路坏了", "concerns": "某厂", "found_on": "2026-11-19",
          "detail": "", "channel": "", "source_number": "",
        ])
      let id = try #require(Int64(made.location.split(separator: "/").last ?? ""))
      let owner = try await test.account(.office)
      let number = try await ShowProblem(test.platform)(ProblemID(id), for: owner).problem
        .registration.number
      for text in ["\(number)", "00\(number)", "%20\(number)%20"] {
        let page = try await office.get("/search?q=" + text)
        #expect(page.status == 303 && page.location == made.location, "\(text)")
      }
      // Who may not see it is not told that it is there.
      let hidden = try await handler.get("/search?q=\(number)")
      #expect(hidden.status == 200 && !hidden.text.contains(made.location))
    }
  }

  @Test func namesAreFoundSortBySort() async throws {
    try await Engine.sqlite.withSample { test in
      let office = try await test.browser()
      let encoded = "水利".addingPercentEncoding(withAllowedCharacters: .alphanumerics)!
      let page = try await office.get("/search?q=" + encoded)
      #expect(page.text.contains("清河县水利局</a>") && page.text.contains("<h2>单位"))
      _ = try await office.post(
        "/problems",
        [
          "track": "enterprise", "title": "水利设施老化", "concerns": "某厂",
          "found_on": "2026-11-19", "detail": "", "channel": "", "source_number": "",
        ])
      #expect(try await office.get("/search?q=" + encoded).text.contains("水利设施老化</a>"))
      let listed = try await office.get("/problems?text=" + encoded).text
      #expect(listed.contains("水利设施老化</a>"))
      #expect(!(try await office.get("/problems?text=qqqq").text).contains("水利设施老化"))
      let village = "河湾".addingPercentEncoding(withAllowedCharacters: .alphanumerics)!
      #expect(try await office.get("/search?q=" + village).text.contains("<h2>乡村"))
      let nothing = try await office.get("/search?q=zzzz%3Cb%3E")
      #expect(nothing.text.contains("没有找到“zzzz&lt;b&gt;”"))
      #expect(nothing.text.contains("换个写法再试"))
      #expect(try await office.get("/search?q=%ff").status == 400)
      #expect(try await office.get("/search").status == 200)
    }
  }
}
