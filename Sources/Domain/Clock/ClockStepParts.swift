extension ClockStep {
  /// What a step is about, whatever it is: what its sentence needs.
  package struct Parts: Sendable {
    package var day: Day?
    package var through: Day?
    package var from: Instant?
    package var until: Instant?
    package var name: String?
    package var year: Int?
  }

  package var parts: Parts {
    var parts = Parts()
    switch self {
    case .startNotCounted(let day), .monthEnds(let day, _), .partlySuspended(let day),
      .counted(let day), .rolledOver(let day):
      parts.day = day
    case .rest(let day, let rest):
      parts.day = day
      if case .holiday(let name) = rest { parts.name = name }
    case .makeUpDay(let day, let name): (parts.day, parts.name) = (day, name)
    case .suspended(let first, let last): (parts.day, parts.through) = (first, last)
    case .suspendedTime(let from, let until): (parts.from, parts.until) = (from, until)
    case .runs(let from), .stopped(let from): parts.from = from
    case .countedTo(let instant), .ends(let instant): parts.until = instant
    case .provisional(let year): parts.year = year
    }
    return parts
  }
}
