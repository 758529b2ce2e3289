import Domain
import Storage

/// Which problems an account may see, and which legs it answers for: the one place that says so.
enum ProblemScope {
  static func allows(
    _ visibility: ProblemList.Visibility, _ problem: Problem, in connection: any Connection
  ) throws -> Bool {
    switch visibility {
    case .all: true
    case .official(let official, let actor):
      problem.registeredBy == actor
        || problem.rounds.contains { $0.legs.contains { $0.party == .official(official) } }
    case .unitPath(let path):
      // Whose objection was upheld has nothing to do with it any more.
      try problem.rounds.contains { round in
        try round.legs.contains {
          try $0.withdrawal != .objection && lies($0, below: path, in: connection)
        }
      }
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
    case .assignedToOfficial:
      guard let official = account.official else { throw UseCaseError.forbidden }
      return .official(official, account.actor)
    }
  }

  /// The account as the rules of a problem see it.
  static func who(
    _ account: Account, _ visibility: ProblemList.Visibility, _ problem: Problem,
    in connection: any Connection
  ) throws -> Problem.Who {
    let legs: Set<Int>
    switch visibility {
    // The office may act for a handler that has no account.
    case .all: legs = Set(problem.round?.legs.map(\.number) ?? [])
    case .official(let official, _):
      legs = Set(
        (problem.round?.legs ?? []).filter { $0.party == .official(official) }.map(\.number))
    case .unitPath(let path):
      legs = Set(
        try (problem.round?.openLegs ?? []).filter { try lies($0, below: path, in: connection) }
          .map(\.number))
    }
    return Problem.Who(
      actor: account.actor, actions: account.role.problemActions,
      isDirector: account.role == .director, answersFor: { legs.contains($0.number) })
  }

  private static func lies(
    _ leg: Leg, below path: String, in connection: any Connection
  ) throws -> Bool {
    guard case .unit(let unit) = leg.party,
      let stored = try UnitRows.find(unit, in: connection)
    else { return false }
    return stored.path.hasPrefix(path)
  }
}
