import Cryptography
import Domain
import Ledger
import Services
import Storage
import TestSupport
import Testing

/// 程序账号: made by somebody of an office or a unit, for a program; what they may, and how they end.
@Suite struct ServiceAccountTests {
  @Test(arguments: Engine.available)
  func aProgramHasItsMakersSeat(engine: Engine) async throws {
    try await engine.withSample { platform in
      let handler = try await platform.account(.handler, unit: "清河县水利局")
      let id = try await platform.service(of: handler, "水利局工单系统")
      let made = try await platform.serviceToken(of: handler, for: id)
      let account = try #require(try await platform.grant(made.token)?.account)
      #expect(account.id == id && account.maker == handler.id && account.name == "水利局工单系统")
      #expect(account.role == .handler && account.unit == handler.unit)
      #expect(account.username.isEmpty && account.official == nil && account.enterprise == nil)
      let entries = try await platform.platform.database.read {
        try LedgerRows.stream("account/\(id.value)", in: $0)
      }
      #expect(entries.map(\.kind) == ["account.service_made", "account.token_made"])
      #expect(entries.allSatisfy { $0.actor == handler.actor })
      #expect(!entries[0].payload.contains("水利局"))
      let shown = try await ShowServiceAccounts(platform.platform).one(id, of: handler)
      #expect(shown.tokens.map(\.id) == [made.id])
      try await platform.expectReplay()
    }
  }

