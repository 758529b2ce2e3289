import Domain
import Storage

/// Who is in charge of a target, who was, and on what grounds.
package struct ShowPairing: Sendable {
  let platform: Platform

  package init(_ platform: Platform) { self.platform = platform }

  package struct Line: Sendable {
    package let pairing: Pairing
    package let target: String
    package let official: String
    package let unitPath: String
    package let holds: Bool
  }

  /// A target's, the latest first, within what the account may see.
  /// - Throws: `UseCaseError.forbidden`, `.notFound`
  package func callAsFunction(
    of target: PairingTarget, for account: Account
  ) async throws -> [Line] {
    let (today, vault) = (platform.now().day, platform.vault)
    return try await platform.database.read { connection in
      let scope = try RegisterAccess.scope(of: account, in: connection)
      guard
        let unit = try target.unit
          ?? target.enterprise.flatMap({ try EnterpriseRows.unit(of: $0, in: connection) }),
        let stored = try UnitRows.find(unit, in: connection), stored.path.hasPrefix(scope)
      else { throw UseCaseError.notFound }
      return try Self.lines(
        PairingRows.of(target, limit: 50, in: connection).map(\.pairing), today, vault,
        in: connection)
    }
  }

  /// An official's, the latest first.
  /// - Throws: `UseCaseError.forbidden`, `.notFound`
  package func callAsFunction(
    of official: OfficialID, for account: Account
  ) async throws -> [Line] {
    let (today, vault) = (platform.now().day, platform.vault)
    return try await platform.database.read { connection in
      let scope = try RegisterAccess.scope(of: account, in: connection)
      guard let stored = try OfficialRows.find(official, vault, in: connection),
        let unit = try UnitRows.find(stored.official.unit, in: connection),
        unit.path.hasPrefix(scope)
      else { throw UseCaseError.notFound }
      return try Self.lines(
        PairingRows.of(official, limit: 100, in: connection).map(\.pairing), today, vault,
        in: connection)
    }
  }

  static func lines(
    _ pairings: [Pairing], _ today: Day, _ vault: Vault, in connection: any Connection
  ) throws -> [Line] {
    let officials = try PairingNames.of(pairings.map(\.official), vault, in: connection)
    let names = try PairingNames.of(pairings.map(\.target), in: connection)
    return pairings.map { pairing in
      let official = officials[pairing.official]
      return Line(
        pairing: pairing, target: names[pairing.target] ?? "", official: official?.name ?? "",
        unitPath: official?.unitPath ?? "", holds: pairing.holds(on: today))
    }
  }
}

/// What targets are called: an enterprise by its name, a place by its path; and officials, with their units.
enum PairingNames {
  struct Official {
    let name: String
    let unitPath: String
  }

  /// None of those whose data were erased.
  static func of(
    _ officials: [OfficialID], _ vault: Vault, in connection: any Connection
  ) throws -> [OfficialID: Official] {
    let found = try OfficialRows.find(officials, vault, in: connection).mapValues(\.official)
    let paths = try UnitRows.namePaths(of: found.values.map(\.unit), in: connection)
    return found.mapValues { Official(name: $0.name, unitPath: paths[$0.unit] ?? "") }
  }

  static func of(
    _ targets: [PairingTarget], in connection: any Connection
  ) throws -> [PairingTarget: String] {
    let enterprises = try EnterpriseRows.names(
      of: Set(targets.compactMap(\.enterprise)), in: connection)
    let units = try UnitRows.namePaths(of: targets.compactMap(\.unit), in: connection)
    var names: [PairingTarget: String] = [:]
    for target in targets {
      names[target] =
        target.enterprise.flatMap { enterprises[$0] } ?? target.unit.flatMap { units[$0] }
    }
    return names
  }
}
