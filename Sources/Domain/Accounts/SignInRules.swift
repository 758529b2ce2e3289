/// What signing in demands; whoever runs the platform may set it.
package struct SignInRules: Hashable, Sendable {
  package var password = PasswordRules()
  /// Seconds without a request after which a session ends.
  package var idle: Int64 = 60 * 60
  /// The same for the three administrators.
  package var administratorIdle: Int64 = 15 * 60
  /// Seconds after which a session ends, whatever is done in it: a working day, not a week.
  package var lifetime: Int64 = 12 * 3600

  package init() {}

  package func idle(for role: Role) -> Int64 {
    role.isAdministrator ? min(administratorIdle, idle) : idle
  }
}

/// What a password must be like.
package struct PasswordRules: Hashable, Sendable {
  /// Characters. Length first: it is what protects.
  package var minimumLength = 10
  /// Of small letters, capital letters, digits and other characters so many must be there.
  package var kinds = 1
  /// Days after which it must be changed; 0 for never.
  package var days = 0

  package init() {}

  /// Whether a password of that age must be changed before anything else.
  package func isOver(setAt: Instant?, now: Instant) -> Bool {
    guard days > 0, let setAt else { return false }
    return now - setAt >= Int64(days) * 86_400
  }
}
