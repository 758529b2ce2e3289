import Cryptography
import Domain
import Ledger
import Services
import Storage
import TestSupport
import Testing

/// 三员分立: one invites, another grants, a third looks; nobody is two of them.
@Suite struct GrantTests {
  private func accept(
    _ platform: TestPlatform, _ link: SecretToken, _ username: String,
    password: String = "correct horse"
  ) async throws -> SignIn.Session {
    let token = try await AcceptInvitation(platform.platform)(
      link, username: username, password: password, repeated: password)
    return try #require(try await SignIn(platform.platform).session(of: token))
  }

  private func stage(_ platform: TestPlatform, _ username: String) async throws -> SignInStage {
    let token = try await SignIn(platform.platform)(
      username: username, password: "correct horse")
    return try #require(try await SignIn(platform.platform).session(of: token)).stage
  }

  private func refusal(_ body: () async throws -> Void) async throws -> AccountRefusal? {
    do {
      try await body()
      return nil
    } catch UseCaseError.accountRefused(let reason) {
      return reason
    }
  }

  private func grant(
    _ platform: TestPlatform, _ id: AccountID, by account: Account,
    _ decision: DecideGrant.Decision = .grant
  ) async throws {
    let waiting = try await ShowAccounts(platform.platform).waiting(
      after: nil, size: 50, for: account)
    let asked = try #require(waiting.page.items.first { $0.account == id }?.askedAt)
    try await DecideGrant(platform.platform)(decision, of: id, asked: asked, by: account)
  }

  private func expectReplay(_ platform: TestPlatform) async throws {
    let replay = try await ReplayLedger(platform.platform)()
    #expect(replay.differences.isEmpty)
  }

