import Domain
import Storage

/// Looks around in the organisation tree.
package struct BrowseUnits: Sendable {
  let platform: Platform

  package init(_ platform: Platform) { self.platform = platform }

  package struct Place: Sendable {
    /// From the root to the unit itself; empty at the top.
    package let line: [Unit]
    package let children: [Unit]
  }

  /// - Parameters:
  ///   - id: nil for the roots.
  ///   - account: nil for whoever holds the database itself.
  /// - Throws: `UseCaseError.forbidden`, `.notFound`
  package func callAsFunction(_ id: UnitID?, for account: Account? = nil) async throws -> Place {
    guard account?.may(.seeUnits) ?? true else { throw UseCaseError.forbidden }
    return try await platform.database.read { connection in
      var line: [UnitRows.Stored] = []
      if let id {
        guard let stored = try UnitRows.find(id, in: connection) else {
          throw UseCaseError.notFound
        }
        line = try UnitRows.line(of: stored, in: connection)
      }
      let children = try UnitRows.children(of: id, in: connection)
      return Place(line: line.map(\.unit), children: children.map(\.unit))
    }
  }

  /// Paths of units whose name begins with some text, for a field that completes names.
  /// - Throws: `UseCaseError.forbidden`
  package func suggestions(
    for text: String, limit: Int = 12, by account: Account
  ) async throws -> [String] {
    guard account.may(.seeUnits) || account.may(.registerProblems) else {
      throw UseCaseError.forbidden
    }
    let prefix = text.trimmed.split(separator: "/").last.map(String.init) ?? ""
    guard !prefix.isEmpty else { return [] }
    return try await platform.database.read { connection in
      try UnitRows.named(startingWith: prefix, limit: limit, in: connection).map {
        try UnitReference.path(of: $0, in: connection)
      }
    }
  }
}
