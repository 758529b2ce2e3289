/// Wrong passwords in a row, and how long the next must wait. Waits grow and end: nobody is locked out for
/// good.
package struct Lockout: Hashable, Sendable {
  package let failures: Int
  package let lastFailedAt: Instant

  package init(failures: Int, lastFailedAt: Instant) {
    self.failures = failures
    self.lastFailedAt = lastFailedAt
  }

  /// Whose failures are counted.
  package enum Subject: Sendable {
    /// A username, there or not, or a device that has signed in with it before.
    case name
    /// A source address; a whole county may share one.
    case address

    /// Failures before the first wait.
    package var free: Int { self == .name ? 5 : 50 }
  }

  /// Seconds; the longest wait.
  package static let longest: Int64 = 3600
  /// Seconds without a failure after which all are forgotten.
  package static let memory: Int64 = 86_400

  /// Seconds to wait after so many failures: none, then 1, 2, 4 … minutes.
  package static func wait(after failures: Int, of subject: Subject) -> Int64 {
    let beyond = failures - subject.free
    guard beyond >= 0 else { return 0 }
    return beyond < 6 ? min(longest, 60 << Int64(beyond)) : longest
  }

  /// When the next try is looked at.
  package func opens(_ subject: Subject) -> Instant {
    lastFailedAt + Self.wait(after: failures, of: subject)
  }

  /// After one more failure.
  package static func failed(_ before: Lockout?, at now: Instant) -> Lockout {
    guard let before, now - before.lastFailedAt < memory else {
      return Lockout(failures: 1, lastFailedAt: now)
    }
    return Lockout(failures: before.failures + 1, lastFailedAt: now)
  }
}
