import Cryptography
import Domain
import Storage

/// Somebody who gave a right password gives the second factor's code, or a recovery code.
package struct PassSecondFactor: Sendable {
  let platform: Platform

  package init(_ platform: Platform) { self.platform = platform }

  /// - Returns: the session's new text.
  /// - Throws: `UseCaseError.wrongCode`, `.tooManyTries`, `.signInFailed` where the session is over.
  package func callAsFunction(
    _ session: SignIn.Session, code: String, _ arrival: Arrival = Arrival()
  ) async throws -> SecretToken {
    let (now, vault, account) = (platform.now(), platform.vault, session.account)
    let tries = CountTries(platform)
    let attempt = try await tries.begin("code\0\(account.id.value)", of: account.id, arrival)
    let code = Self.normalised(code)
    let token = SecretToken.random()
    let isRight = try await platform.database.write { connection in
      guard try Self.use(code, of: account.id, at: now, vault, in: connection) else {
        return false
      }
      guard try SessionRows.renew(session.id, as: token, hasCode: true, in: connection) else {
        throw UseCaseError.signInFailed
      }
      try tries.succeeded(attempt, in: connection)
      try SignIn.record(account, arrival, at: now, vault, in: connection)
      return true
    }
    guard isRight else {
      try await tries.failed(attempt, of: account.id)
      throw UseCaseError.wrongCode
    }
    return token
  }

  private static func use(
    _ code: String, of account: AccountID, at now: Instant, _ vault: Vault,
    in connection: any Connection
  ) throws -> Bool {
    guard code.count == OneTimeCode.digits else {
      return try SecondFactorRows.use(
        recovery: hash(code, of: account, vault), of: account, at: now, in: connection)
    }
    guard let factor = try SecondFactorRows.find(account, vault, in: connection),
      let step = factor.code.step(
        of: code, at: now.milliseconds / 1000, after: factor.lastStep)
    else { return false }
    return try SecondFactorRows.use(step: step, of: account, in: connection)
  }

  /// As people type it: in groups, in small letters, with full-width digits.
  static func normalised(_ code: String) -> String {
    var result = ""
    for character in code.prefix(64) {
      if let digit = character.wholeNumberValue, digit < 10 {
        result += String(digit)
      } else if character.isASCII, character.isLetter {
        result += character.uppercased()
      }
    }
    return result
  }

  static func hash(_ code: String, of account: AccountID, _ vault: Vault) throws -> [UInt8] {
    try vault.keyedHash("\(account.value)\0\(code)", .recoveryCode)
  }
}
