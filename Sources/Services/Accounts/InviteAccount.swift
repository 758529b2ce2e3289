import Cryptography
import Domain
import Storage

/// Makes an account and the one-time link with which its owner chooses username and password.
package struct InviteAccount: Sendable {
  let platform: Platform

  package init(_ platform: Platform) { self.platform = platform }

  /// A link is good for a week.
  private static let lifetime: Int64 = 7 * 86_400

  /// - Throws: `UseCaseError.refused` for a handler without a unit, or a paired official who is not in the
  ///   register.
  package func callAsFunction(
    name: String, phone: PhoneNumber? = nil, role: Role, unit: UnitID?,
    official: OfficialID? = nil, by actor: Actor
  ) async throws -> SecretToken {
    if case .unit = role.link, unit == nil { throw UseCaseError.refused([.unknownUnit]) }
    let (now, vault) = (platform.now(), platform.vault)
    return try await platform.database.write { connection in
      let isKnown = try official.map { try OfficialRows.exists($0, in: connection) }
      guard role == .official ? isKnown == true : isKnown != false else {
        throw UseCaseError.refused([.unknownOfficial])
      }
      let id = try InviteAccount.create(
        name, phone, role, unit, official, at: now, by: actor, vault, in: connection)
      return try InviteAccount.link(for: id, at: now, in: connection)
    }
  }

  static func create(
    _ name: String, _ phone: PhoneNumber?, _ role: Role, _ unit: UnitID?,
    _ official: OfficialID? = nil, at now: Instant, by actor: Actor, _ vault: Vault,
    in connection: any Connection
  ) throws -> AccountID {
    let id = AccountID(Identifiers.shared.next(now))
    try AccountRows.create(
      id, name: name, phone: phone, role: role, unit: unit, official: official, at: now, by: actor,
      vault,
      in: connection)
    return id
  }

  /// A new one-time link for an account that nobody has taken up.
  static func link(
    for id: AccountID, at now: Instant, in connection: any Connection
  ) throws -> SecretToken {
    let token = SecretToken.random()
    try AccountRows.invite(id, token: token, expires: now + lifetime, in: connection)
    return token
  }
}
