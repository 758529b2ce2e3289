import Domain
import Foundation
import Testing

/// Expected values were computed by hand.
@Suite struct SheetScoreTests {
  static let definitions = try! JSONDecoder().decode(
    Definitions.self, from: try! resource("definitions.json"))
  static let shipped = try! JSONDecoder().decode(
    ScoreFormula.self, from: try! resource("score-formula.json"))

  @Test(arguments: [
    // (75 − 50) ÷ 48
    (12, 16, 50, 98, 5208), (98, 100, 50, 98, 10000), (99, 100, 50, 98, 10000),
    (50, 100, 50, 98, 0), (40, 100, 50, 98, 0),
    // Less is better: (20 − 5) ÷ 18
    (5, 100, 20, 2, 8333), (0, 10, 20, 2, 10000), (30, 100, 20, 2, 0),
    // 33.333…, 66.666…, and 3.125, a half that goes up.
    (1, 3, 0, 100, 3333), (2, 3, 0, 100, 6667), (1, 32, 0, 100, 313),
  ])
  func pointsLieBetweenTheLimits(
    _ numerator: Int, _ denominator: Int, _ zero: Int, _ full: Int, _ hundredths: Int
  ) {
    #expect(
      Points(numerator, of: denominator, zero: zero, full: full)
        == Points(hundredths: hundredths))
  }

  @Test func nothingGivesNoPoints() {
    #expect(Points(0, of: 0, zero: 50, full: 98) == nil)
    #expect(Points.mean([]) == nil)
  }

  private static let formula = ScoreFormula(
    code: "test", version: 1, zh: "试", en: "test", source: .init(zh: "试", en: "test"),
    objectionDays: 3, leastWeight: 60, grades: [90, 80, 60],
    components: [
      .init(figure: "on_time_rate", kinds: [.county], weight: 50, months: 1, zero: 50, full: 100),
      .init(figure: "satisfaction", kinds: [.county], weight: 30, months: 1, zero: 60, full: 100),
      .init(figure: "redo_rate", kinds: [.county], weight: 20, zero: 20, full: 0),
    ],
    groups: [
      .init(code: "counties", zh: "县", en: "counties", kind: .county, endings: [""]),
      .init(code: "districts", zh: "区", en: "districts", kind: .county, endings: ["区"]),
    ])

  /// Unit, then numerator and denominator of each figure.
  private static let counts: [(String, [(Int, Int)])] = [
    // 80, 100 and 50 points: 0.5·80 + 0.3·100 + 0.2·50 = 80
    ("甲县", [(18, 20), (12, 12), (1, 10)]),
    // Too few rated: (50·100 + 20·100) ÷ 70 = 100
    ("乙县", [(20, 20), (3, 4), (0, 10)]),
    // Nine are too few: what is left weighs 50
    ("丙县", [(9, 9), (9, 10), (2, 20)]),
    // As the first, from other counts
    ("丁县", [(18, 20), (24, 24), (2, 20)]),
    // 50, 0 and 0 points: 25
    ("戊县", [(15, 20), (10, 20), (5, 20)]),
    ("己区", [(20, 20), (20, 20), (0, 20)]),
  ]

  private func groups() -> [SheetContent.Group] {
    let figures = Self.formula.components.map { Self.definitions[$0.figure]! }
    let results = figures.enumerated().map { index, definition in
      FigureResult(
        definition: definition, query: FigureQuery(asOf: Instant(milliseconds: 0), by: .county),
        groups: Self.counts.enumerated().map { unit, row in
          var tally = Tally(definition)
          (tally.numerator, tally.denominator) = row.1[index]
          return .init(key: String(unit + 1), tally: tally)
        }, total: Tally(definition))
    }
    return SheetScore(.county, Self.formula, definitions: figures, minimum: 10).groups(
      Self.counts.enumerated().map { .init(UnitID(Int64($0 + 1)), $1.0) }, results)
  }

  @Test func ranksAmongPeers() {
    let lines = groups().map { group in
      ([group.code]
        + group.lines.map { line in
          let points = line.points?.description ?? "-"
          return
            "\(line.name) \(points) \(line.grade ?? "-") \(line.rank ?? 0) of \(line.weight)"
        })
    }
    #expect(
      lines == [
        [
          "counties", "乙县 100.00 A 1 of 70", "甲县 80.00 B 2 of 100", "丁县 80.00 B 2 of 100",
          "戊县 25.00 D 4 of 100", "丙县 - - 0 of 50",
        ],
        // Alone it has no place among others.
        ["districts", "己区 100.00 A 0 of 100"],
      ])
  }

  /// The bounds of 18 of 20: Wilson's formula by hand, 0.6990 and 0.9721.
  @Test func countsCarryTheirIntervals() {
    let count = groups()[0].lines[1].counts[0]
    #expect(count.numerator == 18 && count.denominator == 20)
    #expect(count.low == 6990 && count.high == 9721)
  }

  /// The nine of Xuchang (DOMAIN.md 3).
  @Test(arguments: [
    ("禹州市", "counties"), ("长葛市", "counties"), ("鄢陵县", "counties"), ("襄城县", "counties"),
    ("魏都区", "districts"), ("建安区", "districts"), ("城乡一体化示范区", "zones"),
    ("国家许昌经济技术开发区", "zones"), ("东城区", "zones"),
  ])
  func peersOfXuchang(_ name: String, _ group: String) {
    #expect(Self.shipped.group(of: name, .county)?.code == group)
  }

  @Test func theShippedFormulaHolds() {
    #expect(Self.shipped.fault(Self.definitions) == nil)
    #expect(Self.shipped.group(of: "市水利局", .department)?.code == "departments")
  }

  @Test(arguments: [
    (#""weight":50"#, #""weight":40"#, "weights do not add up"),
    (#""figure":"redo_rate""#, #""figure":"no_such_rate""#, "no such figure"),
    (#""figure":"redo_rate""#, #""figure":"pairing_coverage""#, "only figures of problems"),
    (#""figure":"redo_rate""#, #""figure":"found_count""#, "only percentages"),
    (#""figure":"redo_rate""#, #""figure":"objection_rate""#, "neither more nor less"),
    (#""full":0"#, #""full":30"#, "less is better"),
    (#""full":100,"kinds""#, #""full":40,"kinds""#, "more is better"),
    (#""endings":["区"]"#, #""endings":[""]"#, "takes all others"),
    (#""grades":[90,80,60]"#, #""grades":[60,80,90]"#, "three limits"),
    (#""months":1"#, #""months":0"#, "months are 1 to 120"),
    (#""objection_working_days":3"#, #""objection_working_days":0"#, "1 to 30"),
  ])
  func faultsAreNamed(_ text: String, _ other: String, _ fault: String) throws {
    let department = ScoreFormula.Component(
      figure: "on_time_rate", kinds: [.department], weight: 100, zero: 50, full: 98)
    let all = ScoreFormula.PeerGroup(
      code: "departments", zh: "局", en: "departments", kind: .department, endings: [""])
    let good = Self.formula
    let whole = ScoreFormula(
      code: good.code, version: 1, zh: good.zh, en: good.en, source: good.source,
      objectionDays: 3, leastWeight: 60, grades: good.grades,
      components: good.components + [department], groups: good.groups + [all])
    #expect(whole.fault(Self.definitions) == nil)
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    let json = String(decoding: try encoder.encode(whole), as: UTF8.self)
    #expect(json.contains(text))
    let changed = try JSONDecoder().decode(
      ScoreFormula.self, from: Data(json.replacing(text, with: other, maxReplacements: 1).utf8))
    #expect(changed.fault(Self.definitions)?.contains(fault) == true)
  }

  @Test(arguments: [
    ("2022-12", "2022-12-01", "2022-12-31"), ("2024-02", "2024-02-01", "2024-02-29"),
  ])
  func months(_ text: String, _ first: String, _ last: String) throws {
    let month = try #require(SheetMonth(text))
    #expect(month.first.description == first && month.last.description == last)
    #expect(month.description == text)
    #expect(month.end == Instant(startOf: month.last + 1))
  }

  @Test(arguments: ["2022-13", "2022-1", "2022-12-01", "", "2022-12 "])
  func noMonths(_ text: String) { #expect(SheetMonth(text) == nil) }

  @Test func whatAComponentAsks() {
    let month = SheetMonth("2023-01")!
    func period(_ months: Int?) -> String? {
      ScoreFormula.Component(
        figure: "x", kinds: [], weight: 1, months: months, zero: 0, full: 1
      ).period(month).map { "\($0.from) \($0.to)" }
    }
    #expect(period(1) == "2023-01-01 2023-01-31")
    #expect(period(3) == "2022-11-01 2023-01-31")
    #expect(period(12) == "2022-02-01 2023-01-31")
    #expect(period(nil) == nil)
  }
}
