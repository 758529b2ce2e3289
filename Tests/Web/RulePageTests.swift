import Domain
import HTTP
import Services
import Storage
import TestSupport
import Testing
import Web

/// The calendar, the rules, the definitions and the help.
@Suite struct RulePageTests {
  @Test func aYearAtAGlance() async throws {
    try await Engine.sqlite.withSample { platform in
      let handler = try await platform.browser(.handler, unit: "清河县水利局", username: "li.si")
      let page = try await handler.get("/calendar?year=2026").text
      // 国办发明电〔2025〕: 春节 15–23 February, the 14th and 28th worked.
      #expect(page.contains("2026-02-15 至 2026-02-23（9 天）"))
      #expect(page.contains("2026-02-14 星期六、2026-02-28 星期六") && page.contains("已确认"))
      #expect(!page.contains("/calendar/day\""))
      let unknown = try await handler.get("/calendar?year=2031").text
      #expect(unknown.contains("这一年还没有确认的放假安排"))
      for year in ["0", "x", "99999"] {
        #expect(try await handler.get("/calendar?year=\(year)").status == 400, "\(year)")
      }
      let english = try await handler.get("/calendar?year=2026", language: "en").text
      #expect(english.contains("15 Feb 2026 to 23 Feb 2026 (9 days)"))
    }
  }

  /// Shown first with the dates it would move; saved it moves none; confirmed with a cause it does.
  @Test(arguments: Engine.available)
  func aChangeOfTheCalendarIsShownBeforeItMovesAnything(engine: Engine) async throws {
    try await engine.withSample { platform in
      let office = try await platform.browser()
      let problem = try await office.post(
        "/problems",
        ["track": "enterprise", "title": "机井损坏", "concerns": "某厂", "found_on": "2026-11-19"]
      ).location
      for (action, fields) in [
        ("judge", ["category": "logistics", "difficulty": "general"]),
        ("assign", ["unit": "清河县水利局"]),
      ] {
        let version = try await office.get(problem).hidden("version") ?? ""
        let page = try await office.post(
          "\(problem)/\(action)", fields.merging(["version": version]) { $1 })
        #expect(page.status == 303)
      }
      // Assigned on Friday 20 November: seven days are Friday 27, which becomes a day off.
      let asked = "/calendar/day?day=2026-11-27&kind=off&name=%E6%A0%A1%E5%BA%86"
      let preview = try await office.get(asked).text
      #expect(preview.contains("2026-11-27 星期五：班 → 休 校庆"))
      #expect(preview.contains("1 个问题的 1 个在办期限会变") && preview.contains("→ 2026-11-30"))
      let unreasoned = try await office.post(
        "/calendar/day",
        ["day": "2026-11-27", "kind": "off", "name": "校庆", "reason": ""])
      #expect(unreasoned.status == 422 && unreasoned.text.contains("请写明依据"))
      let saved = try await office.post(
        "/calendar/day",
        ["day": "2026-11-27", "kind": "off", "name": "校庆", "reason": "市政府通知"])
      #expect(saved.status == 303 && saved.location == "/calendar/dates")
      #expect(try await office.get(problem).text.contains("2026-11-30") == false)
      #expect(try await office.get(asked).text.contains("没有变化"))
      let silent = try await office.post("/calendar/dates", ["cause": " "])
      #expect(silent.status == 422)
      let moved = try await office.post("/calendar/dates", ["cause": "市政府调整放假"])
      #expect(moved.location == "/calendar/dates?moved=1")
      #expect(try await office.get(moved.location).text.contains("1 个问题的期限已调整"))
      let page = try await office.get(problem).text
      #expect(page.contains("2026-11-30") && page.contains("市政府调整放假"))
    }
  }

