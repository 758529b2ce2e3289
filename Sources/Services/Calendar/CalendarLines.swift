import Domain

/// A year's table as people type it, a day a line: `2027-01-01 元旦 休`, `2027-01-09 元旦 班`.
extension CalendarFile {
  /// Words for days that are not worked, and for those worked to make up.
  private static let off: Set<String> = ["休", "放假", "off"]
  private static let worked: Set<String> = ["班", "上班", "调休", "work"]

  /// - Parameter source: the notice.
  /// - Throws: `CalendarFault`; `.unreadable` names the line.
  package init(lines text: String, year: Int, source: String) throws(CalendarFault) {
    guard WorkingCalendar.possibleYears.contains(year) else { throw .notAYear("\(year)") }
    var days: [WorkingCalendar.Entry] = []
    for line in text.split(whereSeparator: \.isNewline).map({ String($0).trimmed })
    where !line.isEmpty {
      let words = line.split(whereSeparator: { $0.isWhitespace || $0 == "，" || $0 == "," })
      guard words.count >= 3, let day = Day(words[0]), let kind = words.last.map({ String($0) }),
        Self.off.contains(kind) || Self.worked.contains(kind)
      else { throw .unreadable(line) }
      guard abs(day.year - year) <= 1 else { throw .foreignDay(year: year, day: day) }
      guard !days.contains(where: { $0.day == day }) else {
        throw .listedTwice(year: year, day: day)
      }
      let name = words.dropFirst().dropLast().joined(separator: " ")
      days.append(.init(day: day, name: name, isOff: Self.off.contains(kind)))
    }
    guard !days.isEmpty else { throw .empty }
    self.init(years: [year: Year(source: source.singleLine.trimmed, days: days)])
  }
}
