import Domain
import Foundation
import HTTP
import TestSupport
import Testing

@testable import Web

@Suite struct ChartTests {
  private static let views = try! Views(resources: TestPlatform.root + "/Resources")
  private let words = Wording(views.catalogue(.zh))
  private let english = Wording(views.catalogue(.en))

  @Test(arguments: [
    (0.85 as Double?, ChartUnit.percent, "85.0%", "85.0%"), (0.8505, .percent, "85.1%", "85.1%"),
    (1, .percent, "100.0%", "100.0%"), (4834, .number, "4,834", "4,834"),
    (1_234_567, .number, "1,234,567", "1,234,567"), (999, .number, "999", "999"),
    (2.25, .number, "2.3", "2.3"), (-1234, .number, "−1,234", "−1,234"),
    (-0.01, .number, "0.0", "0.0"), (3.5, .days, "3.5 天", "3.5 days"),
    (1, .days, "1 天", "1 day"), (nil, .days, "—", "—"), (.nan, .percent, "—", "—"),
  ])
  func amounts(value: Double?, unit: ChartUnit, zh: String, en: String) {
    #expect(words.amount(value, unit) == zh)
    #expect(english.amount(value, unit) == en)
  }

  /// Sheets are recounted by others in whole numbers: every rate that lies between two tenths is rounded up.
  @Test func halvesOfATenthAreRoundedUp() {
    for half in stride(from: 1, to: 2000, by: 2) {
      let tenths = (half + 1) / 2
      #expect(words.percent(100 * Double(half) / 2000) == "\(tenths / 10).\(tenths % 10)%")
    }
    #expect(words.percent(nil) == "—")
  }

