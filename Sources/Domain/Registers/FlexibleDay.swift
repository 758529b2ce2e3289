/// A day as people write one in a sheet.
package enum FlexibleDay {
  package enum Fault: Error, Hashable {
    /// `7月6日`, `7/6`: nobody knows of which year.
    case noYear
    /// `21-07-06`
    case shortYear
    /// `2021-07`, `2021年`
    case noDay
    /// `2021-02-30`, or a year outside 1900–2100.
    case impossible
    case unreadable
  }

  /// Reads `2021-07-06`, `2021/7/6`, `2021.7.6`, `20210706`, `2021年7月6日`, each also full-width or
  /// followed by a time or weekday, which is dropped; and a spreadsheet's serial number of the years
  /// 2000–2099 (`44383`).
  package static func day(_ written: some StringProtocol) throws(Fault) -> Day {
    var reader = Reader(written)
    let numbers = reader.numbers()
    guard let first = numbers.first else { throw .unreadable }
    if first.count == 5, numbers.count <= 2, (36_526...73_050).contains(first.value),
      reader.separators.isEmpty ? reader.restIsTime : reader.restIsFraction
    {
      // Serial 25569 is 1970-01-01; what follows the point is the time.
      return Day(number: first.value - 25_569)
    }
    guard reader.restIsTime else { throw .unreadable }
    if first.count == 8, numbers.count == 1 {
      return try day(first.value / 10_000, first.value / 100 % 100, first.value % 100)
    }
    let isLong = first.count == 4
    guard isLong || first.count <= 2, numbers.dropFirst().allSatisfy({ $0.count <= 2 }) else {
      throw .unreadable
    }
    switch numbers.count {
    case 1:
      throw isLong ? .noDay : .unreadable
    case 2:
      throw isLong ? .noDay : .noYear
    default:
      guard isLong else { throw .shortYear }
      return try day(first.value, numbers[1].value, numbers[2].value)
    }
  }

  private static func day(_ year: Int, _ month: Int, _ day: Int) throws(Fault) -> Day {
    guard (1900...2100).contains(year), let day = Day(year: year, month: month, day: day) else {
      throw .impossible
    }
    return day
  }
}

/// Cuts a date into numbers and what stands between them.
private struct Reader {
  private var rest: ArraySlice<Unicode.Scalar>
  private(set) var separators: [Unicode.Scalar] = []

  init(_ written: some StringProtocol) {
    let scalars = written.unicodeScalars.map { $0.isBlank ? " " : $0.halfWidth }
    rest = scalars.drop { $0 == " " }[...]
    while rest.last == " " { rest.removeLast() }
  }

  /// At most three, of at most eight digits each.
  mutating func numbers() -> [(value: Int, count: Int)] {
    var numbers: [(value: Int, count: Int)] = []
    while numbers.count < 3 {
      let digits = rest.prefix(while: \.isDigit)
      guard (1...8).contains(digits.count) else { return numbers }
      numbers.append((digits.reduce(0) { $0 * 10 + Int($1.value) - 48 }, digits.count))
      rest = rest.dropFirst(digits.count)
      guard let separator = takeSeparator() else { return numbers }
      separators.append(separator)
    }
    return numbers
  }

  /// A separator, taken only where another number or the end follows it; blanks around it are dropped.
  private mutating func takeSeparator() -> Unicode.Scalar? {
    var next = rest.drop { $0 == " " }
    guard let separator = next.first,
      separator.isHyphen || "/.年月日号\\".unicodeScalars.contains(separator)
    else { return nil }
    let isEnd = "日号".unicodeScalars.contains(separator)
    next = next.dropFirst()
    if isEnd {
      rest = next
      return nil
    }
    rest = next.drop { $0 == " " }
    return separator
  }

  /// Whether a point came last and only digits after it.
  var restIsFraction: Bool { separators == ["."] && rest.allSatisfy(\.isDigit) }

  /// Whether what is left is nothing, or a time or weekday.
  var restIsTime: Bool {
    let text = rest.filter { $0 != " " }
    guard !text.isEmpty else { return true }
    let marks = ":时点星周".unicodeScalars
    let known = "0123456789:.+TZAPM时点分秒上下中午早晚星期周一二三四五六日天()-".unicodeScalars
    return text.contains(where: marks.contains)
      && text.allSatisfy { known.contains($0) || known.contains(upper($0)) }
  }

  private func upper(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
    (97...122).contains(scalar.value) ? Unicode.Scalar(scalar.value - 32)! : scalar
  }
}
