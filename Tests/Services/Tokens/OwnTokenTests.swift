import Cryptography
import Domain
import Services
import Storage
import TestSupport
import Testing

/// A token made by its owner, who gives the password again.
@Suite struct OwnTokenTests {
  private static let order = MakeToken.Order(
    name: "周报脚本", days: 30, scopes: [TokenScope(.problems, writes: false)])

  @Test(arguments: Engine.available)
  func itsOwnerMakesIt(engine: Engine) async throws {
    try await engine.withDatabase { database in
      let platform = try await TestPlatform(database)
      let office = try await platform.account(.office)
      let session = try await platform.session(of: office)
      let made = try await MakeToken(platform.platform)(
        Self.order, own: session, password: "correct horse")
      #expect(made.expiresAt == platform.platform.now() + 30 * 86_400)
      #expect(try await platform.grant(made.token)?.account == office)
      let entry = try await database.read { connection in
        try connection.row(
          "select actor, stream from ledger where kind = 'account.token_made'", []
        ) { (try $0.text(0), try $0.text(1)) }
      }
      #expect(entry?.0 == office.actor.description && entry?.1 == office.actor.description)
      try await platform.expectReplay()
    }
  }

  /// Wrong passwords are counted with those of signing in, and make the next try wait.
  @Test(arguments: Engine.available)
  func aWrongPasswordMakesNone(engine: Engine) async throws {
    try await engine.withDatabase { database in
      let platform = try await TestPlatform(database)
      let office = try await platform.account(.office)
      let session = try await platform.session(of: office)
      for _ in 0..<5 {
        let fault = await #expect(throws: UseCaseError.self) {
          try await MakeToken(platform.platform)(
            Self.order, own: session, password: "wrong horse")
        }
        guard case .credentials(.passwordWrong) = fault else {
          Issue.record("\(String(describing: fault))")
          return
        }
      }
      let fault = await #expect(throws: UseCaseError.self) {
        try await MakeToken(platform.platform)(
          Self.order, own: session, password: "correct horse")
      }
      guard case .tooManyTries = fault else {
        Issue.record("\(String(describing: fault))")
        return
      }
      #expect(try await ListTokens(platform.platform)(of: office).isEmpty)
    }
  }

  /// What cannot be had is refused before the password is looked at.
  @Test func whatTheRoleHasNoRightTo() async throws {
    try await Engine.sqlite.withDatabase { database in
      let platform = try await TestPlatform(database)
      let session = try await platform.session(of: platform.account(.office))
      let order = MakeToken.Order(
        name: "审计", days: 30, scopes: [TokenScope(.accounts, writes: false)])
      await #expect(throws: TokenRefusal.scopeTooWide) {
        try await MakeToken(platform.platform)(order, own: session, password: "wrong horse")
      }
      let counted = try await database.read {
        try $0.row("select count(*) from sign_in_attempts", []) { try $0.int(0) }
      }
      #expect(counted == 0)
    }
  }

  /// A session that has not come to its end makes none: its second factor is still wanted.
  @Test func aHalfOpenSessionMakesNone() async throws {
    try await Engine.sqlite.withDatabase { database in
      let platform = try await TestPlatform(database)
      let system = try await platform.account(.systemAdministrator)
      let token = try await SignIn(platform.platform)(
        username: system.username, password: "correct horse")
      let session = try #require(try await SignIn(platform.platform).session(of: token))
      #expect(session.stage == .enrolment)
      let order = MakeToken.Order(
        name: "脚本", days: 1, scopes: [TokenScope(.accounts, writes: false)])
      await #expect(throws: UseCaseError.self) {
        try await MakeToken(platform.platform)(order, own: session, password: "correct horse")
      }
      #expect(try await ListTokens(platform.platform)(of: system).isEmpty)
    }
  }

  /// A new password leaves tokens as they are: they are listed, and ended one by one.
  @Test func aNewPasswordEndsNone() async throws {
    try await Engine.sqlite.withDatabase { database in
      let platform = try await TestPlatform(database)
      let office = try await platform.account(.office)
      let session = try await platform.session(of: office)
      let made = try await MakeToken(platform.platform)(
        Self.order, own: session, password: "correct horse")
      _ = try await ChangePassword(platform.platform)(
        session, old: "correct horse", new: "battery staple", repeated: "battery staple")
      #expect(try await platform.grant(made.token) != nil)
    }
  }
}

extension TestPlatform {
  /// Somebody signs in.
  func session(of account: Account) async throws -> SignIn.Session {
    let token = try await SignIn(platform)(username: account.username, password: "correct horse")
    return try #require(try await SignIn(platform).session(of: token))
  }
}