  /// Whatever stands in a name, the element ends where it should, and the browser reads the name back.
  @Test func nothingEndsTheElement() throws {
    let name = #"</script><script>alert(1)</script><!-- "甲" & \ 'B' ]]>"#
    let chart = Chart(
      id: "x", title: name, summary: name,
      content: BarChart(
        unit: .number, heading: name, measure: name,
        bars: [.init(name: name, value: ChartValue(1, .number, href: "/?a=1&b=\"", words))]))
    let html = Self.views.render("figures-chart", chart.view(words), .zh)
    #expect(html.matches(of: #/<script/#).count == 1)
    let start = try #require(html.range(of: "<script type=\"application/json\">")).upperBound
    let json = html[start..<html.range(of: "</script>")!.lowerBound]
    let spec = try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any]
    let bar = (spec?["bars"] as? [[String: Any]])?.first
    #expect(bar?["name"] as? String == name)
    #expect(bar?["href"] as? String == "/?a=1&b=\"")
    #expect(html.contains("href=\"/?a=1&amp;b=&quot;\""))
  }

  /// Every text that the drawing has stands in the table, and every row of the table is drawn.
  @Test func theTableSaysWhatIsDrawn() async throws {
    try await Engine.sqlite.withSample { test in
      let site = try Browser.site(test.platform)
      for words in [words, english] {
        for chart in StyleguideFigures(site: site, words: words).charts {
          let json = Data(ChartJSON.text(chart.content).utf8)
          let drawn = texts(try JSONSerialization.jsonObject(with: json))
          let table = chart.content.table(words)
          #expect(table.rows.allSatisfy { $0.count == table.columns.count })
          // What falls in steps is told in a sentence where it is drawn.
          let cells =
            chart.id == "sample-survival"
            ? table.rows.map {
              words("chart.open_after", ["days": $0[1].text, "share": $0[2].text])
            }
            : table.rows.joined().map(\.text)
          #expect(drawn.count >= table.rows.count, "\(chart.id)")
          for text in drawn {
            let isTold = cells.contains { $0 == text || $0.hasSuffix("(\(text))") }
            #expect(isTold, "\(chart.id): \(text)")
          }
          #expect(!chart.summary.isEmpty && !chart.summary.hasPrefix("styleguide."))
        }
      }
    }
  }

  private func texts(_ any: Any) -> [String] {
    if let list = any as? [Any] { return list.flatMap(texts) }
    guard let object = any as? [String: Any] else { return [] }
    return object.flatMap { key, value in
      ["text", "share", "range"].contains(key) ? [value as? String].compactMap { $0 } : texts(value)
    }
  }

  @Test func theLargestComeFirstAndWhatHasNoValueLast() {
    let values: [(String, Double?)] = [("甲", 0.2), ("乙", nil), ("丙", 0.9), ("丁", 0.2), ("戊", .nan)]
    let chart = BarChart(
      unit: .percent, heading: "县区", measure: "率",
      bars: values.map { .init(name: $0, value: ChartValue($1, .percent, words)) })
    #expect(chart.bars.prefix(3).map(\.name) == ["丙", "丁", "甲"])
    #expect(Set(chart.bars.suffix(2).map(\.name)) == ["乙", "戊"])
    #expect(chart.bars.suffix(2).map(\.value.text) == ["—", "—"])
  }

  /// A limit belongs to the class above it.
  @Test(arguments: [(0.0, 1), (0.599, 1), (0.6, 2), (0.85, 3), (0.9, 4), (1, 4)])
  func classes(value: Double, level: Int) {
    #expect(ScaleClasses(limits: [0.6, 0.8, 0.9]).level(of: value) == level)
  }

  @Test(arguments: [
    ([], []), ([5, 5, 5], []), ([1, 2, 3, 4, 5], [2, 3, 4, 5]),
    ([1, 1, 1, 1, 1, 1, 1, 2, 3, 4], [3]),
    ([0, 10, 20, 30, 40, 50, 60, 70, 80, 90], [20, 40, 60, 80]),
  ])
  func quantiles(values: [Double], limits: [Double]) {
    #expect(ScaleClasses(quantilesOf: values).limits == limits)
  }

  @Test func legendsSayTheirLimits() {
    let legend = ScaleClasses(limits: [0.6, 0.8]).legend(.percent, words)
    #expect(legend.map(\.name) == ["< 60.0%", "60.0%–80.0%", "≥ 80.0%"])
    #expect(legend.map(\.swatch) == ["level-1", "level-2", "level-3"])
  }

  @Test func aStepIsAShareOfTheFirst() {
    let chart = FunnelChart(
      measure: "问题", steps: [("登记", 4834, nil), ("销号", 4110, nil)], words)
    #expect(chart.steps.map(\.share) == ["100.0%", "85.0%"])
    let empty = FunnelChart(measure: "问题", steps: [("登记", 0, nil)], words)
    #expect(empty.steps[0].share == "—")
  }

  @Test func nothingFlowsThroughWhatIsLeftOut() {
    let chart = SankeyChart(
      nodes: [("a", "甲", nil, .accent), ("b", "乙", nil, .accent), ("c", "丙", nil, .accent)],
      links: [("a", "b", 7, nil, .accent), ("b", "c", 0, nil, .red)], words)
    #expect(chart.nodes.map(\.id) == ["a", "b"] && chart.links.map(\.text) == ["7"])
    #expect(chart.nodes.map(\.text) == ["7", "7"])
  }

  /// On the map a value that rests on too few cases is told, not coloured.
  @Test(arguments: [
    (0.95 as Double?, 9 as Int?, nil as Int?), (0.95, 10, 2), (0.2, nil, 1), (nil, 0, 0),
    (nil, nil, 0), (.nan, 20, 0),
  ])
  func fewCases(value: Double?, n: Int?, level: Int?) {
    let area = MapFigure.Area(
      value, .percent, of: n, minimum: 10, grade: "A", in: ScaleClasses(limits: [0.5]), words)
    #expect(area.level == level)
    #expect(area.text == words.amount(value, .percent))
    #expect(area.grade == (n == 9 || n == 0 ? "" : "A"))
  }
}
