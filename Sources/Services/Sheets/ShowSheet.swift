import Domain
import Storage

/// Sheets within what the account may see.
package struct ShowSheet: Sendable {
  let platform: Platform

  package init(_ platform: Platform) { self.platform = platform }

  /// Two kinds a month: ten years of them with some corrections.
  private static let limit = 300

  package struct Detail: Sendable {
    package let history: SheetHistory
    package let actorNames: [Actor: String]
    /// All actions there are, with the reasons against each.
    package let options: [(action: SheetAction, refusals: [CommentSheet.Refusal])]
    /// The line the account may object for.
    package let unit: UnitID?
    /// Of whose lines the account may see the problems; nil for all.
    package let traceable: Set<UnitID>?
    /// The edition that corrects this one.
    package let later: SheetID?

    package var sheet: CommentSheet { history.sheet }
  }

  /// - Throws: `UseCaseError.notFound`, `.forbidden`
  package func callAsFunction(_ id: SheetID, for account: Account) async throws -> Detail {
    let (platform, now) = (platform, platform.now())
    return try await platform.database.read { connection in
      guard try SheetScope.allows(account, id, in: connection),
        let history = try SheetHistory.load(id, in: connection)
      else { throw UseCaseError.notFound }
      let sheet = history.sheet
      let surroundings = try SheetScope.surroundings(
        account, sheet, at: now, platform, in: connection)
      return Detail(
        history: history,
        actorNames: try AccountRows.names(
          of: Set(history.steps.map(\.actor)), platform.vault, in: connection),
        options: SheetAction.allCases.map { ($0, sheet.refusals(of: $0, in: surroundings)) },
        unit: surroundings.unit,
        traceable: try ShowSheet.traceable(account, sheet, in: connection),
        later: try SheetRows.later(sheet, in: connection))
    }
  }

  private static func traceable(
    _ account: Account, _ sheet: CommentSheet, in connection: any Connection
  ) throws -> Set<UnitID>? {
    switch try FigureScope.reach(of: account, in: connection) {
    case .all: nil
    case .subtree(_, let unit), .handler(let unit): [unit]
    }
  }

  /// - Throws: `UseCaseError.forbidden`
  package func list(for account: Account) async throws -> [SheetRows.Line] {
    try await platform.database.read { connection in
      try SheetRows.list(
        SheetScope.visibility(of: account, in: connection), limit: ShowSheet.limit,
        in: connection)
    }
  }
}
