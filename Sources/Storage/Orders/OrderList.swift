import Domain

/// What a list of orders is narrowed to.
package struct OrderFilter: Hashable, Sendable {
  package var kind: OrderKind?
  package var state: OrderState?
  package var problem: ProblemID?
  /// Those that a unit below this path has to answer.
  package var unitPath: String?
  /// Any of these; nil where it does not matter.
  package var numbers: [OrderNumber]?
  /// Only those whose review was asked for and not decided.
  package var isUnderReview = false

  package init() {}
}

/// One line of a list.
package struct OrderSummary: Hashable, Sendable {
  package let id: OrderID
  package let kind: OrderKind
  package let state: OrderState
  package let track: Track
  /// Nil while it is a draft, and where that was discarded.
  package let number: OrderNumber?
  package let problem: ProblemID
  package let title: String
  package let addressee: String
  package let draftedAt: Instant?
  package let issuedAt: Instant?
  package let reviewBy: Instant?
  package let isUnderReview: Bool
}

/// A page of a list, newest first.
package typealias OrderPage = Page<OrderSummary, OrderID>

package enum OrderList {
  /// Which orders an account may see.
  package enum Visibility: Sendable {
    case all
    /// Those issued for an official's own line.
    case issuedToOfficial(OfficialID)
    /// Those issued that a unit below this path has to answer.
    case issuedTo(unitPath: String)
    /// Those of problems that concern a place below this path or were registered by the account, and
    /// those issued that a unit below it has to answer.
    case area(String, Actor)
  }

  /// Keyset paging over the id. Drafts ride orders_drafts, a problem's orders orders_problem, a kind
  /// and reviews, which only recommendations have, orders_kind, a unit's orders_unit per unit, numbers
  /// the unique index on (series, year, number); all of them the primary key.
  package static func page(
    _ filter: OrderFilter, visible: Visibility, before: OrderID?, limit: Int,
    in connection: any Connection
  ) throws -> OrderPage {
    var conditions: [String] = []
    var arguments: [any SQLConvertible] = []
    func add(_ condition: String, _ value: any SQLConvertible) {
      arguments.append(value)
      conditions.append(condition + " ?\(arguments.count)")
    }
    if let before { add("o.id <", before) }
    if let kind = filter.kind { add("o.kind =", kind) }
    if let problem = filter.problem { add("o.problem_id =", problem) }
    // Written out: a partial index is not taken for an argument.
    if let state = filter.state { conditions.append("o.state = '\(state.rawValue)'") }
    if filter.isUnderReview {
      conditions.append(
        """
        o.kind = 'accountability' and o.state = 'issued' and o.review_requested_at is not null
          and o.review_decided_at is null
        """)
    }
    if let numbers = filter.numbers {
      let each = numbers.map { number in
        arguments += [number.series, number.year, number.number] as [any SQLConvertible]
        let last = arguments.count
        return "(o.series = ?\(last - 2) and o.year = ?\(last - 1) and o.number = ?\(last))"
      }
      conditions.append(each.isEmpty ? "1 = 0" : "(" + each.joined(separator: " or ") + ")")
    }
    if let path = filter.unitPath {
      arguments += [path, UnitRows.subtreeEnd(path)] as [any SQLConvertible]
      conditions.append(
        """
        o.unit_id in (
          select id from units where path >= ?\(arguments.count - 1) and path < ?\(arguments.count))
        """)
    }
    if case .issuedToOfficial(let official) = visible {
      arguments.append(official)
      conditions.append(
        """
        o.issued_at is not null and exists (
          select 1
          from problem_legs l
          where l.problem_id = o.problem_id and l.leg = o.leg
            and l.official_id = ?\(arguments.count))
        """)
    }
    if case .area(let path, let actor) = visible {
      arguments += [path, UnitRows.subtreeEnd(path), actor] as [any SQLConvertible]
      let (low, high) = ("?\(arguments.count - 2)", "?\(arguments.count - 1)")
      conditions.append(
        """
        (exists (
            select 1
            from problems p
            where p.id = o.problem_id
              and \(ProblemList.inArea(low, high, "?\(arguments.count)", orAssigned: false)))
          or (o.issued_at is not null and o.unit_id in (
            select id from units where path >= \(low) and path < \(high))))
        """)
    }
    if case .issuedTo(let path) = visible {
      arguments += [path, UnitRows.subtreeEnd(path)] as [any SQLConvertible]
      conditions.append(
        """
        o.issued_at is not null and o.unit_id in (
          select id from units where path >= ?\(arguments.count - 1) and path < ?\(arguments.count))
        """)
    }
    let condition =
      conditions.isEmpty ? "" : "where " + conditions.joined(separator: " and ")
    return try connection.page(
      "\(select) \(condition) order by o.id desc", arguments, size: limit, key: \.id, decode)
  }

  /// Drafts that wait to be issued, the oldest first; rides orders_drafts.
  package static func drafts(
    _ limit: Int, in connection: any Connection
  ) throws -> [OrderSummary] {
    try connection.rows(
      "\(select) where o.state = 'draft' order by o.id limit \(limit)", [], decode)
  }

  /// How many drafts wait, counted as far as tasks are.
  package static func draftCount(in connection: any Connection) throws -> Int {
    try connection.row(
      """
      select count(*)
      from (select 1 from orders where state = 'draft' limit \(TaskCounts.limit)) as bounded
      """
    ) { Int(try $0.int(0)) } ?? 0
  }

  private static let select = """
    select o.id, o.kind, o.state, o.track, o.series, o.year, o.number, o.problem_id, o.title,
      o.addressee, o.drafted_at, o.issued_at, o.review_by, o.review_requested_at,
      o.review_decided_at
    from orders o
    """

  /// The order by which a leg was assigned; rides orders_problem. Kinds are told apart here: asked for one, SQLite
  /// would ride orders_kind through all orders of the city.
  package static func assignment(
    of problem: ProblemID, leg: Int, in connection: any Connection
  ) throws -> OrderContent.Reference? {
    var found: OrderContent.Reference?
    try connection.forEach(
      """
      select id, series, year, number, kind
      from orders
      where problem_id = ?1 and leg = ?2 and issued_at is not null and revoked_at is null
        and revokes is null
      order by id
      """, [problem, leg]
    ) { row in
      guard found == nil, try row.value(4, OrderKind.self) == .assignment else { return }
      found = OrderContent.Reference(
        order: try row.orderID(0),
        number: OrderNumber(
          series: try row.text(1), year: Int(try row.int(2)), number: Int(try row.int(3))))
    }
    return found
  }

  private static func decode(_ row: any SQLRow) throws -> OrderSummary {
    var number: OrderNumber?
    if let year = try row.optionalInt(5), let running = try row.optionalInt(6) {
      number = OrderNumber(series: try row.text(4), year: Int(year), number: Int(running))
    }
    return OrderSummary(
      id: try row.orderID(0), kind: try row.value(1, OrderKind.self),
      state: try row.value(2, OrderState.self), track: try row.value(3, Track.self),
      number: number, problem: try row.problemID(7), title: try row.text(8),
      addressee: try row.text(9), draftedAt: try row.optionalInstant(10),
      issuedAt: try row.optionalInstant(11), reviewBy: try row.optionalInstant(12),
      isUnderReview: try row.optionalInt(13) != nil && row.optionalInt(14) == nil)
  }
}
