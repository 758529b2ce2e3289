import Cryptography
import Domain
import Foundation
import Ledger
import Services
import Storage
import TestSupport
import Testing

/// Personal fields are sealed with a key for each person; who destroys the key has erased the person.
@Suite struct PersonalDataTests {
  private let phone = PhoneNumber("138-0013-8000")!

  private func invite(
    _ platform: TestPlatform, name: String = "张三"
  ) async throws -> SecretToken {
    try await InviteAccount(platform.platform)(
      name: name, phone: phone, role: .office, unit: nil, by: .system)
  }

  private func accept(
    _ platform: TestPlatform, _ token: SecretToken, username: String
  ) async throws -> Account {
    let password = "correct horse"
    let session = try await AcceptInvitation(platform.platform)(
      token, username: username, password: password, repeated: password)
    return try #require(await SignIn(platform.platform).account(of: session))
  }

  /// All text in the tables that hold anything personal, and in the ledger.
  private func stored(_ database: any Database) async throws -> String {
    try await database.read { connection in
      let rows =
        try connection.rows("select name, coalesce(phone, '') from accounts") {
          try $0.text(0) + $0.text(1)
        } + connection.rows("select payload from ledger") { try $0.text(0) }
      return rows.joined(separator: "\n")
    }
  }

  @Test(arguments: Engine.available, CipherSuite.allCases)
  func nothingPersonalIsStoredInClear(engine: Engine, suite: CipherSuite) async throws {
    try await engine.withDatabase { database in
      let platform = try await TestPlatform(database, suite: suite)
      let account = try await accept(platform, try await invite(platform), username: "zhang.san")
      #expect(account.name == "张三")
      let text = try await stored(database)
      #expect(!text.contains("张三") && !text.contains(phone.text) && !text.contains("zhang.san"))
    }
  }

  /// The same number, however it is written, is found; another is not.
  @Test(arguments: Engine.available, ["13800138000", "+86 138 0013 8000", "１３８００１３８０００"])
  func phonesAreFoundByTheirBlindIndex(engine: Engine, text: String) async throws {
    try await engine.withDatabase { database in
      let platform = try await TestPlatform(database)
      _ = try await invite(platform)
      let find = FindAccount(platform.platform)
      let found = try await find(try #require(PhoneNumber(text)))
      #expect(found.map(\.name) == ["张三"])
      let other = try await find(PhoneNumber("13800138001")!)
      #expect(other.isEmpty)
    }
  }

  @Test(arguments: Engine.available)
  func anErasedPersonCannotBeReadAnywhere(engine: Engine) async throws {
    try await engine.withDatabase { database in
      let platform = try await TestPlatform(database)
      let (vault, now) = (platform.platform.vault, platform.platform.now())
      let account = try await accept(platform, try await invite(platform), username: "zhang.san")
      let other = try await accept(
        platform, try await invite(platform, name: "李四"), username: "li.si")
      let registered = try await RegisterProblem(platform.platform)(
        Registration(
          track: "enterprise", title: "缺电", detail: "", concerns: "某厂", foundOn: "2026-02-11"),
        by: account)
      try await platform.sequence()
      let sealed = try await database.read { connection in
        try connection.row("select person_id, name from accounts where id = ?1", [account.id]) {
          (PersonID(try $0.int(0)), try $0.text(1))
        }!
      }
      try await EraseAccount(platform.platform)("zhang.san", by: .system)

      let key = try await database.read { try vault.key(of: sealed.0, in: $0) }
      #expect(key == nil)
      let found = try await FindAccount(platform.platform)(phone)
      #expect(found.map(\.name) == ["李四"])
      await #expect(throws: UseCaseError.self) {
        try await SignIn(platform.platform)(username: "zhang.san", password: "correct horse")
      }
      // What the account did is still told, without a name.
      let detail = try await ShowProblem(platform.platform)(registered, for: other)
      #expect(detail.steps.map(\.actor) == [account.actor])
      #expect(detail.actorNames[account.actor] == nil)
      // The username is free, and the erased account is nobody's to be invited to.
      let isFirst = try await FirstStart(platform.platform)([])
      #expect(isFirst.isEmpty)
      try await platform.sequence()
      let report = try await VerifyLedger(platform.platform)()
      #expect(report.fault == nil)
      let replay = try await ReplayLedger(platform.platform)()
      #expect(replay.differences.isEmpty)
      // Twice is once.
      let version = try await database.write { connection in
        _ = try AccountRows.erase(account.id, at: now, by: .system, vault, in: connection)
        return try LedgerRows.lastVersion(of: "account/\(account.id.value)", in: connection)
      }
      // Invited, taken up, signed in, erased.
      #expect(version == 4)
    }
  }

  /// The wrapped key is gone from SQLite's files, not only from the table.
  @Test func anErasedKeyIsNotOnDisk() async throws {
    try await Engine.sqlite.withAddress { path in
      let database = try Engine.sqlite.open(path)
      try await Migrations.apply(to: database, now: .reference)
      let platform = try await TestPlatform(database)
      _ = try await accept(platform, try await invite(platform), username: "zhang.san")
      let wrapped = try await database.read {
        try $0.row("select wrapped from person_keys") { try $0.bytes(0) }!
      }
      func isOnDisk() -> Bool {
        ["", "-wal"].contains { ending in
          FileManager.default.contents(atPath: path + ending)?.range(of: Data(wrapped)) != nil
        }
      }
      #expect(isOnDisk())
      try await EraseAccount(platform.platform)("zhang.san", by: .system)
      #expect(!isOnDisk())
      await database.close()
    }
  }