  @Test func whoMayMakeNone() async throws {
    try await Engine.sqlite.withSample { platform in
      for role in [Role.leader, .systemAdministrator, .securityAdministrator] {
        let account = try await platform.account(role)
        await #expect(throws: UseCaseError.self, "\(role)") {
          try await platform.service(of: account)
        }
      }
      // A program makes no other.
      let office = try await platform.account(.office)
      let made = try await platform.serviceToken(
        of: office, for: platform.service(of: office))
      let program = try #require(try await platform.grant(made.token)?.account)
      await #expect(throws: UseCaseError.self) { try await platform.service(of: program) }
    }
  }

  @Test(arguments: Engine.available)
  func fiveAtATime(engine: Engine) async throws {
    try await engine.withDatabase { database in
      let platform = try await TestPlatform(database)
      let office = try await platform.account(.office)
      let first = try await platform.service(of: office)
      for _ in 1..<5 { _ = try await platform.service(of: office) }
      let refused = await platform.refusal { try await platform.service(of: office) }
      #expect(refused == .tooManyServices)
      try await CloseServiceAccount(platform.platform)(first, by: office)
      _ = try await platform.service(of: office)
      let twice = await platform.refusal {
        try await CloseServiceAccount(platform.platform)(first, by: office)
      }
      #expect(twice == .closed)
      #expect(try await ShowServiceAccounts(platform.platform)(of: office).count == 6)
      platform.advance(days: 31)
      #expect(try await ShowServiceAccounts(platform.platform)(of: office).count == 5)
      for name in ["", "甲/乙", "两\n行"] {
        let refused = await platform.refusal { try await platform.service(of: office, name) }
        #expect(refused == .nameForm, "\(name)")
      }
      try await platform.expectReplay()
    }
  }

  @Test(arguments: Engine.available, ["maker closed", "maker erased", "seat", "maker", "security"])
  func howItEnds(engine: Engine, end: String) async throws {
    try await engine.withSample { platform in
      let system = try await platform.account(.systemAdministrator)
      let security = try await platform.account(.securityAdministrator)
      let office = try await platform.account(.office)
      let id = try await platform.service(of: office)
      let made = try await platform.serviceToken(of: office, for: id)
      #expect(try await platform.grant(made.token) != nil)
      switch end {
      case "maker closed": try await CloseAccount(platform.platform)(office.id, by: system)
      case "maker erased": try await EraseAccount(platform.platform)(office.username, by: .system)
      case "maker": try await CloseServiceAccount(platform.platform)(id, by: office)
      case "security": try await CloseAccount(platform.platform)(id, by: security)
      default:
        let unit = try await FindUnit(platform.platform)("清河县水利局")
        try await ChangeSeat(platform.platform)(
          of: office.id, to: AccountSeat(.handler, unit: unit), by: system)
        #expect(try await platform.grant(made.token) != nil)
        try await DecideGrant(platform.platform)(
          .grant, of: office.id, asked: platform.platform.now(), by: security)
      }
      #expect(try await platform.grant(made.token) == nil)
      let kinds = try await platform.platform.database.read {
        try LedgerRows.stream("account/\(id.value)", in: $0).map(\.kind)
      }
      #expect(kinds.suffix(2) == ["account.token_revoked", "account.closed"])
      try await platform.expectReplay()
    }
  }

  /// While its maker waits for the security administrator's grant, it waits as well.
  @Test func itWaitsWithItsMaker() async throws {
    try await Engine.sqlite.withSample { platform in
      let system = try await platform.account(.systemAdministrator)
      let security = try await platform.account(.securityAdministrator)
      let office = try await platform.account(.office)
      let made = try await platform.serviceToken(
        of: office, for: platform.service(of: office))
      let link = try await RenewLink(platform.platform)(for: office.id, by: system)
      _ = try await AcceptInvitation(platform.platform)(
        link, username: "", password: "battery staple", repeated: "battery staple")
      #expect(try await platform.grant(made.token) == nil)
      try await DecideGrant(platform.platform)(
        .grant, of: office.id, asked: platform.platform.now(), by: security)
      #expect(try await platform.grant(made.token) != nil)
    }
  }

  /// Another of the same office neither sees nor ends it, nor gives it tokens.
  @Test(arguments: Engine.available)
  func anothersIsNotThere(engine: Engine) async throws {
    try await engine.withDatabase { database in
      let platform = try await TestPlatform(database)
      let office = try await platform.account(.office)
      let other = try await platform.account(.office)
      let id = try await platform.service(of: office)
      let made = try await platform.serviceToken(of: office, for: id)
      #expect(try await ShowServiceAccounts(platform.platform)(of: other).isEmpty)
      await #expect(throws: UseCaseError.self) {
        try await ShowServiceAccounts(platform.platform).one(id, of: other)
      }
      await #expect(throws: UseCaseError.self) {
        try await CloseServiceAccount(platform.platform)(id, by: other)
      }
      await #expect(throws: UseCaseError.self) {
        try await platform.serviceToken(of: other, for: id)
      }
      await #expect(throws: UseCaseError.self) {
        try await RevokeToken(platform.platform)(made.id, by: other)
      }
      // Nor does anybody make a token for a person's account in this way.
      await #expect(throws: UseCaseError.self) {
        try await platform.serviceToken(of: other, for: office.id)
      }
      #expect(try await platform.grant(made.token) != nil)
      #expect(try await RevokeToken(platform.platform)(made.id, by: office) == id)
      #expect(try await platform.grant(made.token) == nil)
    }
  }

  /// It is never let in with a password, and its seat is its maker's.
  @Test func administratorsMayOnlyEndIt() async throws {
    try await Engine.sqlite.withSample { platform in
      let system = try await platform.account(.systemAdministrator)
      let security = try await platform.account(.securityAdministrator)
      let office = try await platform.account(.office)
      let id = try await platform.service(of: office)
      let linked = await platform.refusal {
        try await RenewLink(platform.platform)(for: id, by: system)
      }
      #expect(linked == .isService)
      let seated = await platform.refusal {
        try await ChangeSeat(platform.platform)(of: id, to: AccountSeat(.director), by: system)
      }
      #expect(seated == .isService)
      // A person's account the security administrator does not close.
      await #expect(throws: UseCaseError.self) {
        try await CloseAccount(platform.platform)(office.id, by: security)
      }
      let listed = try await ShowAccounts(platform.platform).list(
        AccountRows.Filter(), before: nil, size: 50, for: security)
      let line = try #require(listed.page.items.first { $0.account.id == id })
      #expect(listed.maker(of: line.account) == office.name)
      var filter = AccountRows.Filter()
      filter.state = .invited
      let invited = try await ShowAccounts(platform.platform).list(
        filter, before: nil, size: 50, for: security)
      #expect(!invited.page.items.contains { $0.account.id == id })
      try await CloseAccount(platform.platform)(id, by: system)
    }
  }

  /// It registers and judges as the office does; what a person must do it is not let do.
  @Test(arguments: Engine.available)
  func whatItDoesToAProblem(engine: Engine) async throws {
    try await engine.withSample { platform in
      let office = try await platform.account(.office)
      let made = try await platform.serviceToken(
        of: office, for: platform.service(of: office), "problems:write")
      let program = try #require(try await platform.grant(made.token)?.account)
      let id = try await RegisterProblem(platform.platform)(
        Registration(
          track: "village", title: "灌溉渠淤塞", detail: "", concerns: "河湾村", foundOn: ""),
        by: program)
      for request in [
        ActOnProblem.Request.command(
          .judge(category: "infrastructure", difficulty: .general, tier: "", note: "")),
        .assign(.init(unit: "清河县水利局")),
      ] {
        _ = try await ActOnProblem(platform.platform)(request, on: id, seen: nil, by: program)
      }
      await #expect(throws: UseCaseError.self) {
        _ = try await ActOnProblem(platform.platform)(
          .command(.acknowledge(leg: 1)), on: id, seen: nil, by: program)
      }
      // The office itself may act for a handler that has no account.
      _ = try await ActOnProblem(platform.platform)(
        .command(.acknowledge(leg: 1)), on: id, seen: nil, by: office)
    }
  }

  /// Where people are counted or told, programs are not.
  @Test func itIsNoPerson() async throws {
    try await Engine.sqlite.withSample { platform in
      let handler = try await platform.account(.handler, unit: "清河县水利局")
      let unit = try #require(handler.unit)
      let id = try await platform.service(of: handler)
      try await platform.platform.database.read { connection in
        let uses = try UnitRows.uses(of: unit, in: connection)
        #expect(uses.accounts == 1)
        let inactive = try AccountRows.inactive(platform.platform.vault, in: connection)
        #expect(!inactive.contains { $0.id == id })
      }
    }
  }

  @Test(
    arguments: Engine.available,
    [
      ("update accounts set maker_id = null where maker_id is not null", "accounts maker_id"),
      ("update accounts set role = 'director' where maker_id is not null", "accounts role"),
    ])
  func aChangedRowIsSeen(engine: Engine, change: (sql: String, found: String)) async throws {
    try await engine.withDatabase { database in
      let platform = try await TestPlatform(database)
      let office = try await platform.account(.office)
      let made = try await platform.serviceToken(
        of: office, for: platform.service(of: office))
      try await platform.expectReplay()
      try await database.write { _ = try $0.run(change.sql) }
      let found = try await ReplayLedger(platform.platform)().differences.map {
        "\($0.table) \($0.column ?? "–")"
      }
      #expect(found == [change.found])
      // In another seat than its maker's it is let in no more.
      if change.found == "accounts role" {
        #expect(try await platform.grant(made.token) == nil)
      }
    }
  }
}

extension TestPlatform {
  func service(of maker: Account, _ name: String = "工单系统") async throws -> AccountID {
    try await MakeServiceAccount(platform)(name: name, by: maker)
  }

  /// A token that the maker makes for a program.
  func serviceToken(
    of maker: Account, for service: AccountID, _ scopes: String = "problems:read"
  ) async throws -> MakeToken.Made {
    try await MakeToken(platform)(
      MakeToken.Order(name: "工单", days: 90, scopes: TokenScope.all(in: scopes)!),
      own: session(of: maker), for: service, password: "correct horse")
  }

  /// Why something was not done to an account; nil where it was, or failed otherwise.
  func refusal(_ body: () async throws -> some Any) async -> AccountRefusal? {
    do {
      _ = try await body()
    } catch UseCaseError.accountRefused(let reason) {
      return reason
    } catch {
      Issue.record(error)
    }
    return nil
  }
}
