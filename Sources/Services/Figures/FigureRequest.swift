import Domain
import Storage

/// What somebody asks of a figure.
package struct FigureRequest: Hashable, Sendable {
  package var code: String
  /// Nil for now.
  package var asOf: Instant?
  /// What was known when; nil for what was known at the instant itself.
  package var knownOn: Known?
  package var period: FigureQuery.Period?
  /// A county, township or village; nil for all the account may see.
  package var area: UnitID?
  package var track: Track?
  package var handler: UnitID?
  package var dimension: FigureQuery.Dimension?

  package enum Known: Hashable, Sendable {
    case now
    case on(Instant)
  }

  package init(
    _ code: String, asOf: Instant? = nil, knownOn: Known? = nil,
    period: FigureQuery.Period? = nil, area: UnitID? = nil, track: Track? = nil,
    handler: UnitID? = nil, by dimension: FigureQuery.Dimension? = nil
  ) {
    (self.code, self.asOf, self.knownOn, self.period) = (code, asOf, knownOn, period)
    (self.area, self.track, self.handler, self.dimension) = (area, track, handler, dimension)
  }

  /// - Throws: `UseCaseError.notFound` for a figure or a unit that is not there; `.forbidden`
  func resolved(
    _ platform: Platform, at now: Instant, for account: Account?, in connection: any Connection
  ) throws -> (definition: Definition, query: FigureQuery) {
    guard let definition = platform.definitions[code] else { throw UseCaseError.notFound }
    // What happens in this very millisecond counts as well; nothing is known of time to come.
    let end = now + 1
    let asOf = min(asOf ?? end, end)
    let known: Instant? =
      switch knownOn {
      case nil: nil
      case .now: end
      case .on(let instant): min(instant, end)
      }
    var query = FigureQuery(
      asOf: asOf, knownOn: known, period: period, track: track, handler: handler, by: dimension)
    try query.narrow(to: area, for: account, in: connection)
    return (definition, query)
  }
}

extension FigureQuery {
  /// Narrows to a part of the city, and to what the account may see.
  fileprivate mutating func narrow(
    to unit: UnitID?, for account: Account?, in connection: any Connection
  ) throws {
    let reach = try FigureScope.reach(of: account, in: connection)
    switch reach {
    case .all: break
    case .subtree(let path, let own):
      if let unit {
        guard try UnitRows.find(unit, in: connection)?.path.hasPrefix(path) == true else {
          throw UseCaseError.notFound
        }
      } else {
        try set(own, in: connection)
      }
    case .handler(let own): handler = own
    }
    if let unit { try set(unit, in: connection) }
  }

  private mutating func set(_ unit: UnitID, in connection: any Connection) throws {
    guard let stored = try UnitRows.find(unit, in: connection), stored.unit.kind == .region else {
      throw UseCaseError.notFound
    }
    if stored.unit.level != .city { area = Area(level: stored.unit.level, unit: unit) }
  }
}

/// How much of the figures an account may see.
enum FigureScope {
  enum Reach: Hashable, Sendable {
    case all
    /// What lies below this path, which is this unit's.
    case subtree(String, UnitID)
    /// What this unit leads.
    case handler(UnitID)
  }

  /// - Parameter account: nil for whoever holds the database itself.
  /// - Throws: `UseCaseError.forbidden`
  static func reach(of account: Account?, in connection: any Connection) throws -> Reach {
    guard let account else { return .all }
    switch account.reach(of: .seeFigures) {
    case nil, .own: throw UseCaseError.forbidden
    case .all: return .all
    case .unit:
      guard let unit = account.unit else { throw UseCaseError.forbidden }
      return .handler(unit)
    case .subtree:
      if account.unit == nil, account.role.link == nil { return .all }
      let path = try RegisterScope.path(of: account, in: connection)
      guard let unit = path.split(separator: "/").last.flatMap({ Int64($0) }) else { return .all }
      return .subtree(path, UnitID(unit))
    }
  }
}
