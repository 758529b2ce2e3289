import Domain
import Ledger

/// An order as its ledger stream tells it.
package struct OrderHistory: Sendable {
  package struct Step: Sendable {
    package let version: Int
    package let at: Instant
    package let actor: Actor
    package let event: OrderEvent
  }

  package private(set) var order: Order
  package private(set) var steps: [Step]

  package static func streamName(_ id: OrderID) -> String { "order/\(id.value)" }

  /// - Returns: nil where there is no such order.
  package static func load(_ id: OrderID, in connection: any Connection) throws -> OrderHistory? {
    try OrderHistory(LedgerRows.stream(streamName(id), in: connection))
  }

  /// Rides the unique index on (series, year, number).
  package static func find(
    _ number: OrderNumber, in connection: any Connection
  ) throws -> OrderID? {
    try connection.row(
      """
      select id
      from orders
      where series = ?1 and year = ?2 and number = ?3
      """, [number.series, number.year, number.number]
    ) { try $0.orderID(0) }
  }

  /// - Parameter entries: of one stream, in order.
  /// - Returns: nil where there are none.
  init?(_ entries: [LedgerEntry]) throws {
    guard let first = entries.first else { return nil }
    guard let id = Int64(first.stream.dropFirst("order/".count)),
      let history = try OrderHistory(
        OrderID(id), OrderEventCodec.decode(kind: first.kind, payload: first.payload),
        at: first.at, by: first.actor)
    else { throw StorageError.unreadable("first entry of \(first.stream)") }
    self = history
    for entry in entries.dropFirst() {
      let event = try OrderEventCodec.decode(kind: entry.kind, payload: entry.payload)
      apply(event, at: entry.at, by: entry.actor)
    }
  }

  /// - Returns: nil where the event is none that an order begins with.
  init?(_ id: OrderID, _ event: OrderEvent, at: Instant, by actor: Actor) {
    guard let order = Order(id: id, first: event, at: at, by: actor) else { return nil }
    self.order = order
    steps = [Step(version: 1, at: at, actor: actor, event: event)]
  }

  /// The order as it stood after one of its steps.
  package func order(at version: Int) -> Order {
    let first = steps[0]
    guard version < order.version,
      var past = Order(id: order.id, first: first.event, at: first.at, by: first.actor)
    else { return order }
    for step in steps[1..<version] { past.apply(step.event, at: step.at, by: step.actor) }
    return past
  }

  private mutating func apply(_ event: OrderEvent, at: Instant, by actor: Actor) {
    order.apply(event, at: at, by: actor)
    steps.append(Step(version: order.version, at: at, actor: actor, event: event))
  }

  /// The time of what happens now. It never runs backwards within an order, whatever the servers'
  /// clocks say.
  package func time(_ now: Instant) -> Instant { max(now, steps[steps.count - 1].at) }

  /// Appends an event and brings the row up to date, in the caller's transaction.
  /// - Throws: `LedgerRows.Conflict` where somebody was quicker.
  package mutating func record(
    _ event: OrderEvent, at now: Instant, by actor: Actor, in connection: any Connection
  ) throws {
    apply(event, at: time(now), by: actor)
    try LedgerRows.append(lastEntry(), to: connection)
    try OrderRows.update(order, in: connection)
  }

  /// The ledger entry of the last step.
  func lastEntry() throws -> LedgerEntry {
    let step = steps[steps.count - 1]
    return LedgerEntry(
      id: Identifiers.shared.next(step.at), stream: OrderHistory.streamName(order.id),
      version: step.version, at: step.at, actor: step.actor,
      kind: OrderEventCodec.kind(of: step.event),
      payload: try OrderEventCodec.payload(of: step.event))
  }
}
