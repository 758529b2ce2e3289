import Domain
import Storage

/// Takes in the areas of units from a file: all of it or nothing. The same file twice changes nothing; units that it
/// does not have keep theirs.
package struct ImportOutlines: Sendable {
  let platform: Platform

  package init(_ platform: Platform) { self.platform = platform }

  package struct Report: Sendable {
    package enum Change: String, Sendable {
      case added, changed, unchanged
    }
    package struct Line: Sendable {
      /// In the file, from 1.
      package let feature: Int
      package let unit: UnitID
      package let path: String
      package let change: Change
      /// How it was found.
      package let byCode: Bool
    }

    package let lines: [Line]
    package let faults: [OutlineFault]
    /// Whether anything was written.
    package let isSaved: Bool
  }

  /// - Parameters:
  ///   - level: of the units that are meant; nil for any.
  ///   - account: nil for whoever holds the database itself.
  /// - Throws: `UseCaseError.forbidden`, `StorageError`
  package func callAsFunction(
    _ file: OutlineFile, level: UnitLevel? = nil, dryRun: Bool = false, by account: Account?
  ) async throws -> Report {
    guard account?.may(.importRegisters) ?? true else { throw UseCaseError.forbidden }
    let now = platform.now()
    return try await platform.database.write { connection in
      let scope = try RegisterScope.path(of: account, in: connection)
      let matching = OutlineMatching(level: level, scope: scope, connection: connection)
      let (found, faults) = try matching.match(file)
      let stored = try OutlineRows.current(of: found.map(\.unit.unit.id), in: connection)
      let isSaved = faults.isEmpty && !dryRun
      var lines: [Report.Line] = []
      var new: [(unit: UnitID, outline: Outline)] = []
      for match in found {
        let unit = match.unit.unit.id
        let old = stored[unit]
        let change: Report.Change =
          old == nil ? .added : old?.outline == match.feature.outline ? .unchanged : .changed
        lines.append(
          Report.Line(
            feature: match.feature.number, unit: unit,
            path: try UnitReference.path(of: match.unit, in: connection), change: change,
            byCode: match.byCode))
        guard isSaved else { continue }
        if change == .added { new.append((unit, match.feature.outline)) }
        if change == .changed, let old {
          try OutlineRows.replace(
            old, by: match.feature.outline, from: now.day, at: now, by: account?.actor ?? .system,
            in: connection)
        }
      }
      try OutlineRows.add(
        new, from: now.day, at: now, by: account?.actor ?? .system, in: connection)
      return Report(lines: lines, faults: faults, isSaved: isSaved)
    }
  }
}
