extension Leg {
  /// Grey once it has ended or while it is suspended.
  package func lamp(at now: Instant) -> Lamp {
    Lamp.of(yellow: nextDue?.yellow, due: nextDue?.instant, now: now)
  }
}

extension Problem {
  package func lamp(at now: Instant) -> Lamp {
    Lamp.of(yellow: nextDue?.yellow, due: nextDue?.instant, now: now)
  }
}

extension Lamp {
  /// Grey where nothing is due.
  package static func of(yellow: Instant?, due: Instant?, now: Instant) -> Lamp {
    guard let yellow, let due else { return .grey }
    return of(yellow: yellow, due: due, now: now)
  }
}
