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
    case .unitPath(let path): try isAssigned(problem, below: path, in: connection)
    case .area(let path, _):
      try governs(visibility, problem, in: connection)
        || isAssigned(problem, below: path, in: connection)
    case .place(let unit, let actor):
      problem.registeredBy == actor || problem.registration.concernsUnit == unit
    case .enterprise(let id): problem.registration.concernsEnterprise == id
    }
  }

  /// - Throws: `UseCaseError.forbidden` for an account that sees no problems, or is linked to nothing.
  static func visibility(
    of account: Account, in connection: any Connection
  ) throws -> ProblemList.Visibility {
    switch account.reach(of: .seeProblems) {
    case nil: throw UseCaseError.forbidden
    case .all: return .all
    case .subtree:
      // A leader of the whole city has no unit.
      guard account.unit != nil else {
        if account.role.link == nil { return .all }
        throw UseCaseError.forbidden
      }
      return .area(try RegisterScope.path(of: account, in: connection), account.actor)
    case .unit:
      guard let unit = account.unit else { throw UseCaseError.forbidden }
      return account.role == .villageClerk
        ? .place(unit, account.actor)
        : .unitPath(try RegisterScope.path(of: account, in: connection))
    case .own:
      if let official = account.official { return .official(official, account.actor) }
      if let enterprise = account.enterprise { return .enterprise(enterprise) }
      throw UseCaseError.forbidden
    }
  }

  /// Whether the problem is the account's office's to judge, assign and close: its papers and links too.
  static func governs(
    _ visibility: ProblemList.Visibility, _ problem: Problem, in connection: any Connection
  ) throws -> Bool {
    switch visibility {
    case .all: true
    case .area(let path, let actor):
      try problem.registeredBy == actor || concerns(problem, below: path, in: connection)
    case .unitPath, .place, .official, .enterprise: false
    }
  }

  /// Whose to-do list the account has; nil for who asks and waits.
  static func desk(
    of account: Account, in connection: any Connection
  ) throws -> TaskRows.Desk? {
    switch try visibility(of: account, in: connection) {
    case .all: .office
    case .area(let path, let actor): .area(path, actor)
    case .unitPath(let path): .units(path)
    case .official(let official, _): .official(official)
    // The platform tells them what came of it.
    case .place, .enterprise: nil
    }
  }

  /// The account as the rules of a problem see it.
  static func who(
    _ account: Account, _ visibility: ProblemList.Visibility, _ problem: Problem,
    in connection: any Connection
  ) throws -> Problem.Who {
    let open = problem.round?.openLegs ?? []
    var actions = account.problemActions
    let legs: Set<Int>
    switch visibility {
    // The office may act for a handler that has no account.
    case .all: legs = Set(problem.round?.legs.map(\.number) ?? [])
    case .official(let official, _):
      legs = Set(
        (problem.round?.legs ?? []).filter { $0.party == .official(official) }.map(\.number))
    case .unitPath(let path):
      legs = Set(try open.filter { try lies($0, below: path, in: connection) }.map(\.number))
    case .area(let path, _):
      if try governs(visibility, problem, in: connection) {
        legs = Set(problem.round?.legs.map(\.number) ?? [])
      } else {
        // Another county's or the city's, of which a unit here has a leg: that leg is all.
        legs = Set(try open.filter { try lies($0, below: path, in: connection) }.map(\.number))
        actions.formIntersection(ProblemAction.handling)
      }
    case .place, .enterprise: legs = []
    }
    return Problem.Who(
      actor: account.actor, actions: actions, isDirector: account.may(.direct),
      answersFor: { legs.contains($0.number) })
  }

  private static func isAssigned(
    _ problem: Problem, below path: String, in connection: any Connection
  ) throws -> Bool {
    // Whose objection was upheld has nothing to do with it any more.
    try problem.rounds.contains { round in
      try round.legs.contains {
        try $0.withdrawal != .objection && lies($0, below: path, in: connection)
      }
    }
  }

  /// Whether the place or the enterprise it concerns lies there.
  private static func concerns(
    _ problem: Problem, below path: String, in connection: any Connection
  ) throws -> Bool {
    guard let place = try problem.registration.place(in: connection),
      let stored = try UnitRows.find(place, in: connection)
    else { return false }
    return stored.path.hasPrefix(path)
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