  @Test(arguments: Engine.available)
  func aNewAccountWorksWhenItIsGranted(engine: Engine) async throws {
    try await engine.withSample { platform in
      let system = try await platform.account(.systemAdministrator)
      let security = try await platform.account(.securityAdministrator)
      let invite = InviteAccount(platform.platform)
      let invited = try await invite(AccountSeat(.office), name: "李四", phone: "", by: system)
      #expect(invited.waits)
      #expect(try await accept(platform, invited.link, "li.si").stage == .grant)
      try await expectReplay(platform)
      try await grant(platform, invited.id, by: security)
      #expect(try await stage(platform, "li.si") == .complete)
      // What was decided is decided.
      #expect(
        try await refusal {
          try await DecideGrant(platform.platform)(
            .grant, of: invited.id, asked: platform.platform.now(), by: security)
        } == .nothingWaits)
      try await expectReplay(platform)
    }
  }

  @Test(arguments: Engine.available)
  func aRefusedAccountIsClosed(engine: Engine) async throws {
    try await engine.withSample { platform in
      let system = try await platform.account(.systemAdministrator)
      let security = try await platform.account(.securityAdministrator)
      let invited = try await InviteAccount(platform.platform)(
        AccountSeat(.office), name: "李四", phone: "", by: system)
      let session = try await accept(platform, invited.link, "li.si")
      #expect(
        try await refusal {
          try await grant(platform, invited.id, by: security, .refuse(reason: " "))
        } == .reasonMissing)
      try await grant(platform, invited.id, by: security, .refuse(reason: "不在名单"))
      await #expect(throws: UseCaseError.self) { try await stage(platform, "li.si") }
      #expect(try await OwnSessions(platform.platform).list(of: session.account).isEmpty)
      try await expectReplay(platform)
    }
  }

  /// The first security and the first audit administrator have nobody to grant them; the second have.
  @Test(arguments: Engine.available, [Role.securityAdministrator, .auditAdministrator])
  func theFirstOfTheirKindNeedNoGrant(engine: Engine, role: Role) async throws {
    try await engine.withSample { platform in
      let system = try await platform.account(.systemAdministrator)
      let invite = InviteAccount(platform.platform)
      let first = try await invite(AccountSeat(role), name: "王五", phone: "", by: system)
      #expect(!first.waits)
      #expect(try await accept(platform, first.link, "wang.wu").stage == .enrolment)
      let second = try await invite(AccountSeat(role), name: "赵六", phone: "", by: system)
      #expect(second.waits)
      let payload = try await platform.platform.database.read {
        try LedgerRows.stream("account/\(first.id.value)", in: $0)[0].payload
      }
      #expect(payload.contains(#""grant":"first""#))
      try await expectReplay(platform)
    }
  }

  @Test(arguments: Engine.available)
  func theThreeAreKeptApart(engine: Engine) async throws {
    try await engine.withSample { platform in
      let system = try await platform.account(.systemAdministrator)
      let security = try await platform.account(.securityAdministrator)
      let audit = try await platform.account(.auditAdministrator)
      let office = try await platform.account(.office)
      let invite = InviteAccount(platform.platform)
      for other in [security, audit, office] {
        await #expect(throws: UseCaseError.self) {
          try await invite(AccountSeat(.office), name: "李四", phone: "", by: other)
        }
        await #expect(throws: UseCaseError.self) {
          try await CloseAccount(platform.platform)(office.id, by: other)
        }
        await #expect(throws: UseCaseError.self) {
          try await RenewLink(platform.platform)(for: office.id, by: other)
        }
      }
      let invited = try await invite(
        AccountSeat(.systemAdministrator), name: "李四", phone: "13800138000", by: system)
      for other in [system, audit, office] {
        await #expect(throws: UseCaseError.self) {
          try await DecideGrant(platform.platform)(
            .grant, of: invited.id, asked: platform.platform.now(), by: other)
        }
        await #expect(throws: UseCaseError.self) {
          try await RemoveSecondFactor(platform.platform)(of: office.id, by: other)
        }
      }
      for other in [system, security, office] {
        await #expect(throws: UseCaseError.self) {
          try await ReadAudit(platform.platform)(
            .init(), person: "", before: nil, size: 10, for: other)
        }
      }
      // Nobody holds two, however the number is written.
      #expect(
        try await refusal {
          _ = try await invite(
            AccountSeat(.auditAdministrator), name: "李四", phone: "+86 138 0013 8000", by: system)
        } == .holdsAnother)
      for id in [system.id, security.id] {
        let seat = AccountSeat(id == system.id ? .office : .auditAdministrator)
        #expect(
          try await refusal {
            try await ChangeSeat(platform.platform)(of: id, to: seat, by: system)
          } == (id == system.id ? .ownAccount : .administratorStays))
      }
      #expect(
        try await refusal { try await CloseAccount(platform.platform)(audit.id, by: system) }
          == .lastAdministrator)
      #expect(
        try await refusal { try await CloseAccount(platform.platform)(system.id, by: system) }
          == .ownAccount)
    }
  }

  /// Another role works when it is granted, and until then as before.
  @Test(arguments: Engine.available)
  func anotherRoleWaits(engine: Engine) async throws {
    try await engine.withSample { platform in
      let system = try await platform.account(.systemAdministrator)
      let security = try await platform.account(.securityAdministrator)
      let office = try await platform.account(.office)
      let unit = try await FindUnit(platform.platform)("清河县水利局")
      let seat = AccountSeat(.handler, unit: unit)
      func role() async throws -> Role {
        try await ShowAccounts(platform.platform).own(office).stored.seat.role
      }
      try await ChangeSeat(platform.platform)(of: office.id, to: seat, by: system)
      #expect(try await role() == .office)
      try await expectReplay(platform)
      try await grant(platform, office.id, by: security, .refuse(reason: "未经批准"))
      #expect(try await role() == .office)
      try await ChangeSeat(platform.platform)(of: office.id, to: seat, by: system)
      try await grant(platform, office.id, by: security)
      #expect(try await role() == .handler)
      #expect(
        try await refusal {
          try await ChangeSeat(platform.platform)(of: office.id, to: seat, by: system)
        } == .sameSeat)
      // A village's clerk works for a village, not for a bureau.
      #expect(
        try await refusal {
          try await ChangeSeat(platform.platform)(
            of: office.id, to: AccountSeat(.villageClerk, unit: unit), by: system)
        } == .unitLevel)
      try await expectReplay(platform)
    }
  }

  /// A new password by a link that the system administrator sent has to be granted: else whoever sends links
  /// could act as anybody. What the command line gives out works at once.
  @Test(arguments: Engine.available)
  func aPasswordByLinkIsGrantedAnew(engine: Engine) async throws {
    try await engine.withSample { platform in
      let system = try await platform.account(.systemAdministrator)
      let security = try await platform.account(.securityAdministrator)
      let link = try await InviteAccount(platform.platform)(
        name: "李四", role: .office, unit: nil, by: .system)
      let before = try await accept(platform, link, "li.si", password: "battery staple")
      #expect(before.stage == .complete)
      let renewed = try await RenewLink(platform.platform)(for: before.account.id, by: system)
      let later = try await RenewLink(platform.platform)(for: before.account.id, by: system)
      // Only the last one is good; the account works until it is used.
      await #expect(throws: UseCaseError.self) {
        try await accept(platform, renewed, "", password: "correct horse")
      }
      #expect(try await OwnSessions(platform.platform).list(of: before.account).count == 1)
      #expect(try await accept(platform, later, "somebody").stage == .grant)
      #expect(try await OwnSessions(platform.platform).list(of: before.account).count == 1)
      #expect(try await stage(platform, "li.si") == .grant)
      try await expectReplay(platform)
      try await grant(platform, before.account.id, by: security)
      #expect(try await stage(platform, "li.si") == .complete)
      let own = try await RenewLink(platform.platform)(for: before.account.id)
      #expect(
        try await accept(platform, own, "", password: "third password").stage == .complete)
      try await expectReplay(platform)
    }
  }

  /// A closed account signs in no more, its name is free; erasing it afterwards is still possible.
  @Test(arguments: Engine.available)
  func aClosedAccount(engine: Engine) async throws {
    try await engine.withSample { platform in
      let system = try await platform.account(.systemAdministrator)
      let office = try await platform.account(.office)
      try await CloseAccount(platform.platform)(office.id, by: system)
      await #expect(throws: UseCaseError.self) { try await stage(platform, office.username) }
      #expect(
        try await refusal { try await CloseAccount(platform.platform)(office.id, by: system) }
          == .closed)
      try await expectReplay(platform)
      platform.advance(seconds: 60)
      try await EraseAccount(platform.platform)(String(office.id.value), by: .system)
      try await expectReplay(platform)
    }
  }

  /// Each column that says what an account may do is checked against the ledger.
  @Test(
    arguments: Engine.available,
    [
      ("update accounts set granted_at = 7 where granted_at is null", "accounts granted_at"),
      (
        "update accounts set second_factor_at = 7 where role = 'office'",
        "accounts second_factor_at"
      ),
      ("update account_requests set role = 'director'", "account_requests role"),
      ("delete from account_requests", "account_requests –"),
    ])
  func aChangedRowIsSeen(engine: Engine, change: (sql: String, found: String)) async throws {
    try await engine.withSample { platform in
      let system = try await platform.account(.systemAdministrator)
      _ = try await InviteAccount(platform.platform)(
        AccountSeat(.office), name: "李四", phone: "", by: system)
      try await expectReplay(platform)
      try await platform.platform.database.write { try $0.run(change.sql) }
      let found = try await ReplayLedger(platform.platform)().differences.map {
        "\($0.table) \($0.column ?? "–")"
      }
      #expect(found == [change.found])
    }
  }

  @Test(arguments: Engine.available)
  func accountsAreListedAndFiltered(engine: Engine) async throws {
    try await engine.withSample { platform in
      let system = try await platform.account(.systemAdministrator)
      let unit = try await FindUnit(platform.platform)("清河县水利局")
      for number in 0..<5 {
        _ = try await InviteAccount(platform.platform)(
          AccountSeat(.handler, unit: unit), name: "经办\(number)", phone: "1380013800\(number)",
          by: system)
      }
      let show = ShowAccounts(platform.platform)
      var filter = AccountRows.Filter()
      filter.role = .handler
      filter.state = .waiting
      var names: [String] = []
      var key: AccountID?
      repeat {
        let page = try await show.list(filter, before: key, size: 2, for: system)
        #expect(page.places.units[unit] == "示例市/清河县/清河县水利局")
        names += page.page.items.map(\.account.name)
        key = page.page.next
      } while key != nil
      #expect(names == (0..<5).reversed().map { "经办\($0)" })
      filter.phone = PhoneNumber("13800138003")
      let found = try await show.list(filter, before: nil, size: 2, for: system)
      #expect(found.page.items.map(\.account.name) == ["经办3"])
      let office = try await platform.account(.office)
      await #expect(throws: UseCaseError.self) {
        try await show.list(filter, before: nil, size: 2, for: office)
      }
    }
  }
}
