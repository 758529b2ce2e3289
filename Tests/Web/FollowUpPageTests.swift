import Domain
import Foundation
import HTTP
import Services
import Storage
import TestSupport
import Testing
import Web

/// Batches, verification, look-back and splitting: the office's work on many problems, or on what is done.
@Suite struct FollowUpPageTests {
  private func register(_ browser: Browser, title: String = "机井损坏") async throws -> String {
    let page = try await browser.post(
      "/problems",
      ["track": "enterprise", "title": title, "concerns": "某厂", "found_on": "2026-11-19"])
    #expect(page.status == 303)
    return page.location
  }

  private func act(
    _ browser: Browser, _ problem: String, _ action: String, _ fields: [String: String] = [:],
    on platform: TestPlatform
  ) async throws {
    let id = ProblemID(Int64(problem.split(separator: "/").last!)!)
    let version = try await platform.platform.database.read {
      try ProblemHistory.load(id, in: $0)!.problem.version
    }
    let page = try await browser.post(
      "\(problem)/\(action)", ["version": String(version)].merging(fields) { $1 })
    #expect(page.status == 303, "\(action): \(page.text)")
  }

  private func assigned(
    _ office: Browser, title: String = "机井损坏", on platform: TestPlatform
  ) async throws -> String {
    let problem = try await register(office, title: title)
    let judged = ["category": "logistics", "difficulty": "common"]
    try await act(office, problem, "judge", judged, on: platform)
    try await act(office, problem, "assign", ["unit": "清河县水利局"], on: platform)
    return problem
  }

