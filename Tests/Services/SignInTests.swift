import Cryptography
import Domain
import Ledger
import Services
import Storage
import TestSupport
import Testing

@Suite struct SignInTests {
  private let password = "correct horse"

  /// Somebody of this role with a username and the password, signed in.
  private func person(
    _ platform: TestPlatform, _ role: Role = .office, username: String = "zhang.san"
  ) async throws -> SecretToken {
    let link = try await InviteAccount(platform.platform)(
      name: "张三", role: role, unit: nil, by: .system)
    return try await AcceptInvitation(platform.platform)(
      link, username: username, password: password, repeated: password)
  }

  private func session(
    _ platform: TestPlatform, _ token: SecretToken
  ) async throws -> SignIn.Session {
    try #require(try await SignIn(platform.platform).session(of: token))
  }

  private func code(_ platform: TestPlatform, _ token: SecretToken) throws -> OneTimeCode {
    try EnrolSecondFactor(platform.platform).offer(in: token)
  }

  private func digits(_ platform: TestPlatform, _ code: OneTimeCode) -> String {
    code.code(step: OneTimeCode.step(at: platform.platform.now().milliseconds / 1000))
  }

  private func kinds(_ platform: TestPlatform, of account: Account) async throws -> [String] {
    try await platform.platform.database.read {
      try LedgerRows.stream("account/\(account.id.value)", in: $0).map(\.kind)
    }
  }

