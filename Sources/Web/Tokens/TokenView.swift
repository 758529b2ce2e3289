import Cryptography
import Domain
import HTTP
import Services
import Storage

/// Tokens in words.
struct TokenView {
  let words: Wording
  /// What passwords must be like, for what is said of a wrong one.
  private let rules: PasswordRules
  private let now: Instant

  init(_ site: Site, _ context: AppContext) {
    words = site.words(context)
    rules = site.platform.signInRules.password
    now = site.platform.now()
  }

  /// Whose programs a page is about.
  enum Owner {
    case own
    case service(AccountID)

    /// Where the tokens are listed.
    var list: Route {
      switch self {
      case .own: .tokens
      case .service(let id): .serviceAccount(id)
      }
    }

    /// Where the form for a new one goes.
    var make: Route {
      switch self {
      case .own: .tokens
      case .service(let id): .serviceTokens(String(id.value))
      }
    }

    /// Where that form is.
    var new: Route {
      switch self {
      case .own: .newToken
      case .service(let id): .newServiceToken(String(id.value))
      }
    }

    /// The account for which a token is made, where it is not the maker's own.
    var service: AccountID? {
      if case .service(let id) = self { id } else { nil }
    }
  }

  /// What is wrong with a form, and where.
  typealias Fault = (field: String?, text: String)

  /// What the example asks for.
  static let example = "/api/v1/problems"

  /// How long a token is good unless somebody says otherwise, where that may be.
  private static let usual = 90

  // MARK: List

  func list(_ lines: [TokenRows.Line], _ owner: Owner) -> View {
    [
      "url_new": owner.new.path, "url_account": Route.account.path,
      "may_add": lines.count { $0.isOpen(now) } < TokenRules.most,
      "tokens": lines.map(row), "is_empty": lines.isEmpty,
    ]
  }

  func row(_ line: TokenRows.Line) -> View {
    let state = line.revokedAt != nil ? "revoked" : line.isOpen(now) ? "good" : "over"
    return [
      "token_name": line.name, "scopes": words.scopes(line.scopes),
      "made": words.time(line.madeAt), "expires": words.time(line.expiresAt),
      "used": line.lastUsedAt.map { words.ago($0, now: now) } ?? words("tokens.unused"),
      "origin": (line.lastOrigin ?? "").orFalse, "state": words("token.state.\(state)"),
      "ended": line.revokedAt.map { words.time($0) } ?? false, "is_good": line.isOpen(now),
      "url": Route.tokenRevocation(String(line.id)).path,
    ]
  }

  // MARK: Making

  /// - Throws: `RequestError.badForm` for a scope that does not exist.
  static func order(_ form: FormData) throws -> MakeToken.Order {
    let scopes = try form.values("scope").map { text in
      guard let scope = TokenScope(text) else { throw RequestError.badForm }
      return scope
    }
    return MakeToken.Order(
      name: form["name"], days: Int(form["days"]) ?? 0, scopes: Set(scopes))
  }

  /// What is to be said beside the form; nil for what it is not to blame for.
  func fault(_ error: any Error) -> Fault? {
    switch error {
    case let refusal as TokenRefusal:
      (refusal.field, words("token.refusal.\(refusal.rawValue)"))
    case UseCaseError.credentials(let fault): ("password", words.fault(fault, rules))
    case UseCaseError.tooManyTries(let until): ("password", words.tooManyTries(until, now: now))
    default: nil
    }
  }

  /// - Parameter account: whoever makes it.
  func new(_ form: FormData?, _ fault: Fault?, by account: Account, _ owner: Owner) -> View {
    let days = TokenRules.lifetimes(for: account.role)
    let usual = days.contains(Self.usual) ? Self.usual : days.last ?? 0
    let chosen = form.flatMap { Int($0["days"]) } ?? usual
    let ticked = Set(form?.values("scope") ?? [])
    let areas = APIArea.allCases.filter { area in
      [false, true].contains { area.isOpen(to: account.role, writing: $0) }
    }
    let fields: View = [
      "token_name": form?["name"] ?? "", "name_limit": String(TokenRules.maximumName),
      "lifetimes": days.map { n -> View in
        ["value": String(n), "name": words.counted("time.day", n), "chosen": n == chosen]
      },
      "areas": areas.map { area -> View in
        [
          "name": words("token.area.\(area.rawValue)"),
          "boxes": [false, true].filter { area.isOpen(to: account.role, writing: $0) }.map {
            box(TokenScope(area, writes: $0), ticked)
          },
        ]
      },
      "username": account.username,
    ]
    let frame: View = [
      "url": owner.make.path, "url_list": owner.list.path, "failed": fault != nil,
      "fault": fault?.text ?? "", "fault_field": fault?.field ?? "name",
      "is_administrator": account.role.isAdministrator,
    ]
    return fields.merging(frame) { $1 }
  }

  private func box(_ scope: TokenScope, _ ticked: Set<String>) -> View {
    [
      "value": scope.text, "chosen": ticked.contains(scope.text),
      "name": words(scope.writes ? "tokens.write" : "tokens.read"),
    ]
  }

  // MARK: The text

  func text(_ made: MakeToken.Made, _ owner: Owner, address: String) -> View {
    [
      "token": made.token.text, "expires": words.time(made.expiresAt),
      "example": """
      read -rs LIANBANG_TOKEN
      curl -H "Authorization: Bearer $LIANBANG_TOKEN" '\(address)'
      """,
      "url_list": owner.list.path,
    ]
  }
}

extension Wording {
  /// `问题（读写）、三单文书（只读）`
  func scopes(_ scopes: Set<TokenScope>) -> String {
    TokenScope.text(scopes).split(separator: " ").compactMap { TokenScope(String($0)) }.map {
      self(
        $0.writes ? "tokens.scope_write" : "tokens.scope_read",
        ["area": self("token.area.\($0.area.rawValue)")])
    }.joined(separator: self("tokens.and"))
  }
}
