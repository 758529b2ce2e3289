import Domain
import HTTP

/// A year by its days, darker where there is more.
struct CalendarChart: ChartContent {
  static let kind = "calendar"

  struct Datum: Encodable, Sendable {
    let day: String
    /// The day as the reader's language writes it.
    let name: String
    let value: Double
    let text: String
    let level: Int
    let href: String?
  }

  let unit: ChartUnit
  let year: Int
  let days: [Datum]
  let measure: String
  private let classes: ScaleClasses

  private enum CodingKeys: CodingKey { case unit, year, days }

  /// - Parameter days: those of the year that have a value; the others are left empty.
  init(
    _ year: Int, unit: ChartUnit, measure: String, classes: ScaleClasses,
    days: [(day: Day, value: Double, href: String?)], _ words: Wording
  ) {
    (self.year, self.unit, self.measure, self.classes) = (year, unit, measure, classes)
    self.days = days.filter { $0.day.year == year }.sorted { $0.day < $1.day }.map {
      Datum(
        day: $0.day.description, name: words.day($0.day), value: $0.value,
        text: words.amount($0.value, unit), level: classes.level(of: $0.value), href: $0.href)
    }
  }

  func table(_ words: Wording) -> ChartTable {
    ChartTable(
      columns: [.init(name: words("chart.day"), isAmount: false), .init(name: measure)],
      rows: days.map { [.init($0.name), .init($0.text, href: $0.href)] })
  }

  func legend(_ words: Wording) -> [ChartLegend] {
    [ChartLegend(swatch: "none", name: words("chart.nothing"))] + classes.legend(unit, words)
  }
}
