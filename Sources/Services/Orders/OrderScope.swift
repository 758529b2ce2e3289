import Domain
import Storage

/// Which orders an account may see: the office all, a handler those issued that its unit or one below it
/// has to answer, never drafts.
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
    case .issuedTo(let path):
      guard order.issuedAt != nil, let unit = order.content.answerable.unit,
        let stored = try UnitRows.find(unit, in: connection)
      else { return false }
      return stored.path.hasPrefix(path)
    }
  }

  static func visibility(
    of account: Account, in connection: any Connection
  ) throws -> OrderList.Visibility {
    switch try ProblemScope.visibility(of: account, in: connection) {
    case .all: .all
    case .unitPath(let path): .issuedTo(unitPath: path)
    case .official(let official, _): .issuedToOfficial(official)
    }
  }

  /// Whether the account works for the very unit that has to answer, or for the one that stands for it
  /// since a merger.
  static func isAddressee(
    _ account: Account, _ order: Order, in connection: any Connection
  ) throws -> Bool {
    guard let unit = order.content.answerable.unit, let own = account.unit,
      let asked = try UnitRows.find(unit, in: connection),
      let mine = try UnitRows.find(own, in: connection)
    else { return false }
    return (asked.successor ?? asked.unit.id) == (mine.successor ?? mine.unit.id)
  }
}
