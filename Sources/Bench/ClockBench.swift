import Domain
import Foundation
import Services

/// Due dates a second on one core.
enum ClockBench {
  private static let rounds = 5_000_000

  /// - Throws: `CampaignData.Fault` where it is not run beside `Resources`.
  static func run() throws {
    let folder = FileManager.default.currentDirectoryPath + "/Resources"
    let calendar = try CampaignData(resources: folder).calendar.calendar
    for budget in [Budget.calendarDays(7), .workingDays(7), .months(1), .workingDays(999)] {
      let first = Instant(startOf: Day(year: 2024, month: 1, day: 1)!)
      let begun = Date()
      var sum = 0
      for round in 0..<rounds {
        // Another half hour each time, so that every sort of day comes, over two years.
        let start = first + Int64(round % 35_000) * 1800
        let due = DueDate(start: start, budget: budget, rollOver: true, calendar: calendar)
        sum &+= due.day.number &+ Int(truncatingIfNeeded: due.yellow.milliseconds)
      }
      let seconds = Date().timeIntervalSince(begun)
      Bench.report("due dates \(budget), roll-over", Double(rounds) / seconds, "/s")
      // So that nothing is left out as unused.
      if sum == 0 { print("") }
    }
  }
}
