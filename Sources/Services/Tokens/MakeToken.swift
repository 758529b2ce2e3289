import Cryptography
import Domain
import Storage

/// Makes a token for an account's programs; its text is shown once and kept nowhere.
package struct MakeToken: Sendable {
  let platform: Platform

  package init(_ platform: Platform) { self.platform = platform }

  /// What is asked for.
  package struct Order: Sendable {
    package let name: String
    /// How long it is to be good.
    package let days: Int
    /// Nil for all that are open to the role.
    fileprivate let scopes: Set<TokenScope>?

    package init(name: String, days: Int, scopes: Set<TokenScope>) {
      (self.name, self.days, self.scopes) = (name, days, scopes)
    }

    fileprivate init(name: String, days: Int, scopes: Set<TokenScope>?) {
      (self.name, self.days, self.scopes) = (name, days, scopes)
    }

    fileprivate func scopes(for role: Role) -> Set<TokenScope> {
      scopes ?? TokenScope.all(for: role)
    }
  }

  package struct Made: Sendable {
    package let id: Int64
    package let token: SecretToken
    package let expiresAt: Instant
  }

  /// By its owner, or by the maker of a program for it, who gives the password again: a session left open is
  /// not its owner.
  /// - Parameter service: the program's account.
  /// - Throws: `UseCaseError.notFound` for what is no program of the account's, `TokenRefusal`,
  ///   `UseCaseError.credentials(.passwordWrong)`, `.tooManyTries`
  package func callAsFunction(
    _ order: Order, own session: SignIn.Session, for service: AccountID? = nil, password: String,
    _ arrival: Arrival = Arrival()
  ) async throws -> Made {
    let account = session.account
    guard session.stage == .complete else { throw UseCaseError.forbidden }
    if let service {
      let maker = try await platform.database.read { try ServiceRows.maker(of: service, in: $0) }
      guard maker == account.id else { throw UseCaseError.notFound }
    }
    // What cannot be had costs no look at the password.
    try TokenRules.check(
      name: order.name.trimmed, days: order.days, scopes: order.scopes(for: account.role),
      role: account.role,
      open: 0)
    try await ChangePassword(platform).confirm(password, of: account, arrival)
    return try await make(order, for: service ?? account.id, by: account.actor)
  }

  /// By whoever holds the database.
  /// - Throws: `UseCaseError.notFound`, `TokenRefusal`
  package func callAsFunction(_ order: Order, for id: AccountID) async throws -> Made {
    try await make(order, for: id, by: .system)
  }

  /// The same with every scope that is open to the account's role.
  package func withAllScopes(
    name: String, days: Int, for id: AccountID
  ) async throws -> Made {
    try await make(Order(name: name, days: days, scopes: nil), for: id, by: .system)
  }

  private func make(_ order: Order, for id: AccountID, by actor: Actor) async throws -> Made {
    let (now, vault, name) = (platform.now(), platform.vault, order.name.trimmed)
    let token = SecretToken.random(prefix: TokenRules.prefix)
    let expires = now + Int64(order.days) * 86_400
    return try await platform.database.write { connection in
      guard let stored = try AccountRows.find(id, vault, in: connection) else {
        throw UseCaseError.notFound
      }
      guard stored.closedAt == nil, stored.grantedAt != nil else {
        throw TokenRefusal.accountIdle
      }
      let scopes = order.scopes(for: stored.account.role)
      try TokenRules.check(
        name: name, days: order.days, scopes: scopes, role: stored.account.role,
        open: TokenRows.open(of: id, now: now, in: connection))
      let made = try TokenRows.make(
        token, for: id, name: name, scopes, at: now, expires: expires, by: actor,
        in: connection)
      return Made(id: made, token: token, expiresAt: expires)
    }
  }
}