  /// Five wrong passwords, and the right one must wait; for a name that is not there it is the same.
  @Test(arguments: Engine.available, ["zhang.san", "nobody"])
  func wrongPasswordsMakeTheNextWait(engine: Engine, name: String) async throws {
    try await engine.withDatabase { database in
      let platform = try await TestPlatform(database)
      let account = try await session(platform, person(platform)).account
      let signIn = SignIn(platform.platform)
      func isWaiting(_ password: String) async throws -> Bool {
        do {
          _ = try await signIn(username: name, password: password)
          return false
        } catch UseCaseError.tooManyTries {
          return true
        } catch UseCaseError.signInFailed {
          return false
        }
      }
      for _ in 1...5 { #expect(try await !isWaiting("wrong horse")) }
      #expect(try await isWaiting(password))
      // Waiting does not make it longer.
      platform.advance(seconds: 59)
      #expect(try await isWaiting(password))
      platform.advance(seconds: 1)
      #expect(try await !isWaiting("wrong horse"))
      platform.advance(seconds: 60)
      #expect(try await isWaiting(password))
      platform.advance(seconds: 60)
      #expect(try await !isWaiting(password))
      // The right one clears the count, where there is a right one.
      #expect(try await isWaiting("wrong horse") == (name == "nobody"))
      let locks = try await kinds(platform, of: account).filter { $0 == "account.locked" }
      #expect(locks.count == (name == "nobody" ? 0 : 2))
    }
  }

  /// Strangers who try a name keep its owner out of other devices for a while, not out of their own.
  @Test(arguments: Engine.available)
  func aKnownDeviceIsNotHeldUpByStrangers(engine: Engine) async throws {
    try await engine.withDatabase { database in
      let platform = try await TestPlatform(database)
      let account = try await session(platform, person(platform)).account
      let mark = try DeviceMark(platform.platform).make(for: account.id)
      let signIn = SignIn(platform.platform)
      for _ in 1...5 {
        _ = try? await signIn(username: "zhang.san", password: "wrong horse")
      }
      await #expect(throws: UseCaseError.self) {
        try await signIn(username: "zhang.san", password: password)
      }
      for forged in ["", "x", "a.b", mark + "x"] {
        await #expect(throws: UseCaseError.self) {
          try await signIn(username: "zhang.san", password: password, Arrival(mark: forged))
        }
      }
      _ = try await signIn(username: "zhang.san", password: password, Arrival(mark: mark))
    }
  }

  /// One address that tries many names is slowed down, others are not.
  @Test(arguments: Engine.available)
  func anAddressThatTriesManyNamesWaits(engine: Engine) async throws {
    try await engine.withDatabase { database in
      let platform = try await TestPlatform(database)
      _ = try await person(platform)
      let signIn = SignIn(platform.platform)
      for number in 1...50 {
        _ = try? await signIn(
          // Too long to be hashed: the test need not wait.
          username: "name\(number)", password: String(repeating: "x", count: 300),
          Arrival(address: "192.0.2.7"))
      }
      await #expect(throws: UseCaseError.self) {
        try await signIn(
          username: "zhang.san", password: password, Arrival(address: "192.0.2.7"))
      }
      _ = try await signIn(username: "zhang.san", password: password, Arrival(address: "192.0.2.8"))
    }
  }

  /// A session ends when it was left alone, administrators' sooner, and after twelve hours in any case.
  @Test(arguments: Engine.available)
  func sessionsEnd(engine: Engine) async throws {
    try await engine.withDatabase { database in
      let platform = try await TestPlatform(database)
      let signIn = SignIn(platform.platform)
      let (office, administrator) = (
        try await person(platform), try await person(platform, .systemAdministrator, username: "li")
      )
      platform.advance(seconds: 15 * 60 - 1)
      #expect(try await signIn.session(of: administrator) != nil)
      platform.advance(seconds: 15 * 60)
      #expect(try await signIn.session(of: administrator) == nil)
      #expect(try await signIn.account(of: office) != nil)
      for _ in 1...13 {
        platform.advance(seconds: 3599)
        _ = try await signIn.account(of: office)
      }
      #expect(try await signIn.account(of: office) == nil)
      let left = try await signIn(username: "zhang.san", password: password)
      platform.advance(seconds: 3600)
      #expect(try await signIn.account(of: left) == nil)
    }
  }

  /// A page that refreshes itself keeps nobody signed in: without a person the session ends.
  @Test(arguments: Engine.available)
  func pollingIsNotActivity(engine: Engine) async throws {
    try await engine.withDatabase { database in
      let platform = try await TestPlatform(database)
      let (signIn, token) = (SignIn(platform.platform), try await person(platform))
      for minute in 1...60 {
        platform.advance(seconds: 60)
        let session = try await signIn.session(of: token, isPolling: true)
        #expect((session != nil) == (minute < 60), "\(minute)")
      }
    }
  }

  /// That a session is in use is written at most once a minute.
  @Test(arguments: Engine.available)
  func lookingIsNotWriting(engine: Engine) async throws {
    try await engine.withDatabase { database in
      let platform = try await TestPlatform(database)
      let token = try await person(platform)
      func seen() async throws -> Int64 {
        try await database.read {
          try $0.row("select last_seen_at from sessions") { try $0.int(0) }!
        }
      }
      let first = try await seen()
      platform.advance(seconds: 59)
      _ = try await SignIn(platform.platform).session(of: token)
      #expect(try await seen() == first)
      platform.advance(seconds: 1)
      _ = try await SignIn(platform.platform).session(of: token)
      #expect(try await seen() == first + 60_000)
    }
  }

  @Test(arguments: Engine.available)
  func aPasswordIsChangedByItsOwner(engine: Engine) async throws {
    try await engine.withDatabase { database in
      let platform = try await TestPlatform(database)
      let (signIn, change) = (SignIn(platform.platform), ChangePassword(platform.platform))
      let token = try await person(platform)
      let other = try await signIn(username: "zhang.san", password: password)
      let held = try await session(platform, token)
      for (old, new, fault) in [
        ("wrong horse", "battery staple", CredentialFault.passwordWrong),
        (password, "short", .passwordTooShort), (password, password, .passwordUsed),
      ] {
        do {
          _ = try await change(held, old: old, new: new, repeated: new)
          Issue.record("\(fault)")
        } catch UseCaseError.credentials(let found) {
          #expect(found == fault)
        }
      }
      let renewed = try await change(
        held, old: password, new: "battery staple", repeated: "battery staple")
      // The session goes on under another text, all others end.
      #expect(try await signIn.account(of: renewed)?.id == held.account.id)
      #expect(try await signIn.account(of: token) == nil)
      #expect(try await signIn.account(of: other) == nil)
      // Neither the password in force nor the one before.
      let again = try await session(platform, renewed)
      do {
        _ = try await change(again, old: "battery staple", new: password, repeated: password)
        Issue.record("used before")
      } catch UseCaseError.credentials(let fault) {
        #expect(fault == .passwordUsed)
      }
      _ = try await signIn(username: "zhang.san", password: "battery staple")
      let replay = try await ReplayLedger(platform.platform)()
      #expect(replay.differences.isEmpty)
    }
  }

  @Test(arguments: Engine.available)
  func anOldPasswordIsChangedBeforeAnythingElse(engine: Engine) async throws {
    try await engine.withDatabase { database in
      var rules = SignInRules()
      rules.password.days = 90
      let platform = try await TestPlatform(database, signInRules: rules)
      _ = try await person(platform)
      platform.advance(days: 90)
      let token = try await SignIn(platform.platform)(username: "zhang.san", password: password)
      let held = try await session(platform, token)
      #expect(held.stage == .password)
      #expect(try await SignIn(platform.platform).account(of: token) == nil)
      let renewed = try await ChangePassword(platform.platform)(
        held, old: password, new: "battery staple", repeated: "battery staple")
      #expect(try await session(platform, renewed).stage == .complete)
    }
  }

  /// Administrators set a second factor up before anything else, and its code is wanted at every sign-in.
  @Test(arguments: Engine.available, CipherSuite.allCases)
  func theSecondFactor(engine: Engine, suite: CipherSuite) async throws {
    try await engine.withDatabase { database in
      let platform = try await TestPlatform(database, suite: suite)
      let (signIn, enrol) = (SignIn(platform.platform), EnrolSecondFactor(platform.platform))
      let pass = PassSecondFactor(platform.platform)
      let first = try await person(platform, .auditAdministrator)
      let held = try await session(platform, first)
      #expect(held.stage == .enrolment)
      let secret = try code(platform, first)
      #expect(try code(platform, first).secret == secret.secret)
      await #expect(throws: UseCaseError.self) { try await enrol.confirm("000000", held, first) }
      let enrolled = try await enrol.confirm(digits(platform, secret), held, first)
      #expect(Set(enrolled.recoveryCodes).count == 10)
      #expect(try await session(platform, enrolled.session).stage == .complete)
      #expect(try await signIn.session(of: first) == nil)

      // The code that confirmed it is used; the next one passes, once.
      platform.advance(seconds: 30)
      let second = try await signIn(username: "zhang.san", password: password)
      let waiting = try await session(platform, second)
      #expect(waiting.stage == .code)
      #expect(try await signIn.account(of: second) == nil)
      let now = digits(platform, secret)
      let passed = try await pass(waiting, code: now)
      #expect(try await signIn.account(of: passed) != nil)
      #expect(try await signIn.session(of: second) == nil)
      let third = try await session(
        platform, try await signIn(username: "zhang.san", password: password))
      await #expect(throws: UseCaseError.self) { try await pass(third, code: now) }

      // A recovery code, as somebody types it, once.
      let recovery = enrolled.recoveryCodes[3].lowercased().replacing("-", with: " ")
      _ = try await pass(third, code: recovery)
      let fourth = try await session(
        platform, try await signIn(username: "zhang.san", password: password))
      await #expect(throws: UseCaseError.self) { try await pass(fourth, code: recovery) }
      #expect(try await OwnSessions(platform.platform).recoveryCodes(of: held.account) == 9)

      // Secret and codes are nowhere in clear.
      let stored = try await database.read { connection in
        try connection.rows("select second_factor from accounts") { try $0.text(0) }
          + connection.rows("select payload from ledger") { try $0.text(0) }
      }.joined()
      #expect(!stored.contains(Hexadecimal.encode(secret.secret)))
      let kinds = try await kinds(platform, of: held.account)
      #expect(
        kinds == [
          "account.invited", "account.activated", "account.signed_in", "account.second_factor_set",
          "account.signed_in", "account.recovery_code_used", "account.signed_in",
        ])
      let replay = try await ReplayLedger(platform.platform)()
      #expect(replay.differences.isEmpty)
    }
  }

  /// Whoever finds a session open does not put their own telephone in the owner's place.
  @Test(arguments: Engine.available)
  func replacingTheFactorAsksForThePassword(engine: Engine) async throws {
    try await engine.withDatabase { database in
      let platform = try await TestPlatform(database)
      let enrol = EnrolSecondFactor(platform.platform)
      let first = try await person(platform, .auditAdministrator)
      let enrolled = try await enrol.confirm(
        digits(platform, code(platform, first)), session(platform, first), first)
      platform.advance(seconds: 60)
      let token = enrolled.session
      let held = try await session(platform, token)
      let another = try digits(platform, code(platform, token))
      await #expect(throws: UseCaseError.self) { try await enrol.confirm(another, held, token) }
      let replaced = try await enrol.confirm(another, held, token, password: password)
      #expect(replaced.recoveryCodes.count == EnrolSecondFactor.recoveryCodes)
    }
  }

  /// Codes are not guessed either.
  @Test(arguments: Engine.available)
  func wrongCodesMakeTheNextWait(engine: Engine) async throws {
    try await engine.withDatabase { database in
      let platform = try await TestPlatform(database)
      let first = try await person(platform, .auditAdministrator)
      let secret = try code(platform, first)
      _ = try await EnrolSecondFactor(platform.platform).confirm(
        digits(platform, secret), session(platform, first), first)
      platform.advance(seconds: 60)
      let held = try await session(
        platform,
        try await SignIn(platform.platform)(username: "zhang.san", password: password))
      for _ in 1...5 {
        _ = try? await PassSecondFactor(platform.platform)(held, code: "abcdefghij")
      }
      await #expect(throws: UseCaseError.self) {
        try await PassSecondFactor(platform.platform)(held, code: digits(platform, secret))
      }
    }
  }

  /// Who signed in from where is read by the key of that person, and by nobody without it.
  @Test(arguments: Engine.available)
  func theLedgerKeepsOriginsSealed(engine: Engine) async throws {
    try await engine.withDatabase { database in
      let platform = try await TestPlatform(database)
      _ = try await person(platform)
      _ = try await SignIn(platform.platform)(
        username: "zhang.san", password: password,
        Arrival(address: "192.0.2.7", device: Device(browser: .edge, system: .windows)))
      let auditor = try await platform.account(.auditAdministrator)
      var filter = AuditRows.Filter()
      filter.sort = .signIn
      let read = ReadAudit(platform.platform)
      let lines = try await read(
        filter, person: "zhang.san", before: nil, size: 10, for: auditor
      ).items
      // The later one first; before it the link was taken up.
      #expect(lines.count == 2 && lines[0].origin == "192.0.2.7 edge windows")
      #expect(lines.allSatisfy { $0.actor == "张三" })
      let payloads = try await database.read { connection in
        try connection.rows("select payload from ledger") { try $0.text(0) }.joined()
      }
      #expect(!payloads.contains("192.0.2.7") && !payloads.contains("windows"))
      try await EraseAccount(platform.platform)("zhang.san", by: .system)
      let erased = try await read(filter, person: "", before: nil, size: 10, for: auditor).items
      #expect(erased.count == 2 && erased.allSatisfy { $0.origin == nil && $0.actor == nil })
    }
  }

  @Test(arguments: Engine.available)
  func sessionsAreListedAndEnded(engine: Engine) async throws {
    try await engine.withDatabase { database in
      let platform = try await TestPlatform(database)
      let (signIn, own) = (SignIn(platform.platform), OwnSessions(platform.platform))
      let first = try await person(platform)
      let held = try await session(platform, first)
      let stranger = try await person(platform, username: "li.si")
      platform.advance(seconds: 60)
      let device = Device(browser: .wechat, system: .android)
      let second = try await signIn(
        username: "zhang.san", password: password, Arrival(device: device))
      let list = try await own.list(of: held.account)
      #expect(list.map(\.device) == [device, .unknown] && list.last?.id == held.id)
      // Another's is as one that is not there.
      let others = try await session(platform, stranger)
      await #expect(throws: UseCaseError.self) { try await own.end(others.id, of: held.account) }
      try await own.end(list[0].id, of: held.account)
      #expect(try await signIn.session(of: second) == nil)
      _ = try await signIn(username: "zhang.san", password: password)
      try await own.endOthers(than: held)
      #expect(try await own.list(of: held.account).map(\.id) == [held.id])
      #expect(try await signIn.account(of: stranger) != nil)
    }
  }
}
