import Domain

/// A problem as Open311 shows it.
package struct RequestSummary: Sendable {
  package let id: ProblemID
  package let number: Int64
  package let service: ServiceCode
  package let state: ProblemState
  package let outcome: Outcome?
  package let title: String
  package let detail: String
  package let concerns: String
  package let unitName: String?
  package let registeredAt: Instant
  /// Since when it is in its state.
  package let since: Instant
  package let dueAt: Instant?
}

/// What a list of requests is narrowed to.
package enum RequestFilter: Sendable {
  /// By running number.
  case numbers([Int64])
  /// Registered in a span of time, both ends included.
  case span(from: Instant, to: Instant, services: [ServiceCode], ended: Bool?)
}

package enum RequestRows {
  /// The newest first; rides problems_registered, for numbers the unique index on them.
  package static func page(
    _ filter: RequestFilter, visible: ProblemList.Visibility, before: ProblemCursor?, limit: Int,
    in connection: any Connection
  ) throws -> Page<RequestSummary, ProblemCursor> {
    var conditions = ProblemConditions(in: connection)
    switch filter {
    case .numbers(let numbers):
      let list = conditions.place(connection.dialect.list(numbers))
      conditions.add(connection.dialect.among("p.number", list))
    case .span(let from, let to, let services, let ended):
      conditions.add("p.registered_at >=", from)
      conditions.add("p.registered_at <=", to)
      if !services.isEmpty {
        let parts = services.map { of($0, &conditions) }
        conditions.add("(" + parts.joined(separator: " or ") + ")")
      }
      if let ended { conditions.add("p.state \(ended ? "" : "not ")in (\(endings))") }
    }
    conditions.add(visible)
    if let before { conditions.add(after: before, .registered) }
    return try connection.page(
      """
      select p.id, p.number, p.track, p.category, p.state, p.outcome, p.title, p.detail,
        p.concerns, u.name, p.registered_at, p.since, p.due_at
      from problems p
      left join units u on u.id = p.unit_id
      \(conditions.clause)
      order by p.registered_at desc, p.id desc
      """, conditions.arguments, size: limit,
      key: { ProblemCursor($0.id, key: $0.registeredAt.milliseconds) }, decode)
  }

  /// The running number of a problem; rides the primary key.
  package static func number(
    of id: ProblemID, in connection: any Connection
  ) throws -> Int64? {
    try connection.row("select number from problems where id = ?1", [id]) { try $0.int(0) }
  }

  private static func of(
    _ service: ServiceCode, _ conditions: inout ProblemConditions
  ) -> String {
    let track = "p.track = \(conditions.place(service.track))"
    guard let category = service.category else { return "(\(track) and p.category is null)" }
    return "(\(track) and p.category = \(conditions.place(category)))"
  }

  private static let endings = ProblemState.allCases.filter(\.isEnded)
    .map { "'\($0.rawValue)'" }.joined(separator: ", ")

  private static func decode(_ row: any SQLRow) throws -> RequestSummary {
    let registered = try row.instant(10)
    return RequestSummary(
      id: try row.problemID(0), number: try row.int(1),
      service: ServiceCode(
        track: try row.value(2, Track.self), category: try row.optionalText(3)),
      state: try row.value(4, ProblemState.self),
      outcome: try row.optionalValue(5, Outcome.self), title: try row.text(6),
      detail: try row.text(7), concerns: try row.text(8), unitName: try row.optionalText(9),
      registeredAt: registered, since: try row.optionalInstant(11) ?? registered,
      dueAt: try row.optionalInstant(12))
  }
}
