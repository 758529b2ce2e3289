import Domain
import Storage

/// Which sheets an account may see, and for which line it may speak.
enum SheetScope {
  /// - Throws: `UseCaseError.forbidden`
  static func visibility(
    of account: Account, in connection: any Connection
  ) throws -> SheetRows.Visibility {
    if account.may(.manageSheets) { return .all }
    return switch try FigureScope.reach(of: account, in: connection) {
    case .all: .shown
    case .subtree(let path, _): .below(path)
    case .handler(let unit):
      .unit(try UnitRows.present(unit, in: connection)?.unit.id ?? unit)
    }
  }

  static func allows(
    _ account: Account, _ id: SheetID, in connection: any Connection
  ) throws -> Bool {
    let visibility = try visibility(of: account, in: connection)
    return try !SheetRows.list(visibility, only: id, limit: 1, in: connection).isEmpty
  }

  /// What decisions of the account on the sheet may look at.
  static func surroundings(
    _ account: Account, _ sheet: CommentSheet, at now: Instant, _ platform: Platform,
    in connection: any Connection
  ) throws -> CommentSheet.Surroundings {
    CommentSheet.Surroundings(
      now: now, actor: account.actor, calendar: try platform.calendar(in: connection),
      mayManage: account.may(.manageSheets), mayDirect: account.may(.direct),
      unit: try unit(of: account, on: sheet, in: connection))
  }

  /// The line the account may object for: its unit's own.
  private static func unit(
    of account: Account, on sheet: CommentSheet, in connection: any Connection
  ) throws -> UnitID? {
    guard account.may(.objectToSheets) else { return nil }
    let own: UnitID
    switch try FigureScope.reach(of: account, in: connection) {
    case .all: return nil
    case .subtree(_, let unit), .handler(let unit): own = unit
    }
    let present = try UnitRows.present(own, in: connection)?.unit.id ?? own
    return try SheetRows.unit(on: sheet.id, of: present, in: connection)
  }
}
