import Domain
import Services
import Storage
import TestSupport
import Testing

/// Problems of earlier years come in from a spreadsheet with the dates its records have.
@Suite struct PastProblemsTests {
  private static let header = "轨道,问题,涉及对象,发现日期,类别,承办单位,交办日期,办理期限,办结日期,销号日期,办理结果,评价,编号"

  /// The published figures (DOMAIN.md 9): end of 2021, 4,834 found in the villages and 4,110 put right;
  /// end of 2022, 4,153 of enterprises, all completed where the legal ones are left out.
  @Test(arguments: Engine.available)
  func thePublishedRatesComeBack(engine: Engine) async throws {
    try await engine.withSample { platform in
      let village = (1...4834).map { number -> String in
        let open = "联乡帮村,问题\(number),示例市/清河县/柳林镇/河湾村,2021-05-\(10 + number % 20),基础设施,"
        guard number <= 4110 else { return open + "清河县水利局,2021-06-01,2021-06-08,,,,,\(number)" }
        let outcome = ["已解决", "部分解决", "解释说明"][number % 3]
        let rating = ["满意", "基本满意", "未评价"][number % 3]
        return open
          + "清河县水利局,2021-06-01,2021-06-08,2021-06-05,2021-06-09,\(outcome),\(rating),\(number)"
      }
      let legal = 137
      let enterprise = (1...4153).map { number -> String in
        let isLegal = number <= legal
        let open =
          "助企,难题\(number),示例机械厂,2022-03-\(10 + number % 20),\(isLegal ? "涉法涉诉" : "融资"),,"
        return open
          + (isLegal
            ? "2022-04-01,,,,,,\(number)"
            : "2022-04-01,2022-04-11,2022-04-08,2022-04-12,已解决,满意,\(number)")
      }
      for rows in [village, enterprise] {
        let text = ([Self.header] + rows).joined(separator: "\n")
        let report = try await platform.importRows(.problems, text)
        #expect(report.diagnostics.filter { $0.severity == .error } == [])
        #expect(report.added == rows.count)
        let again = try await platform.importRows(.problems, text)
        #expect((again.added, again.unchanged) == (0, rows.count))
      }
      #expect(try await rate("village", platform) == Rate(closed: 4110, found: 4834))
      #expect(
        try await rate("enterprise", without: "legal", platform)
          == Rate(closed: 4153 - legal, found: 4153 - legal))
      #expect(try await rate("enterprise", platform) == Rate(closed: 4153 - legal, found: 4153))
      #expect((100.0 * 4110 / 4834).rounded() == 85)
      let replay = try await ReplayLedger(platform.platform)()
      #expect(replay.differences == [])
    }
  }

  private struct Rate: Hashable {
    let closed: Int
    let found: Int
  }

  /// Closed with outcome solved, partly or explained, of those found (DOMAIN.md 6); the six problems of
  /// the sample have no source number.
  private func rate(
    _ track: String, without category: String = "", _ platform: TestPlatform
  ) async throws -> Rate {
    try await platform.platform.database.read { connection in
      try connection.row(
        """
        select count(r.closed_at), count(*)
        from problems p
        join problem_sources s on s.problem_id = p.id
        left join problem_rounds r on r.problem_id = p.id and r.closed_at is not null
          and r.outcome in ('solved', 'partly', 'explained')
        where p.track = ?1 and p.category <> ?2
        """, [track, category]
      ) { Rate(closed: Int(try $0.int(0)), found: Int(try $0.int(1))) }!
    }
  }

  /// What the records say is kept as facts of a round that says it was taken over; what they leave open
  /// goes on in the loop.
  @Test(arguments: Engine.available)
  func theDatesAreKept(engine: Engine) async throws {
    try await engine.withSample { platform in
      let office = try await platform.account(.office)
      try await platform.importRows(
        .problems,
        """
        \(Self.header)
        联乡帮村,甲,示例市/清河县/柳林镇/河湾村,2021-05-10,基础设施,清河县水利局,2021-06-01,2021-06-08,2021-06-05,2021-06-09,已解决,不满意,1
        联乡帮村,乙,示例市/清河县/柳林镇/河湾村,2021-05-10,基础设施,清河县水利局,2021-06-01,2021-06-08,,,,,2
        联乡帮村,丙,示例市/清河县/柳林镇/河湾村,2021-05-10,,,,,,,,,3
        """)
      let rows = try await platform.platform.database.read { connection in
        try connection.rows(
          """
          select p.title, p.state, r.assigned_at, r.due_at, r.claimed_at, r.closed_at, r.rating,
            r.taken_over
          from problems p
          join problem_sources s on s.problem_id = p.id
          left join problem_rounds r on r.problem_id = p.id
          order by s.number
          """
        ) { row in
          let days = try (2...5).map { try row.optionalInstant($0)?.day.description ?? "–" }
          return
            "\(try row.text(0)) \(try row.text(1)) \(days.joined(separator: " ")) "
            + "\(try row.optionalText(6) ?? "–") \(try row.optionalInt(7) ?? 0)"
        }
      }
      #expect(
        rows == [
          // Due before the end of the 8th: at the beginning of the 9th.
          "甲 closed 2021-06-01 2021-06-09 2021-06-05 2021-06-09 dissatisfied 1",
          "乙 assigned 2021-06-01 2021-06-09 – – – 0", "丙 registered – – – – – 0",
        ])
      // 乙 is with the handler, who goes on with it.
      let handler = try await platform.account(.handler, unit: "清河县水利局")
      let tasks = try await ShowTasks(platform.platform)(for: handler)
      #expect(tasks.map(\.title) == ["乙"])
      _ = try await ActOnProblem(platform.platform)(
        .command(.claim(outcome: .solved, result: "修好", evidence: "照片")),
        on: tasks[0].problem, seen: nil, by: handler)
      _ = office
    }
  }

  @Test func whatIsRefused() async throws {
    try await Engine.sqlite.withSample { platform in
      let report = try await platform.importRows(
        .problems,
        """
        \(Self.header)
        联乡帮村,甲,示例市/清河县/柳林镇/河湾村,2021-05-10,基础设施,,2021-05-01,,,,,,1
        联乡帮村,乙,示例市/清河县/柳林镇/河湾村,2021-05-10,没有这类,,,,,,,,2
        联乡帮村,丙,示例市/清河县/柳林镇/河湾村,2021-05-10,,,,,,2021-06-09,,,3
        联乡帮村,丁,示例市/清河县/柳林镇/河湾村,2021-05-10,,,,,,,已解决,,4
        联乡帮村,戊,示例市/清河县/柳林镇/河湾村,2021-05-10,,无此单位,,,,,,,5
        """)
      #expect(
        report.codes == [
          "2 ends_before_beginning", "3 unknown_word", "4 missing_value", "5 result_without_day",
          "6 unknown_unit",
        ])
      #expect(report.added == 0)
    }
  }
}
