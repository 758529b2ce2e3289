import Domain

/// Drafting and issuing, in the caller's transaction. Where that is rolled back no number is used up.
/// A transaction that issues is best opened with `write(exclusively: .issuing)`: in another one it may
/// have to be run again while others issue.
extension OrderHistory {
  /// A document to be made, and the series of its number.
  package struct New: Sendable {
    package let content: OrderContent
    package let series: String

    package init(_ content: OrderContent, series: String) {
      (self.content, self.series) = (content, series)
    }
  }

  /// Issues an order at once: one event and one row.
  /// - Throws: `Order.Refused`, `StorageError`
  @discardableResult
  package static func issue(
    _ content: OrderContent, series: String, at now: Instant, by actor: Actor,
    in connection: any Connection
  ) throws -> Order {
    try issue([New(content, series: series)], at: now, by: actor, in: connection)[0]
  }

  /// The same for many: one draw for each series, one insert for all.
  /// - Returns: the orders in the order they were given.
  @discardableResult
  package static func issue(
    _ new: [New], at now: Instant, by actor: Actor, in connection: any Connection
  ) throws -> [Order] {
    var numbers: [String: ArraySlice<OrderNumber>] = [:]
    // Always in the same order, so that two transactions do not wait for each other.
    for (series, some) in Dictionary(grouping: new, by: \.series).sorted(by: { $0.key < $1.key }) {
      numbers[series] = try OrderNumbers.draw(
        some.count, of: series, year: now.day.year, in: connection)[...]
    }
    let events = try new.map { new in
      try Order.issue(new.content, number: numbers[new.series]!.removeFirst(), on: now.day)
    }
    return try add(events, at: now, by: actor, in: connection)
  }

  /// Drafts an order that waits for approval.
  /// - Throws: `Order.Refused`, `StorageError`
  @discardableResult
  package static func draft(
    _ content: OrderContent, series: String, at now: Instant, by actor: Actor,
    in connection: any Connection
  ) throws -> Order {
    try draft([New(content, series: series)], at: now, by: actor, in: connection)[0]
  }

  /// The same for many, with one insert for all.
  @discardableResult
  package static func draft(
    _ new: [New], at now: Instant, by actor: Actor, in connection: any Connection
  ) throws -> [Order] {
    let events = try new.map { try Order.draft($0.content, series: $0.series) }
    return try add(events, at: now, by: actor, in: connection)
  }

  private static func add(
    _ events: [OrderEvent], at now: Instant, by actor: Actor, in connection: any Connection
  ) throws -> [Order] {
    if events.isEmpty { return [] }
    // Drafting and issuing is what an order begins with.
    let histories = events.map {
      OrderHistory(OrderID(Identifiers.shared.next(now)), $0, at: now, by: actor)!
    }
    try LedgerRows.append(histories.map { try $0.lastEntry() }, to: connection)
    let orders = histories.map(\.order)
    try OrderRows.insert(orders, in: connection)
    return orders
  }

  /// Issues the draft: it gets its number.
  /// - Parameter names: of the units it names, as they are called today.
  /// - Throws: `Order.Refused`, `LedgerRows.Conflict`, `StorageError`
  package mutating func issue(
    names: [UnitID: String] = [:], _ surroundings: Order.Surroundings,
    in connection: any Connection
  ) throws {
    var surroundings = surroundings
    surroundings.now = time(surroundings.now)
    // Before the number's row is locked.
    let refusals = order.refusals(of: .issue, in: surroundings)
    guard refusals.isEmpty else { throw Order.Refused(refusals) }
    let number = try OrderNumbers.draw(
      1, of: order.series, year: surroundings.now.day.year, in: connection)[0]
    let event = try order.issue(number: number, names: names, in: surroundings)
    try record(event, at: surroundings.now, by: surroundings.actor, in: connection)
  }

  /// Revokes the order by a new document of the same series, issued at once.
  /// - Returns: the new document.
  /// - Throws: `Order.Refused`, `LedgerRows.Conflict`, `StorageError`
  @discardableResult
  package mutating func revoke(
    reason: String, _ surroundings: Order.Surroundings, in connection: any Connection
  ) throws -> Order {
    let at = time(surroundings.now)
    let content = try order.revocation(reason: reason, in: surroundings)
    let new = try OrderHistory.issue(
      content, series: order.series, at: at, by: surroundings.actor, in: connection)
    try record(order.revoked(by: new), at: at, by: surroundings.actor, in: connection)
    return new
  }
}