  @Test(arguments: Engine.available)
  func theMasterKeyIsRotated(engine: Engine) async throws {
    try await engine.withDatabase { database in
      let (old, new) = (MasterKey.random(), MasterKey.random())
      let platform = try await TestPlatform(database, keys: KeyRing([old]))
      for number in 1...3 {
        _ = try await invite(platform, name: "第\(number)人")
      }
      func open(_ ring: KeyRing) async throws -> TestPlatform {
        try await TestPlatform(database, keys: ring)
      }
      await #expect(throws: KeyRing.Fault.unknown(id: old.id)) { try await open(KeyRing([new])) }
      let both = try await open(KeyRing([new, old]))
      let count = try await RotateMasterKey(both.platform)()
      // Three persons and the secrets of the instance.
      #expect(count == 4)
      let again = try await RotateMasterKey(both.platform)()
      #expect(again == 0)
      await #expect(throws: KeyRing.Fault.unknown(id: new.id)) { try await open(KeyRing([old])) }
      let after = try await open(KeyRing([new]))
      let found = try await FindAccount(after.platform)(phone)
      #expect(found.count == 3 && found[0].name == "第1人")
      // The ledger is signed by the same key as before.
      #expect(after.platform.vault.verifierKeys == platform.platform.vault.verifierKeys)
      // A server that still runs with the old key reads its file again.
      let running = try await Vault.open(on: database, KeyRing([old], reload: { [new, old] }))
      #expect(running.hasKey)
    }
  }

  @Test(arguments: Engine.available)
  func sealedValuesCannotBeExchanged(engine: Engine) async throws {
    try await engine.withDatabase { database in
      let platform = try await TestPlatform(database)
      let vault = platform.platform.vault
      let (first, second) = try await database.write { connection in
        (
          try vault.createPerson(at: .reference, in: connection),
          try vault.createPerson(at: .reference, in: connection)
        )
      }
      let sealed = first.seal("张三", .name)
      #expect(try first.open(sealed, .name) == "张三")
      #expect(throws: StorageError.self) { try first.open(sealed, .phone) }
      #expect(throws: StorageError.self) { try second.open(sealed, .name) }
      // Nor can their keys be.
      try await database.write {
        try $0.run(
          """
          update person_keys set wrapped = (
            select o.wrapped from person_keys o where o.person_id = ?2)
          where person_id = ?1
          """, [first.person, second.person])
      }
      await #expect(throws: StorageError.self) {
        try await database.read { try vault.key(of: first.person, in: $0) }
      }
    }
  }

  /// Without the master key the ledger can be checked, and nothing personal be read.
  @Test(arguments: Engine.available)
  func anAuditorNeedsNoKey(engine: Engine) async throws {
    try await engine.withDatabase { database in
      let platform = try await TestPlatform(database)
      _ = try await invite(platform)
      try await platform.sequence()
      let vault = try await Vault.open(on: database, KeyRing([]))
      #expect(!vault.hasKey)
      let auditor = Platform(
        database: database, vault: vault, data: .none, now: { .reference })
      let report = try await VerifyLedger(auditor)()
      #expect(report.fault == nil && report.headsChecked == 1)
      await #expect(throws: KeyRing.Fault.none) { try await FindAccount(auditor)(phone) }
      await #expect(throws: KeyRing.Fault.none) { try await SignCheckpoint(auditor)() }
    }
  }

  /// A database from before there were keys: its names are sealed, its ledger goes on.
  @Test(arguments: Engine.available)
  func namesFromBefore(engine: Engine) async throws {
    try await engine.withDatabase(migrated: false) { database in
      try await Migrations.apply(
        to: database, now: .reference, migrations: [Migration.all[0]])
      try await database.write { connection in
        try connection.run(
          """
          insert into accounts (id, username, name, role, password_hash, created_at)
          values (7, 'wang', '王五', 'office', 'x', 0)
          """)
        try LedgerRows.append(
          LedgerEntry(
            id: 1, stream: "account/7", version: 1, at: Instant(milliseconds: 0), actor: .system,
            kind: "account.invited", payload: #"{"role":"office"}"#), to: connection)
      }
      try await Migrations.apply(to: database, now: .reference)
      let platform = try await TestPlatform(database)
      try await SealClearNames(database, platform.platform.vault)(now: .reference)
      let text = try await stored(database)
      #expect(!text.contains("王五"))
      let account = try await FindAccount(platform.platform)(username: "wang")
      #expect(account.name == "王五")
      let replay = try await ReplayLedger(platform.platform)()
      #expect(replay.differences.isEmpty && replay.entries == 1)
    }
  }

  @Test func theAlgorithmsAreChosenOnce() async throws {
    try await Engine.sqlite.withDatabase { database in
      let keys = KeyRing([.random()])
      _ = try await TestPlatform(database, suite: .national, keys: keys)
      #expect(database.suite == .national)
      await #expect(throws: Vault.Fault.otherSuite(.national)) {
        try await TestPlatform(database, suite: .international, keys: keys)
      }
    }
  }
}
