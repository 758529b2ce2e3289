import Domain
import HTTP
import Services

/// Figures in a reader's words.
struct FigureWords {
  let words: Wording
  let minimum: Int

  func text(_ both: Definition.Words) -> String { words.pick(both.zh, both.en) }

  /// `4 天 3 小时`, `36 小时`
  func hours(_ hours: Int?) -> String {
    guard let hours else { return "—" }
    if hours < 48 { return words("figures.hours", ["n": String(hours)]) }
    let (days, rest) = (hours / 24, hours % 24)
    return rest == 0
      ? words("figures.days", ["n": String(days)])
      : words("figures.days_hours", ["n": String(days), "h": String(rest)])
  }

  /// What stands large.
  func value(_ tally: Tally, _ definition: Definition) -> String {
    switch definition.measure {
    case .percent: words.percent(tally.percent)
    case .count, .shares: words.count(tally.denominator)
    case .hours: hours(tally.quantile(0.5))
    }
  }

  /// `95% 置信区间 83.9%–86.0%`
  func interval(_ tally: Tally, _ definition: Definition) -> String {
    guard definition.measure == .percent, let interval = tally.interval else { return "" }
    return "\(words.percent(interval.low))–\(words.percent(interval.high))"
  }

  func grade(_ tally: Tally, _ definition: Definition) -> String {
    if let grade = Grade(tally, definition, minimum: minimum) { return grade.rawValue }
    return definition.grades != nil && tally.denominator < minimum ? words("figures.too_few") : ""
  }

  /// A group's name; of one without a value that it has none.
  func name(_ key: String, _ result: FigureResult, _ names: [String: Definition.Words]) -> String {
    if let name = names[key] { return text(name) }
    guard !key.isEmpty else { return words("figures.no_value") }
    return switch result.query.dimension {
    case .day: Int(key).map { words.day(Day(number: $0)) } ?? key
    case .difficulty: words("difficulty.\(key)")
    case .origin: words("figures.origin.\(key)")
    default: key
    }
  }

  func share(_ key: String, _ attribute: Attribute, _ platform: Platform) -> String {
    if key.isEmpty { return words("figures.no_value") }
    switch attribute {
    case .lamp: return words("lamp.\(key)")
    case .tier:
      let tier = platform.procedures.all.flatMap(\.tiers).first { $0.code == key }
      return tier.map { words.pick($0.zh, $0.en) } ?? key
    default: return key
    }
  }

  /// `统计时点 2022-12-31 24:00，按当时所知`
  func instants(_ query: FigureQuery) -> String {
    let known =
      query.knownOn == query.asOf
      ? words("figures.known_then") : words("figures.known_on", ["time": time(query.knownOn)])
    return words("figures.as_of", ["time": time(query.asOf)]) + words("figures.comma") + known
  }

  /// Midnight is the end of the day before.
  func time(_ instant: Instant) -> String {
    instant == Instant(startOf: instant.day)
      ? "\(words.day(instant.day + -1)) 24:00" : words.time(instant)
  }

  func period(_ query: FigureQuery) -> String {
    query.period.map {
      words("figures.period", ["from": words.day($0.from), "to": words.day($0.to)])
    } ?? words("figures.all_time")
  }
}
