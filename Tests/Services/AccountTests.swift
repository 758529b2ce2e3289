import Cryptography
import Domain
import Services
import Storage
import TestSupport
import Testing

@Suite struct AccountTests {
  private func accept(
    _ platform: TestPlatform, _ token: SecretToken, username: String = "zhang.san",
    password: String = "correct horse"
  ) async throws -> SecretToken {
    try await AcceptInvitation(platform.platform)(
      token, username: username, password: password, repeated: password)
  }

  @Test(arguments: Engine.available)
  func aLinkWorksOnceAndForAWeek(engine: Engine) async throws {
    try await engine.withDatabase { database in
      let platform = try await TestPlatform(database)
      let invite = {
        try await InviteAccount(platform.platform)(
          name: "张三", role: .office, unit: nil, by: .system)
      }
      let link = try await invite()
      let session = try await accept(platform, link)
      #expect(try await SignIn(platform.platform).account(of: session)?.name == "张三")
      await #expect(throws: UseCaseError.self) {
        try await accept(platform, link, username: "li.si")
      }
      let late = try await invite()
      platform.advance(days: 7)
      await #expect(throws: UseCaseError.self) {
        try await accept(platform, late, username: "li.si")
      }
      await #expect(throws: UseCaseError.self) {
        try await accept(platform, .random(), username: "li.si")
      }
    }
  }

  @Test(arguments: Engine.available)
  func aRefusedPasswordLeavesTheLinkGood(engine: Engine) async throws {
    try await engine.withDatabase { database in
      let platform = try await TestPlatform(database)
      let first = try await InviteAccount(platform.platform)(
        name: "张三", role: .office, unit: nil, by: .system)
      let second = try await InviteAccount(platform.platform)(
        name: "李四", role: .office, unit: nil, by: .system)
      await #expect(throws: UseCaseError.self) {
        try await accept(platform, first, password: "short")
      }
      _ = try await accept(platform, first)
      // The same username in other case is the same.
      await #expect(throws: UseCaseError.self) {
        try await accept(platform, second, username: "Zhang.San")
      }
      _ = try await accept(platform, second, username: "li.si")
    }
  }

  @Test(arguments: Engine.available)
  func signingInAndOut(engine: Engine) async throws {
    try await engine.withDatabase { database in
      let platform = try await TestPlatform(database)
      let signIn = SignIn(platform.platform)
      _ = try await accept(
        platform,
        InviteAccount(platform.platform)(name: "张三", role: .office, unit: nil, by: .system))
      for (name, password) in [
        ("zhang.san", "wrong horse!"), ("nobody", "correct horse"), ("", ""),
      ] {
        await #expect(throws: UseCaseError.self) {
          try await signIn(username: name, password: password)
        }
      }
      let session = try await signIn(username: " Zhang.San ", password: "correct horse")
      #expect(try await signIn.account(of: session)?.username == "zhang.san")
      #expect(try await signIn.account(of: .random()) == nil)
      platform.advance(seconds: SignInRules().lifetime)
      #expect(try await signIn.account(of: session) == nil)
      let second = try await signIn(username: "zhang.san", password: "correct horse")
      try await signIn.end(second)
      #expect(try await signIn.account(of: second) == nil)
    }
  }

  /// Links are printed until somebody has taken one up, and never after.
  @Test(arguments: Engine.available)
  func theFirstStart(engine: Engine) async throws {
    try await engine.withDatabase { database in
      let platform = try await TestPlatform(database)
      try await platform.loadSample(withPeople: true)
      let seats = try await LoadSample(platform.platform).seats()
      let roles = seats.map(\.role.rawValue)
      // The browser's test walks with the first two.
      #expect(roles.prefix(3) == ["office", "handler", "system_administrator"])
      // All who have a part in the loop.
      #expect(Set(roles).isSuperset(of: ["director", "official", "enterprise", "village_clerk"]))
      let start = {
        try await FirstStart(platform.platform)(seats.map { .init(name: $0.role.rawValue, $0) })
      }
      let first = try await start()
      #expect(first.map(\.name) == roles)
      let again = try await start()
      #expect(again.map(\.name) == roles)
      _ = try await accept(platform, again[0].token)
      #expect(try await start().isEmpty)
      // The link of the first start is for an account that is taken up.
      await #expect(throws: UseCaseError.self) {
        try await accept(platform, first[0].token, username: "wang.wu")
      }
      _ = try await accept(platform, again[1].token, username: "li.si")
    }
  }
}
