import Domain
import Foundation
import Services
import TestSupport
import Testing

/// Due dates against a slow and obvious count, day by day and half hour by half hour, that was
/// written from DOMAIN.md 10 alone.
@Suite struct ClockReferenceTests {
  private struct Reference {
    let start: Int64
    let budget: Budget
    let rollOver: Bool
    let cutOff: Int64
    let suspensions: [Suspension]
    let listed: [Int: Bool]

    struct Answer: Equatable {
      var day: Int
      var instant: Int64
      var yellow: Int64
      var skipped: [Int]
    }

    static let hour: Int64 = 3_600_000
    static let dayLength = 24 * hour

    /// Asia/Shanghai is 8 hours ahead.
    static func midnight(_ day: Int) -> Int64 { Int64(day) * dayLength - 8 * hour }
    static func day(_ time: Int64) -> Int {
      Int((Double(time + 8 * hour) / Double(dayLength)).rounded(.down))
    }

    /// 1970-01-01 was a Thursday.
    func isWorked(_ day: Int) -> Bool { listed[day] ?? ![2, 3].contains(((day % 7) + 7) % 7) }

    func isSuspended(_ from: Int64, _ to: Int64) -> Bool {
      suspensions.contains {
        $0.from.milliseconds <= from && to <= $0.until?.milliseconds ?? .max
      }
    }

    /// Every piece between two ends of suspensions is in one of them.
    func isWhollySuspended(_ day: Int) -> Bool {
      let (from, to) = (Reference.midnight(day), Reference.midnight(day + 1))
      let ends = suspensions.flatMap { [$0.from.milliseconds, $0.until?.milliseconds ?? .max] }
      let cuts = [from] + ends.filter { from < $0 && $0 < to }.sorted() + [to]
      return zip(cuts, cuts.dropFirst()).allSatisfy { $0 == $1 || isSuspended($0, $1) }
    }

    var openBegan: Int64? {
      suspensions.filter { $0.until == nil }.map(\.from.milliseconds).min()
    }

    /// How much may be left when the lamp turns yellow.
    func left(of whole: Int64) -> Int64 { max(whole / 3, min(Reference.dayLength, whole / 2)) }

    func answer() -> Answer? {
      guard var answer = budget.unit == "h" ? hours() : days() else { return nil }
      let nominal = answer.day
      while rollOver, !isWorked(answer.day) {
        answer.skipped.append(answer.day)
        answer.day += 1
      }
      answer.instant += Int64(answer.day - nominal) * Reference.dayLength
      if let openBegan, openBegan < Reference.midnight(answer.day) { return nil }
      return answer
    }

    func days() -> Answer? {
      let first = Reference.day(start)
      var needed = budget.count
      if case .months(let count) = budget {
        var gregorian = Calendar(identifier: .gregorian)
        gregorian.timeZone = TimeZone(secondsFromGMT: 0)!
        let date = Date(timeIntervalSince1970: Double(first) * 86_400)
        let end = gregorian.date(byAdding: .month, value: count, to: date)!
        needed = Int(end.timeIntervalSince1970 / 86_400) - first
      }
      var (day, counted, skipped) = (first, [Int](), [Int]())
      while counted.count < needed {
        day += 1
        guard day - first < 1500 else { return nil }
        if isWhollySuspended(day) || budget.unit == "wd" && !isWorked(day) {
          skipped.append(day)
        } else {
          counted.append(day)
        }
      }
      var left = left(of: Int64(needed) * Reference.dayLength)
      while left > Reference.dayLength {
        left -= Reference.dayLength
        counted.removeLast()
      }
      let yellow = Reference.midnight(counted.last!) + cutOff - left
      return Answer(
        day: day, instant: Reference.midnight(day) + cutOff, yellow: yellow, skipped: skipped)
    }

