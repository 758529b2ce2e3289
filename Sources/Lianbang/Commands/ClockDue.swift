import ArgumentParser
import Domain
import Foundation
import Services
import Storage

/// `lianbang clock due`: needs no database.
struct ClockDue: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "due", abstract: "When something is due, and why.",
    discussion: """
      The calendar is the shipped one, that of --calendar, or with --database the one in force there. \
      The start day does not count. A rule brings its roll-over, its cut-off and, without --budget, \
      all its milestones, each from the start given.
      """)

  @Option(help: "A date (from 00:00), or an instant such as 2026-02-12T16:30 or …T16:30:00+08:00.")
  var start: String

  @Option(help: "24h hours, 7d calendar days, 7wd working days or 1m months.")
  var budget: String?

  @Flag(
    inversion: .prefixedNo,
    help: "Whether a due day that is not worked moves on (default: the rule's; off without one).")
  var rollover: Bool?

  @Option(help: "The time HH:MM at which a due day ends (default: the rule's, else 24:00).")
  var cutOff: String?

  @Option(
    help: "A..B: dates with both ends, instants half-open; A.. still lasts. May be repeated.")
  var suspend: [String] = []

  @Option(help: "A rule's name: see clock rules.")
  var rule: String?

  @Option(help: "Only this milestone of the rule.")
  var milestone: String?

  @Option(help: "A file with year tables, in the place of the shipped ones.")
  var calendar: String?

  @Flag(help: "Say each step.")
  var explain = false

  @Flag(help: "Print the result as JSON.")
  var json = false

  @OptionGroup var options: PlatformOptions

  /// A clock to be shown, with the milestone it is of.
  struct Asked {
    var milestone: ClockRule.Milestone?
    let run: ClockRun
  }

  func validate() throws {
    _ = try instant()
    _ = try budgetGiven()
    _ = try cutOffGiven()
    _ = try suspensions()
    if budget == nil, rule == nil { throw ValidationError("say --budget or --rule") }
    if milestone != nil, rule == nil { throw ValidationError("--milestone needs --rule") }
    if milestone != nil, budget != nil {
      throw ValidationError("say --budget or --milestone, not both")
    }
    if calendar != nil, options.database != nil {
      throw ValidationError("say --calendar or --database, not both")
    }
  }

  func run() async throws {
    let console = try Console(options)
    try await console.run {
      let data = try Opening(options.resolved()).campaignData()
      let rule = try rule.map { name in
        guard let rule = data.rules[name] else {
          let names = data.rules.all.map(\.name).joined(separator: ", ")
          throw ValidationError("--rule \(name): there are \(names)")
        }
        return rule
      }
      let asked = try asked(rule, on: try await workingCalendar(data))
      if json {
        try printJSON(ClockDueOutput(asked, rule: rule, console: console))
      } else {
        for asked in asked { console.show(asked, explained: explain) }
      }
    }
  }

  private func asked(_ rule: ClockRule?, on calendar: WorkingCalendar) throws -> [Asked] {
    let (start, suspensions) = (try instant(), try suspensions())
    let rollOver = rollover ?? rule?.rollOver ?? false
    let cutOff = try cutOffGiven() ?? rule?.cutOff ?? ClockRun.midnight
    func run(_ budget: Budget) -> ClockRun {
      ClockRun(
        start: start, budget: budget, rollOver: rollOver, cutOff: cutOff,
        suspensions: suspensions, calendar: calendar)
    }
    if let budget = try budgetGiven() { return [Asked(run: run(budget))] }
    guard let rule else { return [] }
    guard let milestone else {
      return rule.milestones.map { Asked(milestone: $0, run: run($0.budget)) }
    }
    guard let found = rule.milestones.first(where: { $0.kind.rawValue == milestone }) else {
      let names = rule.milestones.map(\.kind.rawValue).joined(separator: ", ")
      throw ValidationError("--milestone \(milestone): \(rule.name) has \(names)")
    }
    return [Asked(milestone: found, run: run(found.budget))]
  }

  private func workingCalendar(_ data: CampaignData) async throws -> WorkingCalendar {
    if let calendar { return try CalendarFile(path: calendar).calendar }
    // Only where somebody says so: looking up a date must need no database, and make none.
    guard options.database != nil else { return data.calendar.calendar }
    let platform = try await options.openPlatform()
    return try await platform.database.read { try platform.calendar(in: $0) }
  }

  private func instant() throws -> Instant {
    if let day = Day(start) { return Instant(startOf: day) }
    if let instant = Instant(text: start) { return instant }
    throw ValidationError("--start \(start): expected 2026-02-12, 2026-02-12T16:30 or with +08:00")
  }

  private func budgetGiven() throws -> Budget? {
    guard let text = budget else { return nil }
    if let budget = Budget(text) { return budget }
    throw ValidationError("--budget \(text): expected 24h, 7d, 7wd or 1m, up to 999")
  }

  private func cutOffGiven() throws -> Int? {
    guard let text = cutOff else { return nil }
    if let seconds = TimeOfDay.seconds(text) { return seconds }
    throw ValidationError("--cut-off \(text): expected a time from 00:01 to 24:00")
  }

  private func suspensions() throws -> [Suspension] {
    try suspend.map { text in
      do throws(Suspension.TextFault) {
        return try Suspension(text: text)
      } catch .noRange {
        throw ValidationError("--suspend \(text): expected A..B, or A.. where it still lasts")
      } catch .notATime(let part) {
        throw ValidationError("--suspend \(text): \"\(part)\" is neither a date nor an instant")
      } catch .endsBeforeItBegins {
        throw ValidationError("--suspend \(text): it ends before it begins")
      }
    }
  }
}
