import Domain
import Storage

/// Who is in charge of an enterprise, a village or a township today, as those see it who are helped: name,
/// unit, post and the unit's number, never a private one.
package struct PairedOfficial: Hashable, Sendable {
  package let id: OfficialID
  package let name: String
  package let unitPath: String
  package let post: String?
  /// Of the official's unit, as far as the registers have it.
  package let officePhone: String?
  package let role: PairingRole
  package let since: Day
}

enum PairedOfficials {
  /// Those of a target on a day, who is in charge before who is linked; none whose data were erased.
  static func of(
    _ targets: [PairingTarget], on day: Day, _ vault: Vault, in connection: any Connection
  ) throws -> [PairingTarget: [PairedOfficial]] {
    var found: [Pairing] = []
    var asked: Set<Int64> = []
    // A unit's rows tell of both its roles.
    for target in targets where asked.insert(target.id).inserted {
      found += try PairingRows.of(target, limit: 20, in: connection).map(\.pairing).filter {
        targets.contains($0.target) && $0.holds(on: day)
      }
    }
    return try of(found, vault, in: connection)
  }

  /// Of these pairings, as they stand.
  static func of(
    _ pairings: [Pairing], _ vault: Vault, in connection: any Connection
  ) throws -> [PairingTarget: [PairedOfficial]] {
    if pairings.isEmpty { return [:] }
    let officials = try OfficialRows.find(
      Array(Set(pairings.map(\.official))), vault, in: connection)
    let units = Array(Set(officials.values.map(\.official.unit)))
    let paths = try UnitRows.namePaths(of: units, in: connection)
    let contacts = try ContactRows.current(
      of: units.map { Contact.Of.unit($0) }, vault, in: connection)
    var result: [PairingTarget: [PairedOfficial]] = [:]
    for pairing in pairings {
      guard let official = officials[pairing.official]?.official else { continue }
      result[pairing.target, default: []].append(
        PairedOfficial(
          id: pairing.official, name: official.name, unitPath: paths[official.unit] ?? "",
          post: official.post,
          officePhone: contacts[.unit(official.unit)]?.contact.phone.flatMap(\.ofAnOffice),
          role: pairing.target.kind.role, since: pairing.begins))
    }
    return result.mapValues { $0.sorted { ($0.since, $0.id.value) < ($1.since, $1.id.value) } }
  }
}

extension Pairing {
  package func holds(on day: Day) -> Bool { begins <= day && ends.map { $0 > day } ?? true }
}

extension PhoneNumber {
  /// A fixed line, which anybody may be told; a mobile number is somebody's own.
  fileprivate var ofAnOffice: String? { text.hasPrefix("0") ? text : nil }
}
