import Domain

/// The state rows of orders: what lists are made of. Every row follows from the ledger.
enum OrderRows {
  /// The columns that change with its events, beside the id.
  private static let changing = [
    "version", "state", "year", "number", "addressee", "issued_at", "issued_by", "review_by",
    "review_requested_at", "review_decided_at", "review_decision", "discarded_at", "revoked_at",
    "revoked_by", "content",
  ]
  private static let lasting = [
    "kind", "track", "series", "problem_id", "round", "leg", "title", "unit_id", "drafted_at",
    "drafted_by", "revokes",
  ]
  /// All columns beside the id; each follows from the ledger.
  static let columns = changing + lasting

  static func values(of order: Order) throws -> [any SQLConvertible] {
    let content = order.content
    return try changingValues(of: order) + [
      content.kind, content.track, order.series, content.problem, content.round, content.leg,
      content.title, content.answerable.unit, order.draftedAt, order.draftedBy,
      content.revokes?.order,
    ]
  }

  private static func changingValues(of order: Order) throws -> [any SQLConvertible] {
    [
      order.version, order.state, order.number?.year, order.number?.number,
      order.content.addressee.name, order.issuedAt, order.issuedBy, order.reviewBy,
      order.review?.requestedAt, order.review?.decidedAt, order.review?.decided?.decision,
      order.discardedAt, order.revokedAt, order.revoked?.by, try Payload.encode(order.content),
    ]
  }

  static func insert(_ orders: [Order], in connection: any Connection) throws {
    try connection.insert(
      into: "orders", ["id"] + columns, orders.map { [$0.id] + (try values(of: $0)) })
  }

  static func update(_ order: Order, in connection: any Connection) throws {
    try connection.run(updating, [order.id] + changingValues(of: order))
  }

  private static let updating =
    "update orders set "
    + changing.enumerated().map { "\($1) = ?\($0 + 2)" }.joined(separator: ", ")
    + " where id = ?1"
}
