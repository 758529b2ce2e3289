import Domain
import Storage

/// The unit that a name, path or code means.
package struct FindUnit: Sendable {
  let platform: Platform

  package init(_ platform: Platform) { self.platform = platform }

  /// - Throws: `UseCaseError.unknownUnit` where none or several fit.
  package func callAsFunction(_ text: String) async throws -> UnitID {
    try await platform.database.read { connection in
      guard case .one(let unit) = try UnitReference(text).resolve(in: connection) else {
        throw UseCaseError.unknownUnit(text)
      }
      return unit.unit.id
    }
  }
}
