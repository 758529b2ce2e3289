import Domain
import Ledger

extension ProblemHistory {
  package static func nextNumber(in connection: any Connection) throws -> Int64 {
    try ProblemRows.nextNumber(in: connection)
  }

  /// A problem to be registered, and what else is known of it at once.
  package struct New: Sendable {
    package var event: ProblemEvent.Registered
    package var past: ProblemEvent.TakenOver?
    package var importKey: [UInt8]?

    package init(
      event: ProblemEvent.Registered, past: ProblemEvent.TakenOver? = nil, importKey: [UInt8]?
    ) {
      (self.event, self.past, self.importKey) = (event, past, importKey)
    }
  }

  /// Registers new problems, as many as a file has: their ledger entries and rows in few statements.
  package static func register(
    _ registered: [New], at now: Instant, by actor: Actor, _ rules: ProblemRules,
    in connection: any Connection
  ) throws {
    let numbers = try ProblemRows.nextNumbers(registered.count, in: connection)
    var entries: [LedgerEntry] = []
    var areas = UnitArea()
    let problems = try zip(registered, numbers).map { registered, number in
      var event = registered.event
      event.number = number
      try event.locate(&areas, in: connection)
      let id = ProblemID(Identifiers.shared.next(now))
      var history = ProblemHistory(registered: event, id: id, at: now, by: actor)
      entries.append(try history.lastEntry())
      if let past = registered.past {
        history.apply(.takenOver(past), at: now, by: actor)
        entries.append(try history.lastEntry())
      }
      return (problem: history.problem, importKey: registered.importKey)
    }
    try LedgerRows.append(entries, to: connection)
    try ProblemRows.insert(problems, rules, in: connection)
  }

  /// Which of these rows of a file are registered already; rides the unique index on import_key.
  package static func registered(
    among keys: [[UInt8]], in connection: any Connection
  ) throws -> Set<[UInt8]> {
    var found: Set<[UInt8]> = []
    for start in stride(from: 0, to: keys.count, by: 500) {
      let some = keys[start..<min(start + 500, keys.count)]
      try connection.stream(
        "select import_key from problems where import_key in (\(places(some.count)))", Array(some)
      ) { found.insert(try $0.bytes(0)) }
    }
    return found
  }

  /// The problem that a row of a file, or a form, was registered as before; rides the unique index on
  /// import_key.
  package static func registered(
    by key: [UInt8], in connection: any Connection
  ) throws -> ProblemID? {
    try connection.row("select id from problems where import_key = ?1", [key]) {
      try $0.problemID(0)
    }
  }

  /// The problem with this running number.
  package static func find(
    number: Int64, in connection: any Connection
  ) throws -> ProblemID? {
    try connection.row("select id from problems where number = ?1", [number]) {
      try $0.problemID(0)
    }
  }
}

extension ProblemEvent.Registered {
  /// Says where it lies, in the tree of today.
  mutating func locate(_ areas: inout UnitArea, in connection: any Connection) throws {
    guard area == nil, let place = try place(in: connection) else { return }
    area = try areas.area(of: place, in: connection)
  }

  /// Where whom it concerns is: the place itself, or where the enterprise lies; nil for one that is named
  /// in words.
  package func place(in connection: any Connection) throws -> UnitID? {
    if let concernsUnit { return concernsUnit }
    return try concernsEnterprise.flatMap { try EnterpriseRows.unit(of: $0, in: connection) }
  }
}
