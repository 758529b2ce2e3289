import Domain
import Services

/// A report's numbers in words, the same on the page, on paper and in the workbook.
package struct ReportText {
  package let words: Wording
  package let platform: Platform
  package let content: ReportContent

  package init(words: Wording, platform: Platform, content: ReportContent) {
    (self.words, self.platform, self.content) = (words, platform, content)
  }

  package func name(_ name: Definition.Words) -> String { words.pick(name.zh, name.en) }

  /// `2022-12-26 至 2023-01-01`
  package var period: String { words.period(content.period) }

  /// Which report it is, without whose.
  package var title: String {
    content.face == .official
      ? words("report.own.\(content.period.length.rawValue)")
      : name(content.title)
  }

  /// As of when, and with what was known when.
  package var about: String {
    words(
      "report.about",
      [
        "as_of": instant(content.asOf), "known": instant(content.knownOn),
        "layout": String(content.layout), "definitions": String(content.definitions),
      ])
  }

  /// The end of a day is said by that day.
  package func instant(_ instant: Instant) -> String {
    instant.secondOfDay == 0
      ? words("report.end_of", ["day": words.day(instant.day + -1)]) : words.time(instant)
  }

  // MARK: Numbers

  /// The number itself; nil where there is nothing to divide by.
  package func value(_ counts: ReportContent.Counts, _ measure: Definition.Measure) -> String? {
    switch measure {
    case .percent: counts.percent.map(words.percent)
    case .count, .shares: String(counts.denominator)
    case .hours: counts.medianHours.map(hours)
    }
  }

  package func hours(_ hours: Int) -> String {
    hours < 72 ? words.counted("time.hour", hours) : words.counted("time.day", hours / 24)
  }

  /// What stands beside a number: of how many, and within which bounds.
  package func basis(_ counts: ReportContent.Counts, _ measure: Definition.Measure) -> String {
    switch measure {
    case .percent:
      guard let numerator = counts.numerator, let interval = counts.interval else {
        return words("report.nothing")
      }
      let basis = words(
        "report.basis",
        [
          "numerator": String(numerator), "denominator": String(counts.denominator),
          "low": words.decimal(interval.low, places: 1),
          "high": words.decimal(interval.high, places: 1),
        ])
      return counts.denominator < content.minimum ? basis + words("report.few") : basis
    case .hours:
      let ninetieth = counts.ninetiethHours.map {
        words("report.ninetieth", ["span": hours($0)])
      }
      return [ninetieth, waiting(counts)].compactMap(\.self)
        .joined(separator: words("punctuation.list"))
    case .count, .shares: return ""
    }
  }

  private func waiting(_ counts: ReportContent.Counts) -> String? {
    counts.waiting.flatMap { $0 == 0 ? nil : words("report.waiting", ["n": String($0)]) }
  }

  /// What is excluded or printed beside it, where there is some.
  package func parts(_ counts: ReportContent.Counts) -> [(ReportContent.Counts.Part, String)] {
    (counts.exclusions.map { ($0, "report.excluded") } + counts.beside.map { ($0, "report.beside") })
      .filter { $0.0.count > 0 }
      .map { part, key in
        (part, words(key, ["words": part.words.map(name) ?? part.code, "n": String(part.count)]))
      }
  }

  /// The values of what a figure is divided by, what presses first.
  package func shares(_ counts: ReportContent.Counts, of figure: String) -> [ReportContent.Counts
    .Part]
  {
    let order: [String] =
      switch platform.definitions[figure]?.divided {
      case .lamp: [Lamp.red, .yellow, .green, .grey].map(\.rawValue)
      case .tier: platform.procedures.all.flatMap(\.tiers).map(\.code)
      default: []
      }
    func place(_ part: ReportContent.Counts.Part) -> Int {
      order.firstIndex(of: part.code) ?? order.count
    }
    return (counts.shares ?? []).sorted { (place($0), $0.code) < (place($1), $1.code) }
  }

  /// A value of what a figure is divided by.
  package func share(_ part: ReportContent.Counts.Part, of figure: String) -> String {
    if part.code.isEmpty { return words("report.without") }
    switch platform.definitions[figure]?.divided {
    case .lamp: return words("lamp.\(part.code)")
    case .tier:
      let tiers = platform.procedures.all.flatMap(\.tiers)
      return tiers.first { $0.code == part.code }.map { words.pick($0.zh, $0.en) } ?? part.code
    default: return part.code
    }
  }

  /// Against the period before.
  package func difference(_ figure: ReportContent.Figure) -> String {
    switch figure.measure {
    case .percent:
      guard let now = figure.now.percent, let before = figure.before.percent else { return "—" }
      return words("report.points", ["n": signed(now - before)])
    case .count, .shares: return signed(figure.now.denominator - figure.before.denominator)
    case .hours:
      guard let now = figure.now.medianHours, let before = figure.before.medianHours else {
        return "—"
      }
      if now == before { return "±0" }
      return (now > before ? "+" : "−") + hours(abs(now - before))
    }
  }

  private func signed(_ number: Int) -> String {
    number > 0 ? "+\(number)" : number < 0 ? "−\(-number)" : "±0"
  }

  private func signed(_ number: Double) -> String {
    let text = words.decimal(number, places: 1)
    return text == "0.0" ? "±0" : number > 0 ? "+" + text : text
  }

  // MARK: Lists

  package func heading(_ column: ReportLayout.Column) -> String {
    switch column {
    case .unit: words("field.unit")
    case .lamp: words("field.time_left")
    case .outcome: words("field.outcome")
    case .review: words("field.review_on")
    case .day, .due, .milestone, .deed: words("report.column.\(column.rawValue)")
    }
  }

  package func cell(_ column: ReportLayout.Column, _ line: ReportContent.Line) -> String {
    switch column {
    case .day: line.day.map(words.day) ?? ""
    case .unit: line.unitName ?? "—"
    case .due: line.due.map(day) ?? (line.visit == nil ? "—" : line.day.map(words.day) ?? "")
    case .lamp: lamp(line)
    case .milestone: milestone(line)
    case .outcome: line.outcome.map { words("outcome.\($0.rawValue)") } ?? "—"
    case .review: line.review.map(words.day) ?? "—"
    case .deed:
      line.deeds.map { $0.map { words("event.\($0)") } }?
        .joined(separator: words("punctuation.list")) ?? ""
    }
  }

  /// A date that is due at the end of a day is due on that day.
  private func day(_ due: Instant) -> String {
    words.day(Instant(milliseconds: due.milliseconds - 1).day)
  }

  private func lamp(_ line: ReportContent.Line) -> String {
    guard let lamp = line.lamp else { return "" }
    guard lamp != .grey, let due = line.due else { return words("lamp.grey") }
    return words.left(until: due, now: content.asOf)
  }

  private func milestone(_ line: ReportContent.Line) -> String {
    if line.visit != nil { return words("report.visit") }
    guard let milestone = line.milestone else { return "—" }
    let name = words("milestone.\(milestone.rawValue)")
    return line.milestoneDue.map { "\(name) \(day($0))" } ?? name
  }

  /// How many a list has, in words; and where fewer are written down, that it is so.
  package func count(_ list: ReportContent.List) -> String {
    if list.count == 0 { return words("report.empty") }
    let count = words.counted("report.count", list.count)
    return list.lines.count < list.count
      ? count + words("report.first", ["n": String(list.lines.count)]) : count
  }
}

extension Wording {
  package func period(_ period: ReportPeriod) -> String {
    switch period {
    case .week:
      self("report.week", ["from": day(period.first), "to": day(period.last)])
    case .month(let first):
      self(
        "report.month",
        ["year": String(first.year), "name": self("month.\(first.components.month)")])
    }
  }
}