  private func number(_ problem: String, _ office: Browser) async throws -> String {
    let page = try await office.get(problem).text
    return String(try #require(page.firstMatch(of: #/<span class="number">(\d{6})/#)).1)
  }

  /// One study, one answer, one check by somebody else, closed together; what cannot take a step says
  /// why.
  @Test(arguments: Engine.available)
  func aBatchFromTheFirstToTheLastStep(engine: Engine) async throws {
    try await engine.withSample { platform in
      let office = try await platform.browser()
      let checker = try await platform.browser(.office, username: "checker")
      let first = try await assigned(office, title: "甲厂用电", on: platform)
      let second = try await assigned(office, title: "乙厂用电", on: platform)
      let third = try await register(office, title: "丙厂用电")
      let faulty = try await office.post(
        "/batches", ["track": "enterprise", "title": "园区用电", "cause": ""])
      #expect(faulty.status == 422 && faulty.text.contains("园区用电"))
      let batch = try await office.post(
        "/batches", ["track": "enterprise", "title": "园区用电", "cause": "变压器容量不足"]
      ).location
      let numbers = [
        try await number(first, office), try await number(second, office),
        try await number(third, office),
      ]
      let joined = try await office.post(
        "\(batch)/problems",
        ["step": "join", "numbers": numbers.joined(separator: "、") + " 999999"])
      #expect(joined.status == 422)
      #expect(joined.text.contains("999999：") && joined.text.contains(">999999</textarea>"))
      #expect(joined.text.contains("丙厂用电") && joined.text.contains("已结 0 / 共 3"))

      let answer = try await office.get("\(batch)/answer").text
      #expect(answer.contains("2 件可以办理，1 件现在不能"))
      let incomplete = try await office.post("\(batch)/answer", ["text": "扩容"])
      #expect(incomplete.status == 422 && incomplete.text.contains("扩容"))
      let answered = try await office.post(
        "\(batch)/answer", ["outcome": "solved", "text": "变压器已扩容", "evidence": "验收单"])
      #expect(answered.location.hasSuffix("/answer?done=2"))
      #expect(try await office.get(answered.location).text.contains("2 件已办理"))
      #expect(try await office.get(batch).text.contains("变压器已扩容"))
      #expect(
        try await office.post(
          "\(batch)/answer", ["outcome": "solved", "text": "再", "evidence": "无"]
        )
        .status == 422)

      // Who answered for the handlers does not check.
      #expect(try await office.get("\(batch)/verify").text.contains("您办理过这个问题"))
      let left = [
        "step": "leave", "text": "另行办理", "pick-\(Int(numbers[2])!)": "1",
      ]
      #expect(try await office.post("\(batch)/problems", left).status == 303)
      #expect(
        try await checker.post("\(batch)/verify", ["yes": "yes", "text": "属实"]).location == batch)
      platform.advance(days: 9)
      _ = try await checker.post(
        "/sign-in", ["username": "checker", "password": "correct horse"])
      #expect(try await checker.post("\(batch)/close", ["text": "电话回访"]).location == batch)
      let closed = try await checker.get(batch).text
      #expect(closed.contains("已全部销号") && closed.contains("已结 2 / 共 2"))
      #expect(try await checker.get("/batches?state=closed").text.contains("园区用电"))
      #expect(try await checker.get("/batches?state=open").text.contains("园区用电") == false)
    }
  }

  @Test func batchesSamplesAndChecksAreTheOffices() async throws {
    try await Engine.sqlite.withSample { platform in
      let handler = try await platform.browser(.handler, unit: "清河县水利局", username: "li.si")
      for path in [
        "/batches", "/batches/new", "/batches/1", "/verification", "/look-back", "/look-back/new",
        "/calendar/day", "/calendar/import", "/calendar/dates",
      ] {
        #expect(try await handler.get(path).status == 403, "\(path)")
      }
      #expect(try await handler.post("/batches", ["title": "x"]).status == 403)
      #expect(try await handler.post("/look-back", ["from": "2026-10"]).status == 403)
      let office = try await platform.browser()
      for path in ["/batches/1", "/look-back/1", "/look-back/x", "/batches/1/explode"] {
        #expect(try await office.get(path).status == 404, "\(path)")
      }
    }
  }

  /// Who acted is named beside what waits, and told that somebody else checks.
  @Test(arguments: Engine.available)
  func whatWaitsForACheck(engine: Engine) async throws {
    try await engine.withSample { platform in
      let office = try await platform.browser()
      let checker = try await platform.browser(.office, username: "checker")
      let problem = try await assigned(office, on: platform)
      #expect(try await office.get("/verification").text.contains("没有待核查的问题"))
      let claim = ["outcome": "solved", "text": "已修", "evidence": "照片"]
      try await act(office, problem, "claim", claim, on: platform)
      let own = try await office.get("/verification").text
      #expect(own.contains("机井损坏") && own.contains("您办理过，须由他人核查"))
      #expect(try await checker.get("/verification").text.contains("您办理过，") == false)
      try await act(checker, problem, "verify", ["yes": "yes", "text": "属实"], on: platform)
      #expect(try await checker.get("/verification").text.contains("机井损坏") == false)
      let early = try await checker.get("/verification?task=return_visit").text
      #expect(early.contains("没有待回访的问题"))
      platform.advance(days: 8)
      _ = try await checker.post(
        "/sign-in", ["username": "checker", "password": "correct horse"])
      #expect(
        try await checker.get("/verification?task=return_visit").text.contains("机井损坏"))
      #expect(try await checker.get("/verification?task=judge").status == 400)
    }
  }

  /// Shown first, drawn once, repeatable.
  @Test(arguments: Engine.available)
  func aSampleIsDrawnForAMonth(engine: Engine) async throws {
    try await engine.withSample { platform in
      var office = try await platform.browser()
      let checker = try await platform.browser(.office, username: "checker")
      let problem = try await assigned(office, on: platform)
      let claim = ["outcome": "solved", "text": "已修", "evidence": "照片"]
      try await act(office, problem, "claim", claim, on: platform)
      try await act(checker, problem, "verify", ["yes": "yes", "text": "属实"], on: platform)
      platform.set("2026-11-29 10:00")
      _ = try await checker.post(
        "/sign-in", ["username": "checker", "password": "correct horse"])
      let visit = ["rating": "none", "text": "未接通"]
      try await act(checker, problem, "return_visit", visit, on: platform)
      try await act(checker, problem, "close", on: platform)

      let draw = ["from": "2026-11", "to": "2026-11", "share": "10%", "track": "", "unit": ""]
      let early = try await checker.get("/look-back/new?from=2026-11&share=10%25").text
      #expect(early.contains("期内销号 1 件，将抽出 1 件") && early.contains("这一期还没有结束"))
      #expect(try await checker.post("/look-back", draw).status == 422)
      platform.set("2026-12-02 10:00")
      office = try await platform.browser(username: "wang.wu")
      _ = try await register(office)
      try await platform.sequence()
      #expect(try await office.get("/look-back/new?from=2026-11&share=0").status == 422)
      #expect(
        try await office.get("/look-back/new?from=2026-11&share=10%25").text.contains(
          "只能抽一次"))
      let sample = try await office.post("/look-back", draw)
      #expect(sample.status == 303, "\(sample.text)")
      let page = try await office.get(sample.location).text
      #expect(page.contains("机井损坏") && page.contains("draw-look-back.py --root"))
      #expect(try await office.get(sample.location + "/proof").text.contains("重算结果与记录一致"))
      let again = try await office.post("/look-back", draw)
      #expect(again.status == 422 && again.text.contains("不能重抽"))
      try await act(office, problem, "look_back", ["yes": "no", "text": "又坏了"], on: platform)
      #expect(try await office.get(sample.location).text.contains("未解决，重办"))
      #expect(try await office.get("/look-back").text.contains("2026-11-01 至 2026-11-30"))
    }
  }

  @Test(arguments: Engine.available)
  func aPartBecomesAProblem(engine: Engine) async throws {
    try await engine.withSample { platform in
      let office = try await platform.browser()
      let problem = try await assigned(office, on: platform)
      #expect(try await office.get(problem).text.contains("\(problem)/split"))
      #expect(try await office.get(problem + "/split").text.contains("拆出的问题"))
      let faulty = try await office.post(
        problem + "/split", ["title": "", "detail": "留着", "reason": "两件事"])
      #expect(faulty.status == 422 && faulty.text.contains("留着") && faulty.text.contains("两件事"))
      let unreasoned = try await office.post(
        problem + "/split", ["title": "线路老化", "detail": "", "reason": ""])
      #expect(unreasoned.status == 422 && unreasoned.text.contains("线路老化"))
      let part = try await office.post(
        problem + "/split", ["title": "线路老化", "detail": "", "reason": "两件事"])
      #expect(part.status == 303)
      #expect(try await office.get(part.location).text.contains("线路老化"))
      let handler = try await platform.browser(.handler, unit: "清河县水利局", username: "li.si")
      #expect(try await handler.get(problem + "/split").status == 403)
      #expect(try await handler.get(problem).text.contains("/split") == false)
      #expect(try await office.get("/problems/1/split").status == 404)
    }
  }
}
