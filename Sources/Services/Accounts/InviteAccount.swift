import Cryptography
import Domain
import Storage

/// Makes an account and the one-time link with which its owner chooses username and password.
package struct InviteAccount: Sendable {
  let platform: Platform

  package init(_ platform: Platform) { self.platform = platform }

  /// A link is good for a week.
  static let lifetime: Int64 = 7 * 86_400

  package struct Invited: Sendable {
    package let id: AccountID
    package let link: SecretToken
    /// Whether the security administrator has to grant it.
    package let waits: Bool
  }

  /// By whoever holds the database: the account works at once.
  /// - Throws: `UseCaseError.accountRefused`
  package func callAsFunction(
    name: String, phone: PhoneNumber? = nil, role: Role, unit: UnitID?,
    official: OfficialID? = nil, enterprise: EnterpriseID? = nil, by actor: Actor
  ) async throws -> SecretToken {
    let seat = AccountSeat(role, unit: unit, official: official, enterprise: enterprise)
    let (now, vault) = (platform.now(), platform.vault)
    return try await platform.database.write { connection in
      try InviteAccount.check(seat, on: now.day, in: connection)
      if let phone { try InviteAccount.keepApart(role, phone, vault, in: connection) }
      let id = try InviteAccount.create(
        name, phone, seat, at: now, by: actor, vault, in: connection)
      return try InviteAccount.link(for: id, at: now, in: connection)
    }
  }

  /// By the system administrator: the account waits for the security administrator's grant, except the
  /// first security and the first audit administrator, whom nobody could grant.
  /// - Throws: `UseCaseError.forbidden`, `.accountRefused`
  package func callAsFunction(
    _ seat: AccountSeat, name: String, phone text: String, by account: Account
  ) async throws -> Invited {
    guard account.may(.manageAccounts) else { throw UseCaseError.forbidden }
    let name = name.trimmed
    guard Unit.isName(name) else { throw UseCaseError.accountRefused(.nameForm) }
    let phone = PhoneNumber(text)
    guard phone != nil || text.trimmed.isEmpty else {
      throw UseCaseError.accountRefused(.phoneForm)
    }
    let (now, vault) = (platform.now(), platform.vault)
    // One at a time: there is one first administrator of each kind.
    return try await platform.database.write(exclusively: .firstStart) { connection in
      try InviteAccount.check(seat, on: now.day, in: connection)
      if let phone { try InviteAccount.keepApart(seat.role, phone, vault, in: connection) }
      let isGranted = [.securityAdministrator, .auditAdministrator].contains(seat.role)
      let isFirst = try isGranted && !AccountRows.wasAny(seat.role, in: connection)
      let id = try InviteAccount.create(
        name, phone, seat, grant: isFirst ? .first : .waits, at: now, by: account.actor, vault,
        in: connection)
      return Invited(
        id: id, link: try InviteAccount.link(for: id, at: now, in: connection), waits: !isFirst)
    }
  }

  /// Whether there is what the account is to act for.
  /// - Throws: `UseCaseError.accountRefused`
  static func check(
    _ seat: AccountSeat, on today: Day, in connection: any Connection
  ) throws {
    if let fault = seat.fault { throw UseCaseError.accountRefused(fault) }
    if let id = seat.unit {
      guard let unit = try UnitRows.find(id, in: connection)?.unit,
        unit.validTo.map({ $0 > today }) ?? true
      else { throw UseCaseError.accountRefused(.unknownUnit) }
      if case .unit(let level?) = seat.role.link, unit.level != level {
        throw UseCaseError.accountRefused(.unitLevel)
      }
    }
    if let id = seat.official, try !OfficialRows.exists(id, in: connection) {
      throw UseCaseError.accountRefused(.unknownOfficial)
    }
    if let id = seat.enterprise, try EnterpriseRows.find(id, in: connection) == nil {
      throw UseCaseError.accountRefused(.unknownEnterprise)
    }
  }

  /// 三员分立: nobody is two of the three administrators, as far as telephone numbers tell.
  /// - Throws: `UseCaseError.accountRefused(.holdsAnother)`
  private static func keepApart(
    _ role: Role, _ phone: PhoneNumber, _ vault: Vault, in connection: any Connection
  ) throws {
    guard role.isAdministrator else { return }
    let held = try AccountRows.administrators(with: phone, vault, in: connection)
    if held.contains(where: { $0.role != role }) {
      throw UseCaseError.accountRefused(.holdsAnother)
    }
  }

  static func create(
    _ name: String, _ phone: PhoneNumber?, _ seat: AccountSeat,
    grant: AccountEvents.Grant? = nil, at now: Instant, by actor: Actor, _ vault: Vault,
    in connection: any Connection
  ) throws -> AccountID {
    let id = AccountID(Identifiers.shared.next(now))
    try AccountRows.create(
      id, name: name, phone: phone, seat, grant: grant, at: now, by: actor, vault, in: connection)
    return id
  }

  /// A new one-time link.
  static func link(
    for id: AccountID, needsGrant: Bool = false, at now: Instant, in connection: any Connection
  ) throws -> SecretToken {
    let token = SecretToken.random()
    try AccountRows.invite(
      id, token: token, needsGrant: needsGrant, expires: now + lifetime, in: connection)
    return token
  }
}
