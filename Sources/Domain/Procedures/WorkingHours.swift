/// The hours in which reminders and orders go out: never at night, never on rest days.
package struct WorkingHours: Hashable, Sendable, Codable {
  /// Seconds since midnight in Asia/Shanghai.
  package let opens: Int
  package let closes: Int

  package init(opens: Int, closes: Int) {
    (self.opens, self.closes) = (opens, closes)
  }

  package func isOpen(at instant: Instant, _ calendar: WorkingCalendar) -> Bool {
    calendar.isWorkingDay(instant.day) && (opens..<closes).contains(instant.secondOfDay)
  }

  /// The instant itself within working hours, else the next opening.
  package func next(from instant: Instant, _ calendar: WorkingCalendar) -> Instant {
    if isOpen(at: instant, calendar) { return instant }
    var day = instant.day
    if instant.secondOfDay >= closes { day = day + 1 }
    return opening(onOrAfter: day, calendar)
  }

  /// When the first working day from this one on begins.
  package func opening(onOrAfter day: Day, _ calendar: WorkingCalendar) -> Instant {
    var day = day
    while !calendar.isWorkingDay(day) { day = day + 1 }
    return Instant(startOf: day) + Int64(opens)
  }

  /// How many seconds of these hours lie between two instants.
  package func seconds(
    from start: Instant, to end: Instant, _ calendar: WorkingCalendar
  ) -> Int64 {
    var (sum, day): (Int64, Day) = (0, start.day)
    while Instant(startOf: day) < end {
      if calendar.isWorkingDay(day) {
        let midnight = Instant(startOf: day)
        let (first, last) = (
          max(start, midnight + Int64(opens)), min(end, midnight + Int64(closes))
        )
        sum += max(0, last - first)
      }
      day = day + 1
    }
    return sum
  }

  private enum CodingKeys: String, CodingKey { case opens, closes }

  /// Reads `{"opens": "09:00", "closes": "18:00"}`.
  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    func seconds(_ key: CodingKeys) throws -> Int {
      guard let seconds = TimeOfDay.seconds(try container.decode(String.self, forKey: key)) else {
        throw DecodingError.dataCorruptedError(
          forKey: key, in: container, debugDescription: "a time of day such as 09:00")
      }
      return seconds
    }
    try self.init(opens: seconds(.opens), closes: seconds(.closes))
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(TimeOfDay.text(opens), forKey: .opens)
    try container.encode(TimeOfDay.text(closes), forKey: .closes)
  }
}
