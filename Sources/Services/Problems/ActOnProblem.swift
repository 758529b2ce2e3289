import Domain
import Storage

/// One person does one thing to a problem: authorise, load, decide, save, in one transaction.
package struct ActOnProblem: Sendable {
  let platform: Platform

  package init(_ platform: Platform) { self.platform = platform }

  /// What a person asks for; a unit is named as people name it.
  package enum Request: Sendable {
    case command(ProblemCommand)
    case assign(AssignRequest)
    /// Into another problem, by its running number.
    case merge(into: Int64, text: String)
    case joinBatch(BatchID, text: String)

    package var action: ProblemAction {
      switch self {
      case .command(let command): command.action
      case .assign: .assign
      case .merge: .merge
      case .joinBatch: .joinBatch
      }
    }
  }

  package struct AssignRequest: Sendable {
    package var unit: String
    package var coHandlers: [String]
    package var official: OfficialID?
    package var note: String
    package var pushedDown: String

    package init(
      unit: String, coHandlers: [String] = [], official: OfficialID? = nil, note: String = "",
      pushedDown: String = ""
    ) {
      self.unit = unit
      self.coHandlers = coHandlers
      self.official = official
      self.note = note
      self.pushedDown = pushedDown
    }
  }

  /// - Parameter seen: the version the person was looking at; nil skips the check.
  /// - Throws: `UseCaseError.notFound`, `.refused`, `.conflict`
  package func callAsFunction(
    _ request: Request, on id: ProblemID, seen: Int?, by account: Account
  ) async throws -> Problem {
    let platform = platform
    let now = platform.now()
    return try await platform.write(issuing: request.mayIssueOrders) { connection in
      var work = try ProblemWork(
        id, seen: seen, for: account, at: now, platform, in: connection)
      let command = try ActOnProblem.command(
        request, on: work.problem, today: work.now.day, in: connection)
      if case .merge(let partner, _) = command {
        try ActOnProblem.check(partner.id, isFor: account, in: connection)
      }
      try work.act(command)
      return work.problem
    }
  }

  /// The other problem changes too, and tells its result: it must be the account's to decide on.
  /// - Throws: `UseCaseError.refused(.unknownProblem)`
  private static func check(
    _ id: ProblemID, isFor account: Account, in connection: any Connection
  ) throws {
    let visible = try ProblemScope.visibility(of: account, in: connection)
    guard let problem = try ProblemHistory.load(id, in: connection)?.problem,
      try ProblemScope.governs(visible, problem, in: connection)
    else { throw UseCaseError.refused([.unknownProblem]) }
  }

  static func command(
    _ request: Request, on problem: Problem, today: Day, in connection: any Connection
  ) throws -> ProblemCommand {
    switch request {
    case .command(let command): return command
    case .assign(let request):
      let official = try request.official.map { try OfficialRows.exists($0, in: connection) }
      if official == false { throw UseCaseError.refused([.unknownOfficial]) }
      // The second line is that of whoever is in charge of the place, unless somebody else is named.
      let registration = problem.registration
      let paired = try PairingRows.officials(
        enterprise: registration.concernsEnterprise,
        unit: try registration.concernsUnit.flatMap {
          try UnitRows.present($0, in: connection)?.unit.id
        }, on: today,
        in: connection
      ).first
      return .assign(
        .init(
          lead: try charge(request.unit, in: connection),
          coHandlers: try request.coHandlers.map { try charge($0, in: connection) },
          official: request.official ?? paired, note: request.note, pushedDown: request.pushedDown))
    case .merge(let number, let text):
      guard let id = try ProblemHistory.find(number: number, in: connection),
        let partner = try ProblemHistory.load(id, in: connection)
      else { throw UseCaseError.refused([.unknownProblem]) }
      return .merge(into: .init(partner.problem), text: text)
    case .joinBatch(let id, let text):
      guard let batch = try BatchRows.find(id, in: connection), batch.closedAt == nil,
        batch.opened.track == problem.track
      else { throw UseCaseError.refused([.notInBatch]) }
      return .joinBatch(id, text: text)
    }
  }

  private static func charge(
    _ name: String, in connection: any Connection
  ) throws -> ProblemCommand.Charge {
    guard case .one(let stored) = try UnitReference(name).resolve(in: connection),
      stored.unit.canHandle
    else { throw UseCaseError.refused([.unknownUnit]) }
    return .init(unit: stored.unit.id, isTownship: stored.unit.level == .township)
  }
}

extension ActOnProblem.Request {
  /// Whether an order may be issued with it: numbers without gaps are drawn one after the other.
  var mayIssueOrders: Bool {
    switch self {
    case .assign: true
    case .command(.verify(let passed, _)), .command(.lookBack(let passed, _)): !passed
    case .command(.returnVisit(let rating, _)): rating == .dissatisfied
    case .command(.urge), .command(.refer): true
    case .command, .merge, .joinBatch: false
    }
  }
}

extension Platform {
  /// - Parameter issuing: whether orders may be issued.
  func write<T: Sendable>(
    issuing: Bool, _ body: @escaping @Sendable (any Connection) throws -> T
  ) async throws -> T {
    try await issuing
      ? database.write(exclusively: .issuing, body) : database.write(body)
  }
}
