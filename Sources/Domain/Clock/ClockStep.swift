/// A step of the way from the start of a clock to its due date.
package enum ClockStep: Hashable, Sendable {
  /// The start day does not count (Civil Code art. 201).
  case startNotCounted(Day)
  /// Hours run from this instant.
  case runs(from: Instant)
  /// So many months on; clamped where the month has no such day (art. 202).
  case monthEnds(Day, isClamped: Bool)
  /// Not worked, so not counted.
  case rest(Day, WorkingCalendar.Rest)
  /// A weekend worked to make up for a holiday, so it counts.
  case makeUpDay(Day, String)
  /// Whole days that do not count.
  case suspended(from: Day, through: Day)
  /// Suspended for a part only, so it counts in full.
  case partlySuspended(Day)
  /// Time that hours do not run in.
  case suspendedTime(from: Instant, until: Instant)
  /// The budget is used up on this day.
  case counted(Day)
  /// The hours are used up.
  case countedTo(Instant)
  /// The due day is not worked and moves on (art. 203); the rest days passed stand before.
  case rolledOver(to: Day)
  /// The end of the due day, or another cut-off.
  case ends(Instant)
  /// A suspension that still lasts: no due date.
  case stopped(since: Instant)
  /// The year has no confirmed table: weekends only.
  case provisional(year: Int)

  /// Its name in JSON and in the catalogue.
  package var code: String {
    switch self {
    case .startNotCounted: "start_not_counted"
    case .runs: "runs"
    case .monthEnds(_, let isClamped): isClamped ? "month_clamped" : "month_ends"
    case .rest(_, .weekend): "weekend"
    case .rest(_, .holiday): "holiday"
    case .makeUpDay: "make_up_day"
    case .suspended: "suspended"
    case .partlySuspended: "partly_suspended"
    case .suspendedTime: "suspended_time"
    case .counted: "counted"
    case .countedTo: "counted_to"
    case .rolledOver: "rolled_over"
    case .ends: "ends"
    case .stopped: "stopped"
    case .provisional: "provisional"
    }
  }

  /// All there are, for the catalogue.
  package static let codes = [
    "start_not_counted", "runs", "month_ends", "month_clamped", "weekend", "holiday",
    "make_up_day", "suspended", "partly_suspended", "suspended_time", "counted", "counted_to",
    "rolled_over", "ends", "stopped", "provisional",
  ]
}
