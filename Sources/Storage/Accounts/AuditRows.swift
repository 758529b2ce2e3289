import Domain
import Ledger

/// What the audit administrator looks through: sign-ins, changes of rights, exports and looks at personal
/// data, from the ledger.
package enum AuditRows {
  /// Sorts of what happened.
  package enum Sort: String, Sendable, CaseIterable {
    case signIn = "sign_in"
    case failure
    case right
    case secret
    case disclosure

    var kinds: [AccountEvents.Kind] {
      switch self {
      case .signIn: [.signedIn]
      case .failure: [.locked]
      case .right:
        [
          .invited, .serviceMade, .linked, .activated, .seatAsked, .granted, .refused, .closed,
          .erased,
        ]
      case .secret:
        [
          .passwordChanged, .passwordReset, .secondFactorSet, .secondFactorRemoved,
          .recoveryCodeUsed, .tokenMade, .tokenRevoked,
        ]
      case .disclosure: []
      }
    }
  }

  package struct Filter: Sendable, Hashable {
    package var sort: Sort?
    /// Who did it or to whom it was done.
    package var account: AccountID?
    package var from: Day?
    package var to: Day?

    package init() {}
  }

  package struct Line: Sendable {
    package let id: Int64
    package let at: Instant
    package let actor: Actor
    package let kind: String
    /// To whose account it was done; nil for what was done to no account.
    package let account: AccountID?
    package let payload: String
  }

  /// Entries, the newest first; rides ledger_accounts, whose condition stands here in the same words.
  package static func list(
    _ filter: Filter, before key: Int64?, size: Int, in connection: any Connection
  ) throws -> Page<Line, Int64> {
    var conditions = [
      """
      (stream > 'account/' and stream < 'account0'
          or stream > 'disclosure/' and stream < 'disclosure0')
      """,
      "id < ?1",
    ]
    var arguments: [any SQLConvertible] = [key ?? .max]
    func place(_ value: any SQLConvertible) -> String {
      arguments.append(value)
      return "?\(arguments.count)"
    }
    switch filter.sort {
    case .disclosure: conditions.append("stream > 'disclosure/' and stream < 'disclosure0'")
    case let sort?:
      let kinds = sort.kinds.map { place($0.rawValue) }.joined(separator: ", ")
      conditions.append("kind in (\(kinds))")
    case nil: break
    }
    if let account = filter.account {
      let name = place(Actor.account(account).description)
      conditions.append("(stream = \(name) or actor = \(name))")
    }
    if let from = filter.from { conditions.append("at >= \(place(Instant(startOf: from)))") }
    if let to = filter.to { conditions.append("at < \(place(Instant(startOf: to + 1)))") }
    return try connection.page(
      """
      select id, at, actor, kind, stream, payload
      from ledger
      where \(conditions.joined(separator: "\n  and "))
      order by id desc
      """, arguments, size: size, key: \.id
    ) { row in
      let stream = try row.text(4)
      let account =
        stream.hasPrefix("account/")
        ? Int64(stream.dropFirst("account/".count)).map { AccountID($0) } : nil
      return Line(
        id: try row.int(0), at: try row.instant(1), actor: try row.actor(2), kind: try row.text(3),
        account: account, payload: try row.text(5))
    }
  }

  /// Address and device of a sign-in; nil where the entry tells of none.
  package static func origin(of line: Line, _ key: PersonKey) -> String? {
    guard line.kind == AccountEvents.Kind.signedIn.rawValue,
      let sealed = try? Payload.decode(AccountEvents.SignedIn.self, line.payload).origin
    else { return nil }
    return try? key.open(sealed, .origin)
  }

  /// The reason that an entry of a refusal gives.
  package static func reason(of line: Line) -> String? {
    guard line.kind == AccountEvents.Kind.refused.rawValue else { return nil }
    return try? Payload.decode(AccountEvents.Refused.self, line.payload).reason
  }

  /// A token that an entry tells of; nil for the name where it was made before.
  package static func token(of line: Line) -> (name: String?, scopes: String?, id: String)? {
    switch AccountEvents.Kind(rawValue: line.kind) {
    case .tokenMade:
      (try? Payload.decode(AccountEvents.TokenMade.self, line.payload)).map {
        ($0.name, $0.scopes, $0.token)
      }
    case .tokenRevoked:
      (try? Payload.decode(AccountEvents.TokenRevoked.self, line.payload)).map {
        (nil, nil, $0.token)
      }
    default: nil
    }
  }

  /// What an entry says an account is, or is to be.
  package static func role(of line: Line) -> Role? {
    switch AccountEvents.Kind(rawValue: line.kind) {
    case .invited, .serviceMade, .seatAsked, .granted:
      (try? Payload.decode(AccountEvents.Seat.self, line.payload)).flatMap {
        Role(rawValue: $0.role)
      }
    default: nil
    }
  }

  /// What an entry says was taken out or looked at.
  package struct Disclosure: Codable, Sendable {
    package let register: String
    package let rows: Int?
    /// `full` or `masked`.
    package let content: String?
    /// The entry that was looked at.
    package let id: String?
  }

  package static func disclosure(of line: Line) -> Disclosure? {
    guard line.account == nil else { return nil }
    return try? Payload.decode(Disclosure.self, line.payload)
  }
}
