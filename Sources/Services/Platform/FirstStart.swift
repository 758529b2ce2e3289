import Cryptography
import Domain
import Storage

/// Lets the first people in. No account ever has a password that somebody else chose: they get
/// one-time links.
package struct FirstStart: Sendable {
  let platform: Platform

  package init(_ platform: Platform) { self.platform = platform }

  package struct Link: Sendable {
    package let name: String
    package let token: SecretToken
  }

  /// An account that is made at the first start.
  package struct Seat: Sendable {
    /// What its owner is called until they say.
    package let name: String
    package let seat: AccountSeat

    package init(name: String, _ seat: AccountSeat) {
      self.name = name
      self.seat = seat
    }
  }

  /// Makes the first accounts, and as long as nobody has taken one up, new links for all that wait.
  /// - Parameter seats: the system administrator's; with the sample those who walk the loop.
  /// In a demo city, where thousands wait, only for these seats.
  package func callAsFunction(_ seats: [Seat]) async throws -> [Link] {
    let (now, vault) = (platform.now(), platform.vault)
    return try await platform.database.write(exclusively: .firstStart) { connection in
      if try AccountRows.isAnyActive(in: connection) { return [] }
      if try DemoMark.isSet(in: connection) {
        return try seats.map { try FirstStart.link(for: $0, at: now, vault, in: connection) }
      }
      if try !AccountRows.isAny(.systemAdministrator, in: connection) {
        for seat in seats {
          try InviteAccount.check(seat.seat, on: now.day, in: connection)
          _ = try InviteAccount.create(
            seat.name, nil, seat.seat, at: now, by: .system, vault, in: connection)
        }
      }
      return try AccountRows.inactive(vault, in: connection).map { account in
        Link(
          name: account.name,
          token: try InviteAccount.link(for: account.id, at: now, in: connection))
      }
    }
  }

  /// For who has the seat already, else for a new account.
  private static func link(
    for seat: Seat, at now: Instant, _ vault: Vault, in connection: any Connection
  ) throws -> Link {
    let known = try AccountRows.inactive(in: seat.seat, vault, in: connection)
    let account =
      try known
      ?? (
        id: InviteAccount.create(
          seat.name, nil, seat.seat, at: now, by: .system, vault, in: connection),
        name: seat.name
      )
    return Link(
      name: account.name, token: try InviteAccount.link(for: account.id, at: now, in: connection))
  }
}
