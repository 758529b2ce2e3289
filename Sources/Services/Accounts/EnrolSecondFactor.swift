import Cryptography
import Domain
import Storage

/// The owner of an account sets up a second factor, or another in its place.
package struct EnrolSecondFactor: Sendable {
  let platform: Platform

  package init(_ platform: Platform) { self.platform = platform }

  /// How many recovery codes there are.
  package static let recoveryCodes = 10

  package struct Enrolled: Sendable {
    /// The session's new text.
    package let session: SecretToken
    /// `ABCDE-FGHIJ`; shown once.
    package let recoveryCodes: [String]
  }

  /// The secret on offer. It follows from the session, so that looking twice shows the same and nothing is
  /// stored before it is confirmed.
  package func offer(in session: SecretToken) throws -> OneTimeCode {
    let bytes = try platform.vault.keyedHash(session.text, .enrolment)
    return OneTimeCode(secret: Array(bytes.prefix(OneTimeCode.secretCount)))
  }

  /// Sets the factor once its owner shows a code of it.
  /// - Parameters:
  ///   - token: the session's text.
  ///   - password: asked for where another takes the place of one: a session left open is not its owner.
  /// - Throws: `UseCaseError.wrongCode`, `.signInFailed` where the session is over, `.credentials`,
  ///   `.tooManyTries`
  package func confirm(
    _ code: String, _ session: SignIn.Session, _ token: SecretToken, password: String = "",
    _ arrival: Arrival = Arrival()
  ) async throws -> Enrolled {
    let (now, vault) = (platform.now(), platform.vault)
    let factor = try offer(in: token)
    let digits = PassSecondFactor.normalised(code)
    guard let step = factor.step(of: digits, at: now.milliseconds / 1000, after: nil) else {
      throw UseCaseError.wrongCode
    }
    let account = session.account.id
    if session.hasSecondFactor {
      try await ChangePassword(platform).confirm(password, of: session.account, arrival)
    }
    let codes = (0..<Self.recoveryCodes).map { _ in
      String(Base32.encode(randomBytes(7)).prefix(10))
    }
    let hashes = try codes.map { try PassSecondFactor.hash($0, of: account, vault) }
    let new = SecretToken.random()
    try await platform.database.write { connection in
      try SecondFactorRows.set(
        factor, of: account, step: step, recovery: hashes, at: now, vault, in: connection)
      guard try SessionRows.renew(session.id, as: new, hasCode: true, in: connection) else {
        throw UseCaseError.signInFailed
      }
      try SessionRows.endAll(of: account, but: session.id, in: connection)
    }
    return Enrolled(
      session: new, recoveryCodes: codes.map { "\($0.prefix(5))-\($0.suffix(5))" })
  }
}
