import Domain
import HTTP
import Services

/// Values of the field in a reader's words.
struct Wording {
  let catalogue: Catalogue

  init(_ catalogue: Catalogue) {
    self.catalogue = catalogue
  }

  func callAsFunction(_ key: String, _ arguments: TextArguments = [:]) -> String {
    catalogue.text(key, arguments)
  }

  func day(_ day: Day) -> String {
    guard catalogue.language == .en else { return day.description }
    let (year, month, number) = day.components
    return "\(number) \(catalogue.text("month.\(month)")) \(year)"
  }

  /// Day and clock time in Asia/Shanghai.
  func time(_ instant: Instant) -> String { "\(day(instant.day)) \(instant.clockTime)" }

  /// `2 小时前`
  func ago(_ instant: Instant, now: Instant) -> String {
    let seconds = max(0, now - instant)
    if seconds < 60 { return self("time.just_now") }
    return self("time.ago", ["span": span(seconds)])
  }

  /// `剩 2 天`, `超 3 天`
  func left(until due: Instant, now: Instant) -> String {
    let seconds = due - now
    return seconds > 0
      ? self("time.left", ["span": span(seconds)]) : self("time.over", ["span": span(-seconds)])
  }

  private func span(_ seconds: Int64) -> String {
    let (unit, count) =
      seconds >= 86_400
      ? ("day", seconds / 86_400)
      : seconds >= 3600 ? ("hour", seconds / 3600) : ("minute", max(1, seconds / 60))
    return counted("time.\(unit)", Int(count))
  }

  /// A number of things, in the singular where the language has one.
  func counted(_ key: String, _ count: Int) -> String {
    self(count == 1 ? key + ".one" : key, ["n": String(count)])
  }

  /// A lamp with its shape, so that it can be told without colour.
  func lamp(_ lamp: Lamp) -> View {
    let shape =
      switch lamp {
      case .green: "●"
      case .yellow: "▲"
      case .red: "■"
      case .grey: "◌"
      }
    return ["color": lamp.rawValue, "shape": shape, "name": self("lamp.\(lamp.rawValue)")]
  }

  /// The problem's number as people quote it: `000123`.
  func number(_ number: Int64) -> String { padded(Int(number), 6) }

  /// Of a name in both languages the reader's.
  func pick(_ zh: String, _ en: String) -> String { catalogue.language == .zh ? zh : en }

  func name(of category: Category) -> String { pick(category.zh, category.en) }

  /// Why something may not be done.
  func refusal(_ reason: Problem.Refusal) -> String {
    self("refusal.\(reason.rawValue)", ["n": String(Problem.maximumText)])
  }

  /// Options of a choice of tracks.
  func options(_ procedures: Procedures, chosen: String) -> [View] {
    procedures.all.map {
      [
        "value": $0.track.rawValue, "name": pick($0.zh, $0.en),
        "chosen": $0.track.rawValue == chosen,
      ]
    }
  }

  /// Options of a choice of categories.
  func options(_ categories: [Category], chosen: String?) -> [View] {
    categories.map { ["value": $0.code, "name": name(of: $0), "chosen": $0.code == chosen] }
  }

  /// Options of a choice; the values are raw, the names the catalogue's.
  func options(
    _ values: [String], named prefix: String, chosen: String
  ) -> [View] {
    values.map { ["value": $0, "name": self("\(prefix).\($0)"), "chosen": $0 == chosen] }
  }
}
