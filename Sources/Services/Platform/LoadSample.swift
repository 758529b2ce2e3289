import Documents
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

  package static let kinds: [ImportKind] = [
    .divisions, .units, .officials, .enterprises, .problems,
  ]

  /// All of it in one transaction, so that a start that is broken off leaves nothing half done.
  /// - Returns: false where the database already has units.
  package func callAsFunction(
    resources: String, kinds: [ImportKind] = LoadSample.kinds
  ) async throws -> Bool {
    let tables = try kinds.map { kind in
      let path = "\(resources)/sample/\(kind.rawValue).csv"
      return (kind, try TableFile.read(path: path))
    }
    let now = platform.now()
    return try await platform.database.write(exclusively: .firstStart) { connection in
      guard try UnitRows.count(in: connection) == 0 else { return false }
      let work = ImportWork(
        now: now, on: now.day, actor: .system, scope: "/", platform: platform,
        connection: connection)
      for (kind, table) in tables {
        let report = try RunImport.run(kind, table, work)
        guard !report.hasErrors else {
          throw Fault(description: "sample \(kind.rawValue): \(report.diagnostics)")
        }
      }
      return true
    }
  }

  /// Who has an account in the sample, as far as the sample has what they work for: an office and a handling
  /// unit first, with which the loop can be walked.
  package func seats() async throws -> [AccountSeat] {
    try await platform.database.read { connection in
      var seats = [AccountSeat(.office)]
      func unit(_ path: String) throws -> UnitID? {
        guard case .one(let unit) = try UnitReference(path).resolve(in: connection) else {
          return nil
        }
        return unit.unit.id
      }
      if let unit = try unit(LoadSample.handlingUnit) {
        seats.append(AccountSeat(.handler, unit: unit))
      }
      seats += [AccountSeat(.systemAdministrator), AccountSeat(.director)]
      if let unit = try unit(LoadSample.county) {
        seats.append(AccountSeat(.countyOffice, unit: unit))
      }
      if let official = try OfficialRows.first(in: connection) {
        seats.append(AccountSeat(.official, official: official))
      }
      if let enterprise = try EnterpriseRows.first(in: connection) {
        seats.append(AccountSeat(.enterprise, enterprise: enterprise))
      }
      if let unit = try unit(LoadSample.village) {
        seats.append(AccountSeat(.villageClerk, unit: unit))
      }
      return seats
    }
  }

  private static let county = "示例市/清河县"
  private static let village = "示例市/清河县/柳林镇/河湾村"
}
