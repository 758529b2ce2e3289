import Cryptography
import Domain
import Foundation
import Services
import Storage
import TestSupport
import Testing

/// Tokens of programs: made, used, ended; what of them is stored.
@Suite struct TokenTests {
  @Test(arguments: Engine.available)
  func aTokenStandsForItsAccountUntilItRunsOut(engine: Engine) async throws {
    try await engine.withDatabase { database in
      let platform = try await TestPlatform(database)
      let office = try await platform.account(.office)
      let made = try await platform.token(
        for: office, "周报脚本", days: 7, "orders:write problems:read")
      let grant = try #require(try await platform.grant(made.token))
      #expect(grant.account == office)
      #expect(grant.token == made.id)
      #expect(grant.name == "周报脚本")
      #expect(
        grant.scopes
          == [TokenScope(.orders, writes: true), TokenScope(.problems, writes: false)])
      platform.advance(days: 7, seconds: -1)
      #expect(try await platform.grant(made.token) != nil)
      // Also where it was looked up a moment ago.
      platform.advance(seconds: 1)
      #expect(try await platform.grant(made.token) == nil)
      try await platform.expectReplay()
    }
  }

  @Test(arguments: Engine.available)
  func whatIsNoTokenStandsForNobody(engine: Engine) async throws {
    try await engine.withDatabase { database in
      let platform = try await TestPlatform(database)
      let office = try await platform.account(.office)
      let made = try await platform.token(for: office)
      let session = try await SignIn(platform.platform)(
        username: office.username, password: "correct horse")
      let texts = [
        "", String(made.token.text.dropFirst(4)), made.token.text + "a",
        made.token.text.uppercased(), SecretToken.random(prefix: "lbt_").text, session.text,
        "lbt_" + session.text, made.token.hash.hex,
      ]
      for text in texts {
        #expect(try await platform.grant(SecretToken(text: text)) == nil, "\(text)")
      }
    }
  }

  /// At once where it was revoked, within two seconds on another server of the same database.
  @Test(arguments: Engine.available)
  func aRevokedTokenEnds(engine: Engine) async throws {
    try await engine.withDatabase { database in
      let platform = try await TestPlatform(database)
      let other = Platform(
        database: database, vault: platform.platform.vault, data: TestPlatform.data,
        now: platform.platform.now)
      let office = try await platform.account(.office)
      let (made, kept) = (
        try await platform.token(for: office), try await platform.token(for: office)
      )
      func grants() async throws -> [Bool] {
        [
          try await platform.grant(made.token) != nil,
          try await UseToken(other)(made.token, from: nil) != nil,
          try await platform.grant(kept.token) != nil,
        ]
      }
      #expect(try await grants() == [true, true, true])
      try await RevokeToken(platform.platform)(made.id, by: office)
      #expect(try await grants() == [false, true, true])
      platform.advance(seconds: 2)
      #expect(try await grants() == [false, false, true])
      // Twice is not known any more.
      await #expect(throws: UseCaseError.self) {
        try await RevokeToken(platform.platform)(made.id, by: office)
      }
      try await platform.expectReplay()
    }
  }

  /// For two seconds a request costs no look-up.
  @Test(arguments: Engine.available)
  func aTokenIsRememberedForTwoSeconds(engine: Engine) async throws {
    try await engine.withDatabase { database in
      let platform = try await TestPlatform(database)
      let made = try await platform.token(for: platform.account(.office))
      _ = try await platform.grant(made.token)
      try await database.write { connection in
        _ = try connection.run("update api_tokens set revoked_at = made_at + 1")
      }
      platform.advance(seconds: 1)
      #expect(try await platform.grant(made.token) != nil)
      platform.advance(seconds: 1)
      #expect(try await platform.grant(made.token) == nil)
    }
  }

  @Test(arguments: Engine.available)
  func nobodyRevokesAForeignToken(engine: Engine) async throws {
    try await engine.withDatabase { database in
      let platform = try await TestPlatform(database)
      let made = try await platform.token(for: platform.account(.office))
      for role in [Role.office, .director, .systemAdministrator] {
        let stranger = try await platform.account(role)
        await #expect(throws: UseCaseError.self) {
          try await RevokeToken(platform.platform)(made.id, by: stranger)
        }
      }
      #expect(try await platform.grant(made.token) != nil)
      // Whoever holds the database may.
      try await RevokeToken(platform.platform)(made.id)
      #expect(try await platform.grant(made.token) == nil)
    }
  }

  @Test(arguments: Engine.available)
  func anAccountHasTwentyAtOnce(engine: Engine) async throws {
    try await engine.withDatabase { database in
      let platform = try await TestPlatform(database)
      let office = try await platform.account(.office)
      let first = try await platform.token(for: office, days: 1)
      for _ in 1..<20 { _ = try await platform.token(for: office, days: 30) }
      await #expect(throws: TokenRefusal.tooMany) { try await platform.token(for: office) }
      // What ran out or was revoked makes room.
      try await RevokeToken(platform.platform)(first.id, by: office)
      let one = try await platform.token(for: office, days: 1)
      await #expect(throws: TokenRefusal.tooMany) { try await platform.token(for: office) }
      platform.advance(days: 1)
      #expect(try await platform.token(for: office).id > one.id)
    }
  }

  /// A minute must pass between two notes of use; the address is sealed.
  @Test(arguments: Engine.available)
  func theLastUseIsNoted(engine: Engine) async throws {
    try await engine.withDatabase { database in
      let platform = try await TestPlatform(database)
      let office = try await platform.account(.office)
      let made = try await platform.token(for: office)
      let use = UseToken(platform.platform)
      let list = ListTokens(platform.platform)
      #expect(try await list(of: office)[0].lastUsedAt == nil)
      let first = platform.platform.now()
      _ = try await use(made.token, from: "192.0.2.17")
      let noted = try await eventually { try await list(of: office)[0].lastUsedAt == first }
      #expect(noted)
      #expect(try await list(of: office)[0].lastOrigin == "192.0.2.17")
      let stored = try await database.read {
        try $0.row("select last_origin from api_tokens") { try $0.text(0) }!
      }
      #expect(!stored.contains("192.0.2"))
      platform.advance(seconds: 59)
      _ = try await use(made.token, from: "192.0.2.18")
      platform.advance(seconds: 1)
      let later = platform.platform.now()
      _ = try await use(made.token, from: "192.0.2.19")
      #expect(try await eventually { try await list(of: office)[0].lastUsedAt == later })
      #expect(try await list(of: office)[0].lastOrigin == "192.0.2.19")
    }
  }
}

/// Waits for what is done beside a request, five seconds at most.
func eventually(_ holds: () async throws -> Bool) async throws -> Bool {
  for _ in 0..<500 {
    if try await holds() { return true }
    try await Task.sleep(for: .milliseconds(10))
  }
  return try await holds()
}

extension TestPlatform {
  func token(
    for account: Account, _ name: String = "脚本", days: Int = 90,
    _ scopes: String = "problems:read"
  ) async throws -> MakeToken.Made {
    try await MakeToken(platform)(
      MakeToken.Order(name: name, days: days, scopes: TokenScope.all(in: scopes)!),
      for: account.id)
  }

  func grant(_ token: SecretToken) async throws -> TokenGrant? {
    try await UseToken(platform)(token, from: nil)
  }

  func expectReplay() async throws {
    let replay = try await ReplayLedger(platform)()
    #expect(replay.differences.isEmpty)
  }
}
