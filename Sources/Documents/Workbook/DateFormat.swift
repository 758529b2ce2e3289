import Domain

/// Number formats and serial numbers of days (ECMA-376 part 1, 18.8.30 and 18.17.4).
enum DateFormat {
  /// 27–36 and 50–58 are those of Chinese Excel.
  static let builtIn = Set([14, 15, 16, 17, 22] + Array(27...36) + Array(50...58))

  /// Whether a format shows a year, a month or a day. `m` beside hours or seconds is minutes.
  static func isDate(_ code: String) -> Bool {
    var months = false
    var times = false
    var weekday = 0
    var characters = Array(code.lowercased())[...]
    while let character = characters.popFirst() {
      switch character {
      case "\"": characters = characters.drop { $0 != "\"" }.dropFirst()
      case "[":
        let content = characters.prefix { $0 != "]" }
        // [h], [mm], [ss] count time beyond a day.
        if let first = content.first, "hms".contains(first), content.allSatisfy({ $0 == first }) {
          times = true
        }
        characters = characters.dropFirst(content.count + 1)
      case "\\", "_", "*": characters = characters.dropFirst()
      // Only the first section is for numbers above zero.
      case ";": characters = []
      case "y", "d": return true
      case "m": months = true
      case "h", "s": times = true
      case "a" where characters.starts(with: "m/pm"):
        characters = characters.dropFirst(4)
        times = true
      case "a":
        weekday += 1
        if weekday == 3 { return true }
      default: break
      }
    }
    return months && !times
  }

  /// The day of a serial number, nil where there is none. In the system from 1900 number 60 is the
  /// 29 February that year did not have.
  static func day(serial: Double, from1904: Bool) -> Day? {
    guard serial >= (from1904 ? 0 : 1), serial < 2_958_466 else { return nil }
    let number = Int(serial)
    // Day numbers of 1904-01-01, 1899-12-31 and 1899-12-30.
    if from1904 {
      let day = Day(number: number - 24_107)
      return day.year <= 9999 ? day : nil
    }
    if number == 60 { return nil }
    return Day(number: number - (number < 60 ? 25_568 : 25_569))
  }

  /// The serial number from 1900 of a day, nil where it has none.
  static func serial(of day: Day) -> Int? {
    let serial = day.number + 25_569
    if serial >= 61 { return serial < 2_958_466 ? serial : nil }
    return serial >= 2 ? serial - 1 : nil
  }
}
