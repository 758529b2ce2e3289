import Domain
import Services

/// Values of the field in a reader's words.
package struct Wording: Sendable {
  package let catalogue: Catalogue

  package init(_ catalogue: Catalogue) {
    self.catalogue = catalogue
  }

  package func callAsFunction(_ key: String, _ arguments: TextArguments = [:]) -> String {
    catalogue.text(key, arguments)
  }

  package func day(_ day: Day) -> String {
    guard catalogue.language == .en else { return day.description }
    let (year, month, number) = day.components
    return "\(number) \(catalogue.text("month.\(month)")) \(year)"
  }

  /// Day and clock time in Asia/Shanghai.
  package func time(_ instant: Instant) -> String { "\(day(instant.day)) \(instant.clockTime)" }

  /// `2 小时前`
  package func ago(_ instant: Instant, now: Instant) -> String {
    let seconds = max(0, now - instant)
    if seconds < 60 { return self("time.just_now") }
    return self("time.ago", ["span": span(seconds)])
  }

  /// `剩 2 天`, `超 3 天`
  package func left(until due: Instant, now: Instant) -> String {
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
  package func counted(_ key: String, _ count: Int) -> String {
    self(count == 1 ? key + ".one" : key, ["n": String(count)])
  }

  /// The problem's number as people quote it: `000123`.
  package func number(_ number: Int64) -> String { padded(Int(number), 6) }

  /// Of a name in both languages the reader's.
  package func pick(_ zh: String, _ en: String) -> String { catalogue.language == .zh ? zh : en }

  package func name(of category: Category) -> String { pick(category.zh, category.en) }

  /// Why something may not be done.
  package func refusal(_ reason: Problem.Refusal) -> String {
    self("refusal.\(reason.rawValue)", ["n": String(Problem.maximumText)])
  }
}
