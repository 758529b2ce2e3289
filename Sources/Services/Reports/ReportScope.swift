import Domain
import Storage

/// Whose reports an account may see and write: the one place that says so.
struct ReportScope {
  let subject: ReportSubject
  let face: ReportLayout.Face
  /// A unit's, or an official's as the register has it now.
  let name: String
  /// Where the name lies, for a unit.
  let path: String?
  let mayWrite: Bool
  /// An official's report is theirs until they hand it in.
  let onlyIssued: Bool

  /// - Throws: `UseCaseError.notFound`, `.forbidden`
  static func find(
    _ subject: ReportSubject, for account: Account, _ platform: Platform,
    in connection: any Connection
  ) throws -> ReportScope {
    switch subject {
    case .unit(let id): try unit(id, for: account, in: connection)
    case .official(let id): try official(id, for: account, platform.vault, in: connection)
    }
  }

  private static func unit(
    _ id: UnitID, for account: Account, in connection: any Connection
  ) throws -> ReportScope {
    guard let stored = try UnitRows.find(id, in: connection),
      try reaches(stored, of: FigureScope.reach(of: account, in: connection))
    else { throw UseCaseError.notFound }
    let unit = stored.unit
    let face: ReportLayout.Face =
      switch (unit.kind, unit.level) {
      case (.region, .city): .city
      case (.region, .county): .county
      default: .unit
      }
    return ReportScope(
      subject: .unit(id), face: face, name: unit.name, path: stored.path,
      mayWrite: try writes(stored, account, in: connection), onlyIssued: false)
  }

  private static func reaches(_ stored: UnitRows.Stored, of reach: FigureScope.Reach) -> Bool {
    switch reach {
    case .all: true
    case .subtree(let path, _): stored.path.hasPrefix(path)
    case .handler(let own): stored.unit.id == own
    }
  }

  private static func writes(
    _ stored: UnitRows.Stored, _ account: Account, in connection: any Connection
  ) throws -> Bool {
    switch account.reach(of: .writeReports) {
    case nil, .own: false
    case .all: true
    case .subtree: stored.path.hasPrefix(try RegisterScope.path(of: account, in: connection))
    case .unit: stored.unit.id == account.unit
    }
  }

  private static func official(
    _ id: OfficialID, for account: Account, _ vault: Vault, in connection: any Connection
  ) throws -> ReportScope {
    let isOwn = account.official == id && account.may(.servePairs)
    let stored = try OfficialRows.find(id, vault, in: connection)
    if !isOwn {
      let reach = try FigureScope.reach(of: account, in: connection)
      guard let stored, let unit = try UnitRows.find(stored.official.unit, in: connection),
        reaches(unit, of: reach)
      else { throw UseCaseError.notFound }
    }
    return ReportScope(
      subject: .official(id), face: .official, name: stored?.official.name ?? "", path: nil,
      mayWrite: isOwn && account.may(.writeReports), onlyIssued: !isOwn)
  }

  /// What an account's reports are about where it names nothing: its own unit, county or city, or itself.
  /// - Throws: `UseCaseError.forbidden`
  static func home(
    of account: Account, in connection: any Connection
  ) throws -> ReportSubject {
    if account.may(.servePairs), let official = account.official { return .official(official) }
    switch try FigureScope.reach(of: account, in: connection) {
    case .subtree(_, let unit), .handler(let unit): return .unit(unit)
    case .all:
      let roots = try UnitRows.children(of: nil, in: connection)
      guard let city = roots.first(where: { $0.unit.kind == .region }) ?? roots.first else {
        throw UseCaseError.notFound
      }
      return .unit(city.unit.id)
    }
  }
}
