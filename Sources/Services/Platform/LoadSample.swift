import Domain
import Foundation
import Storage

/// Fills an empty database with the sample county shipped with the product, through the same
/// imports everybody uses.
package struct LoadSample: Sendable {
  let platform: Platform

  package init(_ platform: Platform) { self.platform = platform }

  /// The sample's handling unit that gets an account.
  package static let handlingUnit = "示例市/清河县/清河县水利局"

  package struct Fault: Error, CustomStringConvertible {
    package let description: String
  }

  /// - Returns: false where the database already has units.
  package func callAsFunction(resources: String) async throws -> Bool {
    let isEmpty = try await platform.database.read { try UnitRows.count(in: $0) == 0 }
    guard isEmpty else { return false }
    for kind in [ImportKind.divisions, .units, .problems] {
      let path = "\(resources)/sample/\(kind.rawValue).csv"
      let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
      let report = try await RunImport(platform)(kind, bytes, mode: ImportMode(), by: .system)
      guard report.isSaved else { throw Fault(description: "\(path): \(report.diagnostics)") }
    }
    return true
  }

  /// The unit whose account is part of the sample, where the sample was loaded.
  package func handler() async throws -> UnitID? {
    try await platform.database.read { connection in
      guard case .one(let unit) = try UnitReference(LoadSample.handlingUnit).resolve(in: connection)
      else { return nil }
      return unit.unit.id
    }
  }
}
