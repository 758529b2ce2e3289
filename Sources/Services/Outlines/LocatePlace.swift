import Domain
import Storage

/// Which village, or else township, a place on the map lies in: from the root down, one query a level.
package struct LocatePlace: Sendable {
  let platform: Platform

  package init(_ platform: Platform) { self.platform = platform }

  /// - Returns: its path by names; nil where no outline of a village or township has the place.
  package func callAsFunction(_ place: Outline.Position) async throws -> String? {
    try await platform.database.read { connection in
      var found: UnitRows.Stored?
      var level = try UnitRows.children(of: nil, in: connection)
      while true {
        // Mostly there is one root, which needs no outline of its own.
        let outlines = try OutlineRows.current(of: level.map(\.unit.id), in: connection)
        let next =
          level.first { outlines[$0.unit.id]?.outline.contains(place) == true }
          ?? (found == nil && level.count == 1 && outlines.isEmpty ? level[0] : nil)
        guard let next else { break }
        found = next
        level = try UnitRows.children(of: next.unit.id, in: connection)
          .filter { $0.unit.kind == .region }
      }
      guard let found, found.unit.isVillageOrTownship else { return nil }
      return try UnitReference.path(of: found, in: connection)
    }
  }
}
