/// How often a robot may speak. WeCom and DingTalk take 20 messages in a minute; DingTalk then closes the robot
/// for ten minutes. Ten at once and one every six seconds are never more than 20 in any minute.
///
/// It is kept as one instant, the time at which all would be free again, so that several servers count together
/// (the generic cell rate algorithm of ITU-T I.371).
package enum RobotPace {
  /// Seconds that one message takes.
  package static let each: Int64 = 6
  package static let atOnce: Int64 = 10

  /// From when on the next may go.
  /// - Parameter free: nil where it never spoke.
  package static func next(after free: Instant?, now: Instant) -> Instant {
    guard let free else { return now }
    return max(now, free + -(atOnce - 1) * each)
  }

  /// The new instant once one has gone.
  package static func taken(_ free: Instant?, now: Instant) -> Instant {
    max(now, free ?? now) + each
  }
}
