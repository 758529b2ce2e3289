import Cryptography
import Domain
import Foundation
import Ledger
import Services
import Storage
import TestSupport
import Testing

/// What the ledger and the files keep of tokens, and how they end with their account.
@Suite struct TokenLedgerTests {
  /// All rows of all tables as text.
  private func stored(_ database: any Database) async throws -> String {
    try await database.read { connection in
      var text = ""
      for table in ["api_tokens", "ledger", "accounts", "sessions", "sign_in_attempts"] {
        let row =
          connection.dialect == .sqlite
          ? try connection.rows("select name from pragma_table_info('\(table)')", []) {
            "coalesce(case typeof(\(try $0.text(0))) when 'blob' then hex(\(try $0.text(0))) else \(try $0.text(0)) end, '')"
          }.joined(separator: " || ' ' || ") : "r::text"
        text += try connection.rows("select \(row) from \(table) r", []) { try $0.text(0) }
          .joined(separator: "\n")
      }
      return text
    }
  }

  @Test(arguments: Engine.available)
  func nothingOfATokensTextIsStored(engine: Engine) async throws {
    try await engine.withAddress { address in
      let database = try engine.open(address)
      try await Migrations.apply(to: database, now: .reference)
      let platform = try await TestPlatform(database)
      let office = try await platform.account(.office)
      let made = try await platform.token(for: office, "周报脚本")
      _ = try await UseToken(platform.platform)(made.token, from: "192.0.2.17")
      try await RevokeToken(platform.platform)(made.id, by: office)
      try await platform.sequence()
      let secret = String(made.token.text.dropFirst(4))
      let all = try await stored(database)
      #expect(all.contains("周报脚本"))
      #expect(!all.contains(secret) && !all.contains("lbt_") && !all.contains("192.0.2.17"))
      // The ledger does not know the hash either.
      let entries = try await database.read {
        try LedgerRows.stream("account/\(office.id.value)", in: $0)
      }
      let told = entries.filter { $0.kind.hasPrefix("account.token") }
      #expect(told.map(\.kind) == ["account.token_made", "account.token_revoked"])
      #expect(
        told[0].payload
          == #"{"expires":\#(made.expiresAt.milliseconds),"name":"周报脚本","scopes":"problems:read","token":"\#(made.id)"}"#
      )
      #expect(told[1].payload == #"{"token":"\#(made.id)"}"#)
      #expect(told.map(\.actor) == [.system, office.actor])
      await database.close()
      if engine == .sqlite {
        let file = try #require(FileManager.default.contents(atPath: address))
        #expect(file.range(of: Data(made.token.hash.bytes)) != nil)
        #expect(file.range(of: Data(secret.utf8)) == nil)
      }
    }
  }

  /// SHA-256 over the words `lianbang token` and the text, as Python's hashlib computes it.
  @Test func theHashOfAToken() {
    let token = SecretToken(text: "lbt_" + String(repeating: "A", count: 43))
    #expect(
      token.hash.hex == "96484171f4e169fa0f278d01f8c7f9fe75d5bedafaaf56680aabea19ffbbf8e9")
    #expect(SecretToken.random(prefix: "lbt_").text.count == 47)
  }

  @Test(arguments: Engine.available, ["closed", "erased", "seat", "refused"])
  func tokensEndWithTheirAccountsSeat(engine: Engine, end: String) async throws {
    try await engine.withSample { platform in
      let system = try await platform.account(.systemAdministrator)
      let security = try await platform.account(.securityAdministrator)
      let office = try await platform.account(.office)
      let made = try await platform.token(for: office)
      let unit = try await FindUnit(platform.platform)("清河县水利局")
      #expect(try await platform.grant(made.token) != nil)
      switch end {
      case "closed": try await CloseAccount(platform.platform)(office.id, by: system)
      case "erased": try await EraseAccount(platform.platform)(office.username, by: .system)
      default:
        try await ChangeSeat(platform.platform)(
          of: office.id, to: AccountSeat(.handler, unit: unit), by: system)
        // Until it is granted all is as before.
        #expect(try await platform.grant(made.token) != nil)
        try await DecideGrant(platform.platform)(
          end == "seat" ? .grant : .refuse(reason: "未经批准"), of: office.id,
          asked: platform.platform.now(), by: security)
      }
      #expect(try await (platform.grant(made.token) != nil) == (end == "refused"))
      let kinds = try await platform.platform.database.read {
        try LedgerRows.stream("account/\(office.id.value)", in: $0).map(\.kind)
      }
      #expect(kinds.contains("account.token_revoked") == (end != "refused"))
      try await platform.expectReplay()
    }
  }

  /// A password set by a link waits to be granted, and so do the tokens.
  @Test(arguments: Engine.available)
  func tokensWaitWithTheirAccount(engine: Engine) async throws {
    try await engine.withSample { platform in
      let system = try await platform.account(.systemAdministrator)
      let security = try await platform.account(.securityAdministrator)
      let office = try await platform.account(.office)
      let made = try await platform.token(for: office)
      #expect(try await platform.grant(made.token) != nil)
      let link = try await RenewLink(platform.platform)(for: office.id, by: system)
      _ = try await AcceptInvitation(platform.platform)(
        link, username: "", password: "battery staple", repeated: "battery staple")
      #expect(try await platform.grant(made.token) == nil)
      await #expect(throws: TokenRefusal.accountIdle) { try await platform.token(for: office) }
      try await DecideGrant(platform.platform)(
        .grant, of: office.id, asked: platform.platform.now(), by: security)
      #expect(try await platform.grant(made.token) != nil)
    }
  }

  @Test(
    arguments: Engine.available,
    [
      ("update api_tokens set expires_at = expires_at + 1", "api_tokens expires_at"),
      ("update api_tokens set scopes = 'problems:write'", "api_tokens scopes"),
      ("update api_tokens set made_at = made_at - 1", "api_tokens made_at"),
      ("update api_tokens set revoked_at = null", "api_tokens revoked_at"),
      ("update api_tokens set name = '别的'", "api_tokens name"),
      ("delete from api_tokens", "api_tokens –"),
    ])
  func aChangedRowIsSeen(engine: Engine, change: (sql: String, found: String)) async throws {
    try await engine.withDatabase { database in
      let platform = try await TestPlatform(database)
      let office = try await platform.account(.office)
      let made = try await platform.token(for: office)
      platform.advance(seconds: 60)
      try await RevokeToken(platform.platform)(made.id, by: office)
      try await platform.expectReplay()
      try await database.write { _ = try $0.run(change.sql) }
      let found = try await ReplayLedger(platform.platform)().differences.map {
        "\($0.table) \($0.column ?? "–")"
      }
      #expect(found == [change.found])
    }
  }
}
