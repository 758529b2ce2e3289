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

  /// Makes the first administrator's account, and as long as nobody has taken one up, new links for
  /// all that wait.
  /// - Parameters:
  ///   - name: what the administrator is called until they say.
  ///   - handler: a second account for a handling unit, so that the whole loop can be walked.
  package func callAsFunction(
    name: String, handler: (name: String, unit: UnitID)?
  ) async throws -> [Link] {
    let (now, vault) = (platform.now(), platform.vault)
    return try await platform.database.write(exclusively: .firstStart) { connection in
      if try AccountRows.isAnyActive(in: connection) { return [] }
      if try !AccountRows.isAny(.office, in: connection) {
        _ = try InviteAccount.create(
          name, nil, .office, nil, at: now, by: .system, vault, in: connection)
        if let handler {
          _ = try InviteAccount.create(
            handler.name, nil, .handler, handler.unit, at: now, by: .system, vault, in: connection)
        }
      }
      return try AccountRows.inactive(vault, in: connection).map { account in
        Link(
          name: account.name,
          token: try InviteAccount.link(for: account.id, at: now, in: connection))
      }
    }
  }
}
