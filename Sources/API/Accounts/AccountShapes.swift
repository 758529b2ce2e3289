import Cryptography
import Domain
import Services
import Storage

/// Accounts as their administrators see them.
enum AccountShapes {
  /// A seat with the names of what it is for.
  struct Seat: Sendable {
    let seat: AccountSeat
    let places: ShowAccounts.Places
  }

  static let seat = Shape<Seat>(
    "AccountSeat",
    [
      .init(choice: "role") { $0.seat.role },
      .init(id: "unit_id") { $0.seat.unit },
      .init("unit") { seat in seat.seat.unit.flatMap { seat.places.units[$0] } },
      .init(id: "official_id") { $0.seat.official },
      .init(id: "enterprise_id") { $0.seat.enterprise },
      .init("enterprise") { seat in
        seat.seat.enterprise.flatMap { seat.places.enterprises[$0] }
      },
    ])

  struct Known: Sendable {
    let stored: AccountRows.Stored
    let places: ShowAccounts.Places
    let maker: String?
    var request: GrantRows.Request?

    var seat: Seat { Seat(seat: stored.seat, places: places) }
    var username: String? { stored.account.username.isEmpty ? nil : stored.account.username }
  }

  static let summary = Shape<Known>("Account", fields)

  private static let fields: [Field<Known>] = [
    .init(id: "id") { $0.stored.account.id },
    .init("username") { $0.username },
    .init("name") { $0.stored.account.name },
    .init("seat", seat) { $0.seat },
    .init(choice: "state") { $0.stored.state },
    .init("is_service") { $0.stored.account.isService },
    .init("maker") { $0.maker },
    .init("created_at") { $0.stored.createdAt },
  ]

  struct Wanted: Sendable {
    let request: GrantRows.Request
    let seat: Seat
  }

  static let wanted = Shape<Wanted>(
    "AccountWaits",
    [
      .init(choice: "kind") { $0.request.kind },
      .init("seat", seat) { $0.seat },
      .init("asked_at") { $0.request.askedAt },
    ])

  static let detail = Shape<Known>(
    "AccountDetail",
    fields + [
      .init("granted_at") { $0.stored.grantedAt },
      .init("closed_at") { $0.stored.closedAt },
      .init("is_taken_up") { $0.stored.isTakenUp },
      .init("has_second_factor") { $0.stored.secondFactorAt != nil },
      .init("waits_for", optional: wanted) { known in
        known.request.map {
          Wanted(request: $0, seat: Seat(seat: $0.seat, places: known.places))
        }
      },
    ])

  struct Link: Sendable {
    let id: AccountID
    let link: SecretToken
    let waits: Bool?
  }

  /// Shown once: nobody can read it again.
  static let link = Shape<Link>(
    "AccountLink",
    [
      .init(id: "id") { $0.id },
      .init("path") { "/invitation/\($0.link.text)" },
      .init("waits_for_grant") { $0.waits },
    ])

  struct Request: Sendable {
    let request: GrantRows.Request
    let stored: AccountRows.Stored?
    let places: ShowAccounts.Places
    let askedBy: String?

    var wanted: Seat { Seat(seat: request.seat, places: places) }
    var present: Seat? { stored.map { Seat(seat: $0.seat, places: places) } }
  }

  static let request = Shape<Request>(
    "GrantRequest",
    [
      .init(id: "account_id") { $0.request.account },
      .init("name") { $0.stored?.account.name },
      .init("username") { $0.stored?.account.username },
      .init(choice: "kind") { $0.request.kind },
      .init("seat", seat) { $0.wanted },
      .init("present_seat", optional: seat) { $0.present },
      .init("asked_at") { $0.request.askedAt },
      .init("asked_by") { $0.askedBy },
    ])

  static let entry = Shape<ReadAudit.Line>(
    "AuditEntry",
    [
      .init("id") { IDText($0.entry.id) },
      .init("at") { $0.entry.at },
      .init("kind") { $0.entry.kind },
      .init("actor") { $0.entry.actor.description },
      .init("actor_name") { $0.actor },
      .init(id: "account_id") { $0.entry.account },
      .init("account_name") { $0.account },
      .init(choice: "role") { AuditRows.role(of: $0.entry) },
      .init("reason") { AuditRows.reason(of: $0.entry) },
      .init("origin") { $0.origin },
      .init("disclosure", optional: disclosure) { AuditRows.disclosure(of: $0.entry) },
      .init("token_id") { AuditRows.token(of: $0.entry)?.id },
      .init("token_name") { AuditRows.token(of: $0.entry)?.name },
      .init("token_scopes") { AuditRows.token(of: $0.entry)?.scopes },
    ])

  private static let disclosure = Shape<AuditRows.Disclosure>(
    "AuditDisclosure",
    [
      .init("register") { $0.register },
      .init("rows") { $0.rows },
      .init("content") { $0.content },
      .init("entry") { $0.id },
    ])

  /// Whom a token stands for, and how far.
  struct Own: Sendable {
    let known: Known
    let grant: TokenGrant
  }

  static let own = Shape<Own>(
    "OwnAccount",
    [
      .init("account", summary) { $0.known },
      .init("token_id") { IDText($0.grant.token) },
      .init("token_name") { $0.grant.name },
      .init("scopes") { $0.grant.scopes.map(\.text).sorted() },
    ])
}
