import Domain
import Testing

@Suite struct LockoutTests {
  /// Waits in minutes after so many failures in a row: none for the first four, then doubling up to an hour.
  @Test(arguments: [
    (0, 0), (1, 0), (4, 0), (5, 1), (6, 2), (7, 4), (8, 8), (9, 16), (10, 32), (11, 60), (12, 60),
    (1_000_000, 60),
  ])
  func waitsGrowAndEnd(failures: Int, minutes: Int64) {
    #expect(Lockout.wait(after: failures, of: .name) == minutes * 60)
    #expect(Lockout.wait(after: failures + 45, of: .address) == minutes * 60)
  }

  @Test func failuresAreForgottenAfterADay() {
    let start = Instant(startOf: Day("2026-11-21")!)
    var lockout = Lockout.failed(nil, at: start)
    #expect(lockout.failures == 1)
    lockout = Lockout.failed(lockout, at: start + 86_399)
    #expect(lockout.failures == 2)
    #expect(Lockout.failed(lockout, at: start + 86_399 + 86_400).failures == 1)
  }

  @Test func theNextTryIsLookedAtWhenTheWaitIsOver() {
    let start = Instant(startOf: Day("2026-11-21")!)
    #expect(Lockout(failures: 6, lastFailedAt: start).opens(.name) == start + 120)
    #expect(Lockout(failures: 6, lastFailedAt: start).opens(.address) == start)
  }
}

@Suite struct SignInStageTests {
  private let now = Instant(startOf: Day("2026-11-21")!)

  private func stage(
    _ role: Role = .office, granted: Bool = true, factor: Bool = false, code: Bool = false,
    age: Int64 = 0, days: Int = 0
  ) -> SignInStage {
    var rules = PasswordRules()
    rules.days = days
    return .of(
      role: role, isGranted: granted, hasSecondFactor: factor, hasCode: code,
      passwordSetAt: now + -age * 86_400, rules, now: now)
  }

  @Test func whatIsWantedComesInOrder() {
    #expect(stage() == .complete)
    #expect(stage(factor: true) == .code)
    #expect(stage(factor: true, code: true) == .complete)
    #expect(stage(granted: false) == .grant)
    // Nothing of the account is shown before the code.
    #expect(stage(granted: false, factor: true, age: 99, days: 90) == .code)
    for role in Role.allCases where role.isAdministrator {
      #expect(stage(role, granted: false) == .enrolment)
      #expect(stage(role, factor: true, code: true) == .complete)
    }
  }

  @Test(arguments: [(90, 89, SignInStage.complete), (90, 90, .password), (0, 5000, .complete)])
  func passwordsAreChangedWhereTheRuleSaysSo(days: Int, age: Int64, expected: SignInStage) {
    #expect(stage(age: age, days: days) == expected)
  }

  @Test func administratorsAreSignedOutSooner() {
    var rules = SignInRules()
    #expect(rules.idle(for: .office) == 3600 && rules.idle(for: .auditAdministrator) == 900)
    // A shorter time for all counts for them too.
    rules.idle = 300
    #expect(rules.idle(for: .systemAdministrator) == 300)
  }
}

@Suite struct DeviceTests {
  @Test(arguments: [
    (
      "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36 Edg/131.0.0.0",
      "edge windows"
    ),
    (
      "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 MicroMessenger/8.0.50",
      "wechat ios"
    ),
    ("Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0", "firefox linux"),
    (
      "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Safari/605.1.15",
      "safari mac"
    ),
    ("", "other other"), ("curl/8.5.0\u{0}<script>", "other other"),
  ])
  func isKnownByItsWords(agent: String, expected: String) {
    let device = Device(userAgent: agent)
    #expect(device.text == expected)
    #expect(Device(stored: expected) == device)
  }
}

@Suite struct AccountSeatTests {
  private let unit = UnitID(1)

  @Test(arguments: [
    (AccountSeat(.office), nil), (AccountSeat(.handler), AccountRefusal.needsUnit),
    (AccountSeat(.countyOffice), .needsUnit), (AccountSeat(.villageClerk), .needsUnit),
    (AccountSeat(.leader), nil), (AccountSeat(.leader, unit: UnitID(1)), nil),
    (AccountSeat(.official), .needsOfficial), (AccountSeat(.enterprise), .needsEnterprise),
    (AccountSeat(.office, unit: UnitID(1)), .unitTooMuch),
    (AccountSeat(.systemAdministrator, unit: UnitID(1)), .unitTooMuch),
    (AccountSeat(.handler, unit: UnitID(1), official: OfficialID(2)), .officialTooMuch),
    (AccountSeat(.handler, unit: UnitID(1), enterprise: EnterpriseID(2)), .enterpriseTooMuch),
    (AccountSeat(.enterprise, enterprise: EnterpriseID(2)), nil),
  ])
  func hasWhatItsRoleNeedsAndNoMore(seat: AccountSeat, fault: AccountRefusal?) {
    #expect(seat.fault == fault)
  }
}