  @Test(arguments: Engine.available)
  func aYearIsTakenIn(engine: Engine) async throws {
    try await engine.withSample { platform in
      let office = try await platform.browser()
      let form = [
        "year": "2027", "source": "国办发明电〔2026〕1号",
        "lines": "2027-01-01 元旦 休\n2027-01-02 元旦 休\n\n2027-01-09 元旦 班",
      ]
      for (line, text) in [
        ("2027-01-01 元旦", "2027-01-01 元旦"), ("明天 元旦 休", "明天"), ("2029-01-01 元旦 休", "2029-01-01"),
        ("2027-01-01 元旦 休\n2027-01-01 元旦 班", "出现两次"), ("", "没有任何年份"),
        ("{\"years\": {}}", "没有任何年份"),
      ] {
        let page = try await office.post(
          "/calendar/import", form.merging(["lines": line, "step": "preview"]) { $1 })
        #expect(page.status == 422 && page.text.contains(text), "\(line)")
      }
      let preview = try await office.post(
        "/calendar/import", form.merging(["step": "preview"]) { $1 })
      #expect(preview.status == 200 && preview.text.contains("2027-01-09 星期六：周末 → 班"))
      #expect(try await office.get("/calendar?year=2027").text.contains("这一年还没有确认"))
      let saved = try await office.post(
        "/calendar/import", form.merging(["step": "save"]) { $1 })
      #expect(saved.location == "/calendar/dates")
      let page = try await office.get("/calendar?year=2027").text
      #expect(page.contains("国办发明电〔2026〕1号") && page.contains("2027-01-01 至 2027-01-02"))
    }
  }

  /// The table of DOMAIN.md 4, on the page.
  @Test(arguments: [
    ("13710", "2026-02-12", ["2026-02-13", "2026-02-24", "2026-03-12"]),
    ("13710-wd", "2026-02-12", ["2026-02-13", "2026-02-24", "2026-02-28"]),
    ("13710-wd", "2026-09-30", ["2026-10-08", "2026-10-10", "2026-10-15"]),
  ])
  func whenSomethingWouldBeDue(_ rule: String, _ start: String, _ days: [String]) async throws {
    try await Engine.sqlite.withSample { platform in
      let office = try await platform.browser()
      let page = try await office.get("/rules?rule=\(rule)&start=\(start)").text
      for day in days {
        #expect(page.contains("<span class=\"number\">\(day)</span>"), "\(day)")
      }
      #expect(page.contains("当日不计（民法典第二百零一条）"))
    }
  }

  @Test func rulesAndProceduresInWords() async throws {
    try await Engine.sqlite.withSample { platform in
      let office = try await platform.browser()
      for language in ["zh", "en"] {
        let page = try await office.get("/rules", language: language)
        #expect(page.status == 200 && !page.text.contains(/rules\.[a-z]|\{[a-z]+\}/))
      }
      let page = try await office.get("/rules").text
      for part in [
        "节点到期未完成，1 天后：发催办单，抄送分管领导，自动签发", "双线办理", "山西省 2016 年", "双交办",
        "提出人第 2 次不满意", "最高一级",
      ] where !page.contains(part) {
        Issue.record("no \(part)")
      }
      #expect(try await office.get("/rules?rule=none").status == 400)
      #expect(try await office.get("/rules?start=tomorrow").status == 422)
    }
  }

  /// Also without an account: who rates by a link may read what is recorded.
  @Test(arguments: ["zh", "en"])
  func definitionsAndHelpAreOpenToAll(language: String) async throws {
    try await Engine.sqlite.withSample { platform in
      let stranger = try Browser(platform.platform)
      for path in ["/definitions", "/help"] + HelpTopic.allCases.map({ "/help/\($0.rawValue)" }) {
        let page = try await stranger.get(path, language: language)
        #expect(page.status == 200, "\(path)")
        #expect(!page.text.contains(/(help|definitions)\.[a-z]+\.[a-z]/), "\(path)")
      }
      #expect(try await stranger.get("/help/nothing").status == 404)
      #expect(try await stranger.get("/sign-in").text.contains("href=\"/help\""))
    }
  }

  /// DOMAIN.md 6 has seven figures; each says what it counts, in both languages.
  @Test func everyFigureIsDefined() {
    let figures = TestPlatform.data.definitions.figures
    #expect(
      figures.prefix(7).map(\.code) == [
        "resolution_rate", "completion_rate", "on_time_rate", "identification_rate",
        "satisfaction", "redo_rate", "look_back_failure_rate",
      ])
    for figure in figures {
      let texts =
        [figure.name, figure.denominator.words, figure.printed, figure.source]
        + ((figure.numerator.map { [$0] } ?? []) + figure.exclusions + figure.beside).map(\.words)
      #expect(!texts.contains { $0.zh.isEmpty || $0.en.isEmpty }, "\(figure.code)")
      #expect(figure.version > 0)
    }
  }
}
