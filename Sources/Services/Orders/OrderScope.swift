import Domain
import Storage

/// Which orders an account may see: the office those of the problems it governs, a handler those issued that
/// its unit or one below it has to answer, never drafts.
enum OrderScope {
  static func allows(
    _ account: Account, _ order: Order, in connection: any Connection
  ) throws -> Bool {
    switch try visibility(of: account, in: connection) {
    case .all: return true
    case .issuedToOfficial(let official):
      guard order.issuedAt != nil,
        let problem = try ProblemHistory.load(order.content.problem, in: connection)?.problem
      else { return false }
      return problem.rounds.contains {
        $0.leg(order.content.leg)?.party == .official(official)
      }
    case .issuedTo(let path): return try isIssued(order, below: path, in: connection)
    case .area(let path, _):
      return try governs(account, order, in: connection)
        || isIssued(order, below: path, in: connection)
    }
  }

  /// Whether the order's problem is the account's office's to decide on.
  static func governs(
    _ account: Account, _ order: Order, in connection: any Connection
  ) throws -> Bool {
    let visibility = try ProblemScope.visibility(of: account, in: connection)
    if case .all = visibility { return true }
    guard let problem = try ProblemHistory.load(order.content.problem, in: connection)?.problem
    else { return false }
    return try ProblemScope.governs(visibility, problem, in: connection)
  }

  private static func isIssued(
    _ order: Order, below path: String, in connection: any Connection
  ) throws -> Bool {
    guard order.issuedAt != nil, let unit = order.content.answerable.unit,
      let stored = try UnitRows.find(unit, in: connection)
    else { return false }
    return stored.path.hasPrefix(path)
  }

  static func visibility(
    of account: Account, in connection: any Connection
  ) throws -> OrderList.Visibility {
    guard account.may(.seeOrders) else { throw UseCaseError.forbidden }
    return switch try ProblemScope.visibility(of: account, in: connection) {
    case .all: .all
    case .area(let path, let actor): .area(path, actor)
    case .unitPath(let path): .issuedTo(unitPath: path)
    case .official(let official, _): .issuedToOfficial(official)
    case .place, .enterprise: throw UseCaseError.forbidden
    }
  }

  /// What decisions of the account on the order may look at.
  static func surroundings(
    _ account: Account, _ order: Order, at now: Instant, in connection: any Connection
  ) throws -> Order.Surroundings {
    let governs = try governs(account, order, in: connection)
    return Order.Surroundings(
      now: now, actor: account.actor, mayIssue: governs && account.may(.issueOrders),
      mayApprove: governs && account.may(.approveAccountability),
      isAddressee: try isAddressee(account, order, in: connection))
  }

  /// Whether the account works for the very unit that has to answer, or for the one that stands for it
  /// since a merger.
  static func isAddressee(
    _ account: Account, _ order: Order, in connection: any Connection
  ) throws -> Bool {
    guard let unit = order.content.answerable.unit, let own = account.unit,
      let asked = try UnitRows.present(unit, in: connection),
      let mine = try UnitRows.present(own, in: connection)
    else { return false }
    return asked.unit.id == mine.unit.id
  }
}
