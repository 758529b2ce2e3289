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

  private static let lifetime: Int64 = 7 * 86_400

  /// Makes the first administrator's account, and as long as nobody has taken one up, new links for
  /// all that wait.
  /// - Parameters:
  ///   - name: what the administrator is called until they say.
  ///   - handler: a second account for a handling unit, so that the whole loop can be walked.
  package func callAsFunction(
    name: String, handler: (name: String, unit: UnitID)?
  ) async throws -> [Link] {
    let now = platform.now()
    return try await platform.database.write(exclusively: .firstStart) { connection in
      if try AccountRows.isAnyActive(in: connection) { return [] }
      if try !AccountRows.isAny(.office, in: connection) {
        func create(_ name: String, _ role: Role, _ unit: UnitID?) throws {
          let id = AccountID(Identifiers.shared.next(now))
          try AccountRows.create(
            id, name: name, role: role, unit: unit, at: now, by: .system, in: connection)
        }
        try create(name, .office, nil)
        if let handler { try create(handler.name, .handler, handler.unit) }
      }
      return try AccountRows.inactive(in: connection).map { account in
        let token = SecretToken.random()
        try AccountRows.invite(
          account.id, token: token, expires: now + FirstStart.lifetime, in: connection)
        return Link(name: account.name, token: token)
      }
    }
  }
}
