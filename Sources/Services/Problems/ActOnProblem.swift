import Domain
import Storage

/// One person does one thing to a problem: authorise, load, decide, save, in one transaction.
package struct ActOnProblem: Sendable {
  let platform: Platform

  package init(_ platform: Platform) { self.platform = platform }

  /// What a person asks for; a unit is named as people name it.
  package enum Request: Sendable {
    case command(ProblemCommand)
    case assign(unit: String, note: String)

    package var action: ProblemAction {
      switch self {
      case .command(let command): command.action
      case .assign: .assign
      }
    }
  }

  /// - Parameter seen: the version the person was looking at; nil skips the check.
  /// - Throws: `UseCaseError.notFound`, `.refused`, `.conflict`
  package func callAsFunction(
    _ request: Request, on id: ProblemID, seen: Int?, by account: Account
  ) async throws -> Problem {
    let now = platform.now()
    let platform = platform
    return try await platform.database.write { connection in
      guard var history = try ProblemHistory.load(id, in: connection),
        try ProblemScope.allows(account, history.problem, in: connection)
      else { throw UseCaseError.notFound }
      guard account.role.problemActions.contains(request.action) else {
        throw UseCaseError.refused(.notYourRole)
      }
      if let seen, seen != history.problem.version {
        throw UseCaseError.conflict(history.steps.filter { $0.version > seen })
      }
      let command = try ActOnProblem.command(request, in: connection)
      let surroundings = try platform.surroundings(at: now, in: connection)
      do {
        let events = try history.problem.decide(command, by: account.actor, in: surroundings)
        try history.record(events, at: now, by: account.actor, in: connection)
      } catch let refusal as Problem.Refusal {
        throw UseCaseError.refused(refusal)
      } catch is LedgerRows.Conflict {
        // Somebody was quicker by a hair. Run again: then the load above sees what they did.
        throw StorageError.contention
      }
      return history.problem
    }
  }

  private static func command(
    _ request: Request, in connection: any Connection
  ) throws -> ProblemCommand {
    switch request {
    case .command(let command): return command
    case .assign(let unit, let note):
      guard case .one(let stored) = try UnitReference(unit).resolve(in: connection),
        stored.unit.canHandle
      else { throw UseCaseError.refused(.unknownUnit) }
      return .assign(unit: stored.unit.id, note: note)
    }
  }
}

/// Which problems an account may see: the one place that says so.
enum ProblemScope {
  static func allows(
    _ account: Account, _ problem: Problem, in connection: any Connection
  ) throws -> Bool {
    switch try visibility(of: account, in: connection) {
    case .all: return true
    case .unitPath(let path):
      guard let unit = problem.round?.assignment.unit,
        let stored = try UnitRows.find(unit, in: connection)
      else { return false }
      return stored.path.hasPrefix(path)
    }
  }

  static func visibility(
    of account: Account, in connection: any Connection
  ) throws -> ProblemList.Visibility {
    switch account.role.scope {
    case .all: return .all
    case .assignedToSubtree:
      guard account.unit != nil else { throw UseCaseError.forbidden }
      return .unitPath(try RegisterScope.path(of: account, in: connection))
    }
  }
}
