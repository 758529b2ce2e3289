import Domain
import Foundation
import HTTP
import Services
import Storage
import TestSupport
import Testing
import Web

/// The list of orders and the page of one: who may do what, and what it says before it is done.
@Suite struct OrderPageTests {
  private struct Papers {
    let problem: ProblemID
    let draft: OrderID
    let issued: OrderID
  }

  /// A draft of a recommendation and an issued assignment order, both for 清河县水利局.
  private func papers(_ platform: TestPlatform) async throws -> Papers {
    let office = try await platform.account(.office)
    let problem = try await ListProblems(platform.platform)(
      ProblemFilter(), before: nil, for: office
    ).items[0].id
    let unit = try await FindUnit(platform.platform)("清河县水利局")
    let now = platform.platform.now()
    let (draft, issued) = try await platform.platform.database.write { connection in
      let draft = try OrderHistory.draft(
        .sample(.accountability, of: problem, to: unit), series: "许帮村问", at: now, by: .system,
        in: connection)
      let issued = try OrderHistory.issue(
        .sample(of: problem, to: unit), series: "许帮村交", at: now, by: .system, in: connection)
      return (draft.id, issued.id)
    }
    return Papers(problem: problem, draft: draft, issued: issued)
  }

  @Test(arguments: Engine.available)
  func theListIsNarrowedInTheAddress(engine: Engine) async throws {
    try await engine.withSample { platform in
      let papers = try await papers(platform)
      let office = try await platform.browser()
      let number = try await ListProblems(platform.platform)(
        ProblemFilter(), before: nil, for: platform.account(.office)
      ).items.first { $0.id == papers.problem }!.number
      let (draft, issued) = ("/orders/\(papers.draft)\"", "/orders/\(papers.issued)\"")
      for (query, hasDraft, hasIssued) in [
        ("", true, false), ("?state=all", true, true), ("?kind=assignment", false, true),
        ("?state=issued", false, true), ("?state=review", false, false),
        ("?state=all&number=1", false, true), ("?state=all&number=2", false, false),
        (
          "?state=all&number=%E8%AE%B8%E5%B8%AE%E6%9D%91%E4%BA%A4%E3%80%942026%E3%80%95000001%E5%8F%B7",
          false, true
        ),
        ("?state=all&unit=%E6%B8%85%E6%B2%B3%E5%8E%BF%E6%B0%B4%E5%88%A9%E5%B1%80", true, true),
        (
          "?state=all&unit=%E6%B8%85%E6%B2%B3%E5%8E%BF%E4%BA%A4%E9%80%9A%E8%BF%90%E8%BE%93%E5%B1%80",
          false, false
        ),
        ("?state=all&problem=\(number)", true, true), ("?state=all&problem=999999", false, false),
      ] {
        let page = try await office.get("/orders" + query)
        #expect(page.status == 200, "\(query)")
        #expect(page.text.contains(draft) == hasDraft, "\(query)")
        #expect(page.text.contains(issued) == hasIssued, "\(query)")
      }
      let unknown = try await office.get("/orders?state=all&unit=nowhere")
      #expect(unknown.status == 422 && unknown.text.contains("没有叫“nowhere”的单位"))
      for bad in ["?state=lost", "?kind=letter", "?before=x"] {
        #expect(try await office.get("/orders" + bad).status == 400, "\(bad)")
      }
    }
  }

  /// The director approves; the office's clerk is told why not; the unit sees it when it is issued.
  @Test(arguments: Engine.available)
  func aRecommendationIsTheDirectors(engine: Engine) async throws {
    try await engine.withSample { platform in
      let papers = try await papers(platform)
      let path = "/orders/\(papers.draft)"
      let office = try await platform.browser()
      let director = try await platform.browser(.director, username: "director")
      let handler = try await platform.browser(.handler, unit: "清河县水利局", username: "li.si")
      let refused = try await office.get(path).text
      #expect(refused.contains("问效建议单只能由活动办主任审批") && !refused.contains("\(path)/issue"))
      #expect(try await office.post("\(path)/issue", [:]).status == 403)
      #expect(try await handler.get(path).status == 404)
      let offered = try await director.get(path).text
      #expect(offered.contains("取“许帮村问”的下一个文号") && offered.contains("\(path)/issue"))
      #expect(try await director.post("\(path)/issue", [:]).status == 303)
      let again = try await director.post("\(path)/issue", [:])
      #expect(again.status == 409 && again.text.contains("签发后内容不再改动"))

      let asked = try await handler.post("\(path)/request_review", ["text": "  "])
      #expect(asked.status == 422 && asked.text.contains("请填写理由"))
      #expect(
        try await handler.post("\(path)/request_review", ["text": "道路中断"]).status == 303)
      #expect(try await director.get("/orders?state=review").text.contains(path))
      let decision = try await director.get(path).text
      #expect(decision.contains("道路中断") && decision.contains("name=\"decision\""))
      #expect(
        try await handler.post("\(path)/decide_review", ["decision": "upheld", "text": "属实"]).status
          == 403)
      let decided = ["decision": "withdrawn", "text": "情况属实"]
      #expect(try await director.post("\(path)/decide_review", decided).status == 303)
      #expect(try await handler.get(path).text.contains("已撤销"))
      #expect(try await director.post("\(path)/explode", [:]).status == 404)
    }
  }

  @Test func aDraftIsPutAsideWithAReason() async throws {
    try await Engine.sqlite.withSample { platform in
      let papers = try await papers(platform)
      let office = try await platform.browser()
      let path = "/orders/\(papers.draft)"
      #expect(try await office.post("\(path)/discard", ["text": ""]).status == 422)
      #expect(try await office.post("\(path)/discard", ["text": "已办结"]).status == 303)
      let page = try await office.get(path).text
      #expect(page.contains("已作废") && page.contains("已办结"))
      #expect(!page.contains("<form method=\"post\" action=\"\(path)"))
    }
  }

  @Test func papersArePrintedTogether() async throws {
    try await Engine.sqlite.withSample { platform in
      let papers = try await papers(platform)
      let office = try await platform.browser()
      let query = "?ids=\(papers.draft)&ids=\(papers.issued)"
      let page = try await office.get("/orders/print" + query)
      #expect(page.status == 200)
      #expect(page.text.components(separatedBy: "class=\"paper\"").count == 3)
      // What may not be seen is left out.
      let handler = try await platform.browser(.handler, unit: "清河县水利局", username: "li.si")
      let seen = try await handler.get("/orders/print" + query).text
      #expect(seen.components(separatedBy: "class=\"paper\"").count == 2)
      #expect(try await handler.get("/orders/print?ids=\(papers.draft)").status == 404)
    }
  }
}
