/// What holds for every token.
package enum TokenRules {
  /// Days a token may be good for.
  package static let lifetimes = [1, 7, 30, 90, 365]
  /// Days, for the three administrators: whose rights reach everybody's accounts.
  package static let administratorLifetime = 1
  /// Of one account at a time.
  package static let most = 20
  /// Characters of a name.
  package static let maximumName = 40

  package static func lifetimes(for role: Role) -> [Int] {
    role.isAdministrator ? lifetimes.filter { $0 <= administratorLifetime } : lifetimes
  }

  /// Scanners of published code know a leaked token by it.
  package static let prefix = "lbt_"

  /// Whether a text could be a token at all: the prefix and 43 characters of base64url.
  package static func isTokenText(_ text: String) -> Bool {
    guard text.utf8.count == prefix.utf8.count + 43, text.hasPrefix(prefix) else { return false }
    return text.utf8.dropFirst(prefix.utf8.count).allSatisfy {
      switch $0 {
      case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x5F: true
      default: false
      }
    }
  }

  /// Decides whether an account gets a token.
  /// - Parameters:
  ///   - days: how long it is to be good.
  ///   - open: how many the account has that are good already.
  package static func check(
    name: String, days: Int, scopes: Set<TokenScope>, role: Role, open: Int
  ) throws(TokenRefusal) {
    guard !name.isEmpty, name.unicodeScalars.count <= maximumName, name == name.singleLine,
      name == name.trimmed
    else { throw .nameForm }
    guard lifetimes.contains(days) else { throw .lifetime }
    guard lifetimes(for: role).contains(days) else { throw .administratorLifetime }
    guard !scopes.isEmpty else { throw .noScope }
    guard scopes.allSatisfy({ $0.isOpen(to: role) }) else { throw .scopeTooWide }
    guard open < most else { throw .tooMany }
  }
}

/// Why there is no token.
package enum TokenRefusal: String, Error, Sendable, CaseIterable {
  case nameForm = "name_form"
  case lifetime
  case administratorLifetime = "administrator_lifetime"
  case noScope = "no_scope"
  /// The role has nothing to do there.
  case scopeTooWide = "scope_too_wide"
  case tooMany = "too_many"
  /// The account does not work: it is closed, or waits to be granted.
  case accountIdle = "account_idle"

  /// The field of a form that a refusal is about.
  package var field: String? {
    switch self {
    case .nameForm: "name"
    case .lifetime, .administratorLifetime: "days"
    case .noScope, .scopeTooWide: "scope"
    case .tooMany, .accountIdle: nil
    }
  }
}
