/// Whom a token that was presented stands for, and how far.
package struct TokenGrant: Sendable {
  package let token: Int64
  /// What its maker calls it.
  package let name: String
  package let account: Account
  package let scopes: Set<TokenScope>

  package init(token: Int64, name: String, account: Account, scopes: Set<TokenScope>) {
    self.token = token
    self.name = name
    self.account = account
    self.scopes = scopes
  }

  /// Whether the token reaches so far; whether the account may do it the use case judges.
  package func allows(_ area: APIArea, writing: Bool) -> Bool {
    scopes.contains(TokenScope(area, writes: true))
      || !writing && scopes.contains(TokenScope(area, writes: false))
  }
}
