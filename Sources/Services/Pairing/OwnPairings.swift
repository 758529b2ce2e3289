import Domain
import Storage

/// What an official is in charge of, with whom to ask there and what is open; and for an enterprise or a
/// village, who is in charge of it.
package struct OwnPairings: Sendable {
  let platform: Platform

  package init(_ platform: Platform) { self.platform = platform }

  package struct Charge: Sendable {
    package let target: PairingTarget
    package let name: String
    package let since: Day
    /// Not before then.
    package let isComing: Bool
    package let reasons: [PairingReason]
    package let contact: Contact?
    package let openProblems: Int
  }

  /// - Throws: `UseCaseError.forbidden` for who is no official.
  package func charges(of account: Account) async throws -> [Charge] {
    guard account.may(.servePairs), let official = account.official else {
      throw UseCaseError.forbidden
    }
    let (today, vault) = (platform.now().day, platform.vault)
    return try await platform.database.read { connection in
      let all = try PairingRows.of(official, limit: 200, in: connection).map(\.pairing)
        .filter { pairing in
          pairing.ends.map { $0 > today && $0 > pairing.begins } ?? true
        }
      let names = try PairingNames.of(all.map(\.target), in: connection)
      let contacts = try ContactRows.current(
        of: all.map(\.target.contactOwner), vault, in: connection)
      let open = try OpenProblemRows.counts(of: all.map(\.target), in: connection)
      return all.sorted {
        ($0.target.kind.role.rawValue, $0.target.id) > ($1.target.kind.role.rawValue, $1.target.id)
      }
      .map { pairing in
        let target = pairing.target
        return Charge(
          target: target, name: names[target] ?? "", since: pairing.begins,
          isComing: pairing.begins > today, reasons: pairing.reasons,
          contact: contacts[target.contactOwner]?.contact,
          openProblems: open[target] ?? 0)
      }
    }
  }

  /// Who is in charge of the enterprise, or of the village, that the account belongs to.
  /// - Throws: `UseCaseError.forbidden` for who belongs to neither.
  package func officials(of account: Account) async throws -> [PairedOfficial] {
    let (today, vault) = (platform.now().day, platform.vault)
    return try await platform.database.read { connection in
      let targets: [PairingTarget]
      switch account.role {
      case .enterprise: targets = account.enterprise.map { [.enterprise($0)] } ?? []
      case .villageClerk: targets = account.unit.map { [.village($0), .township($0)] } ?? []
      default: throw UseCaseError.forbidden
      }
      let found = try PairedOfficials.of(targets, on: today, vault, in: connection)
      return targets.flatMap { found[$0] ?? [] }
    }
  }
}

extension PairingTarget {
  var contactOwner: Contact.Of {
    switch self {
    case .enterprise(let id): .enterprise(id)
    case .township(let id), .village(let id): .unit(id)
    }
  }
}
