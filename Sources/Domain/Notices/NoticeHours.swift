/// When notices may be seen and counted: from 07:30 to 21:00 of working days in Asia/Shanghai, so that a
/// telephone never asks for anybody at night or on a rest day. What happens then waits for the morning of
/// the next working day; no kind is so urgent that it would not. [ours]
package enum NoticeHours {
  package static let hours = WorkingHours(opens: 7 * 3600 + 1800, closes: 21 * 3600)

  /// From when on a notice is shown.
  /// - Parameter mode: bundled ones come together on the next working day's morning.
  package static func visible(
    from at: Instant, _ mode: Notice.Mode = .on, _ calendar: WorkingCalendar
  ) -> Instant {
    switch mode {
    case .bundled: hours.opening(onOrAfter: at.day + 1, calendar)
    case .on, .off: hours.next(from: at, calendar)
    }
  }
}
