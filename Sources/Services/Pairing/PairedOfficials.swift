import Domain
import Storage

/// Who is in charge of an enterprise, a village or a township today, as those see it who are helped: name,
/// unit and post, never a private number.
package struct PairedOfficial: Hashable, Sendable {
  package let id: OfficialID
  package let name: String
  package let unitPath: String
  package let post: String?
  package let role: PairingRole
  package let since: Day
}

enum PairedOfficials {
  /// Those of a target on a day; none whose data were erased.
  static func of(
    _ targets: [PairingTarget], on day: Day, _ vault: Vault, in connection: any Connection
  ) throws -> [PairingTarget: [PairedOfficial]] {
    var found: [(target: PairingTarget, pairing: Pairing)] = []
    for target in targets {
      for stored in try PairingRows.of(target, limit: 20, in: connection)
      where stored.pairing.target == target && stored.pairing.holds(on: day) {
        found.append((target, stored.pairing))
      }
    }
    let officials = try OfficialRows.find(found.map(\.pairing.official), vault, in: connection)
    let paths = try UnitRows.namePaths(
      of: officials.values.map(\.official.unit), in: connection)
    var result: [PairingTarget: [PairedOfficial]] = [:]
    for (target, pairing) in found {
      guard let stored = officials[pairing.official] else { continue }
      result[target, default: []].append(
        PairedOfficial(
          id: pairing.official, name: stored.official.name,
          unitPath: paths[stored.official.unit] ?? "", post: stored.official.post,
          role: target.kind.role, since: pairing.begins))
    }
    return result
  }
}

extension Pairing {
  package func holds(on day: Day) -> Bool { begins <= day && ends.map { $0 > day } ?? true }
}
