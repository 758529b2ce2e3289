/// How far somebody has come who gave a right password. Only the last one lets them work.
package enum SignInStage: String, Sendable, CaseIterable {
  /// The second factor's code is wanted.
  case code
  /// A second factor is to be set up.
  case enrolment
  /// The password is to be changed.
  case password
  /// The security administrator has not granted the account yet.
  case grant
  case complete

  /// - Parameters:
  ///   - hasCode: whether this session gave the second factor's code.
  package static func of(
    role: Role, isGranted: Bool, hasSecondFactor: Bool, hasCode: Bool, passwordSetAt: Instant?,
    _ rules: PasswordRules, now: Instant
  ) -> SignInStage {
    if hasSecondFactor, !hasCode { return .code }
    if role.isAdministrator, !hasSecondFactor { return .enrolment }
    if rules.isOver(setAt: passwordSetAt, now: now) { return .password }
    return isGranted ? .complete : .grant
  }
}
