import Domain

/// A table whose rows for a problem follow from its events alone, so that saving it is writing what
/// differs, and checking it is comparing.
struct DerivedTable: Sendable {
  let name: String
  /// Columns that name a row, the problem's id first.
  let key: [String]
  let columns: [String]
  /// The rows of a problem: values of `key`, then of `columns`.
  let rows: @Sendable (Problem, ProblemRules) -> [[SQLValue]]
  /// Whether the rows also depend on the calendar and the procedure, which may have changed since they
  /// were written: then what is there is not what would be computed for it.
  private let dependsOnRules: Bool
  private let update: String
  private let deletion: String

  init(
    _ name: String, key: [String], columns: [String], dependsOnRules: Bool = false,
    rows: @escaping @Sendable (Problem, ProblemRules) -> [[any SQLConvertible]]
  ) {
    self.name = name
    self.key = key
    self.columns = columns
    self.dependsOnRules = dependsOnRules
    self.rows = { rows($0, $1).map { $0.map(\.sql) } }
    let places = key.enumerated().map { "\($1) = ?\($0 + 1)" }.joined(separator: " and ")
    let values = columns.enumerated().map { "\($1) = ?\($0 + key.count + 1)" }
    update = "update \(name) set \(values.joined(separator: ", ")) where \(places)"
    deletion = "delete from \(name) where \(places)"
  }

  /// Writes what differs between two states of a problem.
  func save(
    from before: Problem?, to after: Problem, _ rules: ProblemRules,
    in connection: any Connection
  ) throws {
    if dependsOnRules, let before {
      let new = rows(after, rules)
      if rows(before, rules) != new { try rewrite(new, of: after, in: connection) }
      return
    }
    var old: [[SQLValue]: [SQLValue]] = [:]
    for row in before.map({ rows($0, rules) }) ?? [] { old[Array(row.prefix(key.count))] = row }
    var new: [[SQLValue]] = []
    for row in rows(after, rules) {
      switch old.removeValue(forKey: Array(row.prefix(key.count))) {
      case nil: new.append(row)
      case .some(let known) where known != row: try connection.run(update, row)
      case .some: break
      }
    }
    for key in old.keys { try connection.run(deletion, key) }
    try add(new, in: connection)
  }

  /// In one statement: a round trip a row would cost more than the row.
  private func add(_ new: [[SQLValue]], in connection: any Connection) throws {
    for start in stride(from: 0, to: new.count, by: 20) {
      let some = new[start..<min(start + 20, new.count)]
      try connection.run(
        Storage.insertion(into: name, key + columns, rows: some.count), some.flatMap { $0 })
    }
  }

  /// Makes the rows what they should be, whatever is there.
  func rewrite(
    _ problem: Problem, _ rules: ProblemRules, in connection: any Connection
  ) throws {
    try rewrite(rows(problem, rules), of: problem, in: connection)
  }

  private func rewrite(
    _ new: [[SQLValue]], of problem: Problem, in connection: any Connection
  ) throws {
    try connection.run("delete from \(name) where \(key[0]) = ?1", [problem.id])
    try add(new, in: connection)
  }

  /// Writes rows that are there, whatever they say.
  func overwrite(
    _ problem: Problem, _ rules: ProblemRules, in connection: any Connection
  ) throws {
    for row in rows(problem, rules) { try connection.run(update, row) }
  }

  /// Adds the rows of new problems.
  func insert(
    _ problems: [Problem], _ rules: ProblemRules, in connection: any Connection
  ) throws {
    let all = problems.flatMap { rows($0, rules) }
    if !all.isEmpty { try connection.insert(into: name, key + columns, all) }
  }

  var check: RowCheck { RowCheck(table: name, key: key, columns: columns) }
}

/// What the derived rows of a problem depend on besides its events.
package struct ProblemRules: Sendable {
  package let procedures: Procedures
  package let calendar: WorkingCalendar

  package init(procedures: Procedures, calendar: WorkingCalendar) {
    (self.procedures, self.calendar) = (procedures, calendar)
  }
}
