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

  /// - Parameter id: nil for the roots.
  /// - Throws: `UseCaseError.notFound`
  package func callAsFunction(_ id: UnitID?) async throws -> Place {
    try await platform.database.read { connection in
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
  package func suggestions(for text: String, limit: Int = 12) async throws -> [String] {
    let prefix = text.trimmed.split(separator: "/").last.map(String.init) ?? ""
    guard !prefix.isEmpty else { return [] }
    return try await platform.database.read { connection in
      try UnitRows.named(startingWith: prefix, limit: limit, in: connection).map {
        try UnitReference.path(of: $0, in: connection)
      }
    }
  }
}
