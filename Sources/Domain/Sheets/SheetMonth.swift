/// A calendar month: `2022-12`.
package struct SheetMonth: Hashable, Comparable, Sendable, TextCodable {
  package let first: Day

  /// - Returns: nil for what is not the first day of a month.
  package init?(first: Day) {
    guard first.components.day == 1 else { return nil }
    self.first = first
  }

  package init?(_ text: String) {
    guard let first = Day(text + "-01"), first.description == text + "-01" else { return nil }
    self.first = first
  }

  package init(of day: Day) { first = day + (1 - day.components.day) }

  package var last: Day { first.adding(months: 1) + -1 }

  /// The first instant that is not part of it.
  package var end: Instant { Instant(startOf: last + 1) }

  package var previous: SheetMonth { SheetMonth(of: first + -1) }

  package var description: String { String(first.description.prefix(7)) }

  package static func < (a: SheetMonth, b: SheetMonth) -> Bool { a.first < b.first }
}
