/// When messages go, wait and are given up.
package enum MessageRules {
  /// Whether anything may go at all: only when the inbox would tell of it too (`NoticeHours`). What a retry
  /// puts off until the evening waits for the morning.
  package static func mayGo(at now: Instant, _ calendar: WorkingCalendar) -> Bool {
    NoticeHours.hours.isOpen(at: now, calendar)
  }

  /// Seconds between two messages to one person: what happens meanwhile makes one message. [ours]
  package static func gap(_ channel: MessageChannel) -> Int64 {
    switch channel {
    case .mail: 10 * 60
    case .sms: 30 * 60
    case .robot: 0
    }
  }

  /// Seconds until the next try after as many failed ones: 1, 2, 4 … minutes, at most 12 hours. [ours]
  package static func wait(afterTries tries: Int) -> Int64 {
    let longest: Int64 = 12 * 3600
    return tries > 10 ? longest : min(longest, 60 << Int64(max(0, tries - 1)))
  }

  /// Seconds of hours in which messages go, as many as a working day has, after which what could not be told is
  /// given up: it stands in the inbox. Nights and rest days, in which nobody tries, do not count. [ours]
  package static let patience = Int64(NoticeHours.hours.closes - NoticeHours.hours.opens)

  /// - Parameter since: when it failed first. How long it waited before that says nothing of the channel.
  package static func isGivenUp(
    failingSince since: Instant, now: Instant, _ calendar: WorkingCalendar
  ) -> Bool {
    NoticeHours.hours.seconds(from: since, to: now, calendar) >= patience
  }

  /// After as many tries in a row that failed, over a day at least, a robot is paused.
  package static let triesOfRobot = 10

  package static func pauses(tries: Int, failingSince since: Instant, now: Instant) -> Bool {
    tries >= triesOfRobot && now - since >= 86_400
  }
}
