import Domain
import Testing

/// What a token may do, how long it is good, and for whom.
@Suite struct TokenRulesTests {
  @Test(
    arguments: [
      ("problems:read", APIArea.problems, false), ("orders:write", .orders, true),
      ("exchange:read", .exchange, false),
    ])
  func aScopeIsAnAreaAndAWord(text: String, area: APIArea, writes: Bool) {
    #expect(TokenScope(text) == TokenScope(area, writes: writes))
    #expect(TokenScope(text)?.text == text)
  }

  @Test(
    arguments: [
      "", "problems", "problems:", ":read", "problems:all", "Problems:read", "problems:read:write",
      "problem:read", " problems:read",
    ])
  func anythingElseIsNone(text: String) {
    #expect(TokenScope(text) == nil)
  }

  /// To write includes to read; nothing reaches into another area.
  @Test(
    arguments: [
      ("problems:read", .problems, false, true), ("problems:read", .problems, true, false),
      ("problems:write", .problems, false, true), ("problems:write", .problems, true, true),
      ("problems:write", .orders, false, false), ("", .problems, false, false),
    ] as [(String, APIArea, Bool, Bool)])
  func whatAGrantAllows(scopes: String, area: APIArea, writing: Bool, allowed: Bool) throws {
    let account = Account(id: AccountID(1), username: "a", name: "甲", role: .office, unit: nil)
    let grant = TokenGrant(
      token: 1, name: "t", account: account, scopes: try #require(TokenScope.all(in: scopes)))
    #expect(grant.allows(area, writing: writing) == allowed)
  }

  @Test func theWiderScopeOfAnAreaIsKept() throws {
    let scopes = try #require(
      TokenScope.all(in: "problems:write orders:read problems:read calendar:read"))
    #expect(TokenScope.text(scopes) == "calendar:read orders:read problems:write")
    #expect(TokenScope.all(in: "problems:read nothing:read") == nil)
  }

  /// The table of rights, read for each role by hand: what it can read, and after the bar what it can write.
  @Test(
    arguments: [
      (
        .systemAdministrator,
        "organisation calendar accounts webhooks exchange | accounts webhooks exchange"
      ),
      (.securityAdministrator, "calendar accounts | accounts"),
      (.auditAdministrator, "calendar accounts |"),
      (
        .office,
        """
        problems orders batches organisation registers visits pairing figures reports calendar notices \
        webhooks exchange | problems orders batches organisation registers visits pairing figures reports \
        calendar notices webhooks exchange
        """
      ),
      (
        .countyOffice,
        """
        problems orders organisation registers visits pairing figures reports calendar notices webhooks | \
        problems orders registers visits figures reports notices webhooks
        """
      ),
      (
        .leader, "problems orders organisation registers visits pairing figures reports calendar |"
      ),
      (
        .handler,
        """
        problems orders organisation visits figures reports calendar notices webhooks | \
        problems orders visits figures reports notices webhooks
        """
      ),
      (
        .official,
        "problems orders organisation visits pairing reports calendar notices | problems orders visits reports notices"
      ),
      (
        .enterprise,
        "problems registers visits calendar notices | problems registers visits notices"
      ),
      (.villageClerk, "problems calendar notices | problems notices"),
    ] as [(Role, String)])
  func areasOfARole(role: Role, areas: String) {
    let parts = areas.split(separator: "|", omittingEmptySubsequences: false).map {
      $0.split(separator: " ").map(String.init)
    }
    for (writing, expected) in zip([false, true], parts) {
      #expect(
        APIArea.allCases.filter { $0.isOpen(to: role, writing: writing) }.map(\.rawValue)
          == expected)
    }
  }

  @Test(
    arguments: [
      ("周报脚本", 90, "problems:read", .office, 0, nil),
      ("周报脚本", 365, "problems:write orders:read", .office, 19, nil),
      ("周报脚本", 1, "accounts:write", .systemAdministrator, 0, nil),
      ("", 90, "problems:read", .office, 0, .nameForm),
      ("两\n行", 90, "problems:read", .office, 0, .nameForm),
      (String(repeating: "名", count: 41), 90, "problems:read", .office, 0, .nameForm),
      ("周报脚本", 0, "problems:read", .office, 0, .lifetime),
      ("周报脚本", 366, "problems:read", .office, 0, .lifetime),
      ("周报脚本", 60, "problems:read", .office, 0, .lifetime),
      ("周报脚本", 7, "accounts:read", .auditAdministrator, 0, .administratorLifetime),
      ("周报脚本", 90, "", .office, 0, .noScope),
      ("周报脚本", 90, "problems:read accounts:read", .office, 0, .scopeTooWide),
      ("周报脚本", 90, "problems:write", .leader, 0, .scopeTooWide),
      ("周报脚本", 90, "problems:read", .office, 20, .tooMany),
    ] as [(String, Int, String, Role, Int, TokenRefusal?)])
  func whoGetsAToken(
    name: String, days: Int, scopes: String, role: Role, open: Int, refusal: TokenRefusal?
  ) throws {
    let scopes = try #require(TokenScope.all(in: scopes))
    var found: TokenRefusal?
    do throws(TokenRefusal) {
      try TokenRules.check(name: name, days: days, scopes: scopes, role: role, open: open)
    } catch {
      found = error
    }
    #expect(found == refusal)
  }

  @Test(
    arguments: [
      ("lbt_" + String(repeating: "a", count: 43), true),
      ("lbt_" + String(repeating: "-", count: 42) + "_", true),
      ("lbt_" + String(repeating: "a", count: 42), false),
      ("lbt_" + String(repeating: "a", count: 44), false),
      (String(repeating: "a", count: 47), false),
      ("lbt_" + String(repeating: "a", count: 42) + "=", false),
      ("LBT_" + String(repeating: "a", count: 43), false), ("", false),
    ])
  func theFormOfAToken(text: String, isOne: Bool) {
    #expect(TokenRules.isTokenText(text) == isOne)
  }
}
