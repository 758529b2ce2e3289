import Domain
import Storage

/// Which visits an account may see, and for which it speaks: the one place that says so.
enum VisitScope {
  /// - Throws: `UseCaseError.forbidden` for an account that sees no visits, or is linked to nothing.
  static func list(
    of account: Account, in connection: any Connection
  ) throws -> VisitList.Scope {
    switch account.reach(of: .seeVisits) {
    case nil: throw UseCaseError.forbidden
    case .all: return .area(path: "/")
    case .subtree: return .area(path: try subtree(of: account, in: connection))
    case .unit: return .units(path: try subtree(of: account, in: connection))
    case .own:
      guard let official = account.official else { throw UseCaseError.forbidden }
      return .official(official)
    }
  }

  /// The subtree whose enterprises an account may visit and whose calendars it sees: a department's or an
  /// official's is the county or city they work for, so that visits are planned around those of others.
  static func area(
    of account: Account, _ vault: Vault, in connection: any Connection
  ) throws -> String {
    switch account.reach(of: .seeVisits) {
    case nil: throw UseCaseError.forbidden
    case .all: return "/"
    case .subtree: return try subtree(of: account, in: connection)
    case .unit: return try region(around: subtree(of: account, in: connection), in: connection)
    case .own:
      let visitor = try visitor(of: account, vault, in: connection)
      guard let unit = try visitor.flatMap({ try UnitRows.find($0.unit, in: connection) }) else {
        throw UseCaseError.forbidden
      }
      return try region(around: unit.path, in: connection)
    }
  }

  private static func subtree(
    of account: Account, in connection: any Connection
  ) throws -> String {
    // A leader of the whole city has no unit.
    guard account.unit != nil || account.role.link == nil else { throw UseCaseError.forbidden }
    return try RegisterScope.path(of: account, in: connection)
  }

  /// The path of the nearest county or city that a path lies in.
  private static func region(
    around path: String, in connection: any Connection
  ) throws -> String {
    for id in path.split(separator: "/").reversed().compactMap({ Int64($0) }) {
      guard let stored = try UnitRows.find(UnitID(id), in: connection) else { continue }
      if stored.unit.kind == .region, stored.unit.level <= .county { return stored.path }
    }
    return path
  }

  /// An enterprise of the account's area.
  /// - Throws: `UseCaseError.notFound`, also for one that was merged away.
  static func enterprise(
    _ id: EnterpriseID, for account: Account, _ vault: Vault, in connection: any Connection
  ) throws -> EnterpriseRows.Stored {
    let area = try area(of: account, vault, in: connection)
    guard let stored = try EnterpriseRows.find(id, in: connection),
      stored.enterprise.mergedInto == nil,
      let unit = try UnitRows.find(stored.enterprise.unit, in: connection),
      unit.path.hasPrefix(area)
    else { throw UseCaseError.notFound }
    return stored
  }

  /// As whom an account visits; nil for an office, which plans for units.
  static func visitor(
    of account: Account, _ vault: Vault, in connection: any Connection
  ) throws -> Visit.Visitor? {
    switch account.reach(of: .planVisits) {
    case nil, .all, .subtree: return nil
    case .unit: return account.unit.map { Visit.Visitor(unit: $0) }
    case .own:
      guard let id = account.official,
        let official = try OfficialRows.find(id, vault, in: connection)
      else { return nil }
      return Visit.Visitor(unit: official.official.unit, official: id)
    }
  }

  /// Whether the account decides for whoever visits. What the enterprise asked for may be taken up by
  /// anybody who may visit it.
  static func speaks(
    _ account: Account, for visit: Visit, _ vault: Vault, in connection: any Connection
  ) throws -> Bool {
    guard let reach = account.reach(of: .planVisits) else { return false }
    guard let visitor = visit.visitor else {
      return try sees(account, visit, vault, in: connection)
    }
    switch reach {
    case .all: return true
    case .own: return visitor.official == account.official
    case .unit, .subtree:
      let path = try subtree(of: account, in: connection)
      if try UnitRows.find(visitor.unit, in: connection)?.path.hasPrefix(path) == true {
        return true
      }
      return try reach == .subtree && sees(account, visit, vault, in: connection)
    }
  }

  static func sees(
    _ account: Account, _ visit: Visit, _ vault: Vault, in connection: any Connection
  ) throws -> Bool {
    let area = try area(of: account, vault, in: connection)
    guard let unit = try EnterpriseRows.unit(of: visit.enterprise, in: connection),
      let stored = try UnitRows.find(unit, in: connection)
    else { return false }
    return stored.path.hasPrefix(area)
  }

  /// The enterprise for which an account answers, or the entry that stands for it since a merger.
  /// - Throws: `UseCaseError.forbidden`, `.notFound`
  static func own(
    _ account: Account, in connection: any Connection
  ) throws -> EnterpriseRows.Stored {
    guard account.may(.answerVisits), let enterprise = account.enterprise else {
      throw UseCaseError.forbidden
    }
    guard let stored = try EnterpriseRows.find(enterprise, in: connection) else {
      throw UseCaseError.notFound
    }
    return try stored.enterprise.mergedInto.flatMap {
      try EnterpriseRows.find($0, in: connection)
    } ?? stored
  }
}