    func hours() -> Answer? {
      let step = Reference.hour / 2
      let whole = Int64(budget.count) * Reference.hour
      var (time, used, yellow) = (start, Int64(0), Int64?.none)
      while used < whole {
        guard time - start < 400 * Reference.dayLength else { return nil }
        if !isSuspended(time, time + step) {
          used += step
          let over = used - (whole - left(of: whole))
          if yellow == nil, over >= 0 { yellow = time + step - over }
        }
        time += step
      }
      let days = Reference.day(start)...Reference.day(time)
      return Answer(
        day: days.upperBound, instant: time, yellow: yellow!,
        skipped: days.dropFirst().filter { isWhollySuspended($0) })
    }
  }

  /// What the shipped file lists, read without the code under test.
  private static func listed() throws -> [Int: Bool] {
    let path = TestPlatform.root + "/Resources/calendar/working-days.json"
    let file =
      try JSONSerialization.jsonObject(with: Data(contentsOf: URL(fileURLWithPath: path)))
      as! [String: Any]
    var listed: [Int: Bool] = [:]
    for (_, year) in file["years"] as! [String: [String: Any]] {
      for entry in year["days"] as! [[String: Any]] {
        listed[Day(entry["date"] as! String)!.number] = !(entry["off"] as! Bool)
      }
    }
    return listed
  }

  @Test(arguments: 0..<10)
  func agreesWithTheSlowCount(part: Int) throws {
    let calendar = TestPlatform.data.calendar.calendar
    let listed = try ClockReferenceTests.listed()
    var random = SplitMix(state: UInt64(part))
    let (low, high) = (Day("2007-01-01")!.number, Day("2026-12-31")!.number)
    for _ in 0..<1000 {
      var day = Int.random(in: low...high, using: &random)
      switch Int.random(in: 0..<4, using: &random) {
      case 0:
        let date = Day(number: day).components
        day =
          Day(year: date.year, month: date.month, day: 1)!.adding(months: 1).number
          - Int.random(in: 1...3, using: &random)
      case 1:
        day =
          Day(
            year: [2008, 2012, 2016, 2020, 2024].randomElement(using: &random)!,
            month: 2, day: 29)!.number
      default: break
      }
      let start =
        Reference.midnight(day) + Int64.random(in: 0..<48, using: &random) * Reference.hour / 2
      let budget: Budget =
        switch Int.random(in: 0..<4, using: &random) {
        case 0: .calendarDays(Int.random(in: 1...70, using: &random))
        case 1: .workingDays(Int.random(in: 1...70, using: &random))
        case 2: .months(Int.random(in: 1...14, using: &random))
        default: .hours(Int.random(in: 1...200, using: &random))
        }
      let suspensions = (0..<Int.random(in: 0...4, using: &random)).map { index in
        let from = day + Int.random(in: -3...40, using: &random)
        if Bool.random(using: &random) {
          return Suspension(
            from: Day(number: from),
            through: index == 3 && Bool.random(using: &random)
              ? nil : Day(number: from + Int.random(in: 0...20, using: &random)))
        }
        let begin =
          Reference.midnight(from) + Int64.random(in: 0..<48, using: &random) * Reference.hour / 2
        let length = Int64.random(in: 0..<200, using: &random) * Reference.hour / 2
        return Suspension(
          from: Instant(milliseconds: begin),
          until: index == 3 ? nil : Instant(milliseconds: begin + length))
      }
      let rollOver = Bool.random(using: &random)
      let cutOff = Bool.random(using: &random) ? 86_400 : 63_000
      let expected = Reference(
        start: start, budget: budget, rollOver: rollOver, cutOff: Int64(cutOff) * 1000,
        suspensions: suspensions, listed: listed
      ).answer()
      let run = ClockRun(
        start: Instant(milliseconds: start), budget: budget, rollOver: rollOver, cutOff: cutOff,
        suspensions: suspensions, calendar: calendar)
      let found = run.due.map {
        Reference.Answer(
          day: $0.day.number, instant: $0.instant.milliseconds, yellow: $0.yellow.milliseconds,
          skipped: $0.skipped.map(\.day.number))
      }
      if found != expected {
        Issue.record(
          "\(run.start) \(budget) \(rollOver) \(cutOff) \(suspensions): \(found as Any), not \(expected as Any)"
        )
      }
      _ = run.steps
    }
  }
}
