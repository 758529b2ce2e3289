import Cryptography
import Domain

/// Second factors, sealed by their owners' keys, and the hashes of recovery codes.
package enum SecondFactorRows {
  package struct Factor: Sendable {
    package let code: OneTimeCode
    /// The step of the last code that was taken.
    package let lastStep: Int64?
  }

  /// - Returns: nil where the account has none.
  package static func find(
    _ account: AccountID, _ vault: Vault, in connection: any Connection
  ) throws -> Factor? {
    let stored = try connection.row(
      """
      select person_id, second_factor, second_factor_step
      from accounts
      where id = ?1 and second_factor is not null
      """, [account]
    ) { (PersonID(try $0.int(0)), try $0.text(1), try $0.optionalInt(2)) }
    guard let (person, sealed, step) = stored else { return nil }
    guard let key = try vault.key(of: person, in: connection),
      let secret = Hexadecimal.decode(try key.open(sealed, .secondFactor))
    else { throw StorageError.unreadable("second factor of account \(account.value)") }
    return Factor(code: OneTimeCode(secret: secret), lastStep: step)
  }

  /// Sets it, in the place of another where there is one.
  /// - Parameters:
  ///   - step: of the code by which it was confirmed.
  ///   - recovery: the codes' hashes.
  package static func set(
    _ code: OneTimeCode, of account: AccountID, step: Int64, recovery: [[UInt8]],
    at now: Instant, _ vault: Vault, in connection: any Connection
  ) throws {
    let person = try connection.row("select person_id from accounts where id = ?1", [account]) {
      PersonID(try $0.int(0))
    }
    guard let person, let key = try vault.key(of: person, in: connection) else {
      throw StorageError.unreadable("key of account \(account.value)")
    }
    try connection.run(
      """
      update accounts
      set second_factor = ?2, second_factor_at = ?3, second_factor_step = ?4
      where id = ?1
      """, [account, key.seal(Hexadecimal.encode(code.secret), .secondFactor), now, step])
    try connection.run("delete from recovery_codes where account_id = ?1", [account])
    try connection.insert(
      into: "recovery_codes", ["account_id", "code_hash"], recovery.map { [account, $0] })
    try AccountEvents.append(
      .secondFactorSet, to: account, at: now, by: .account(account), in: connection)
  }

  /// Takes a code's step.
  /// - Returns: false where this code or a later one was used meanwhile.
  package static func use(
    step: Int64, of account: AccountID, in connection: any Connection
  ) throws -> Bool {
    try connection.run(
      """
      update accounts
      set second_factor_step = ?2
      where id = ?1 and second_factor is not null
        and (second_factor_step is null or second_factor_step < ?2)
      """, [account, step]) == 1
  }

  /// - Returns: false for a code that is none of the account's, or was used.
  package static func use(
    recovery hash: [UInt8], of account: AccountID, at now: Instant,
    in connection: any Connection
  ) throws -> Bool {
    guard
      try connection.run(
        """
        update recovery_codes
        set used_at = ?3
        where account_id = ?1 and code_hash = ?2 and used_at is null
        """, [account, hash, now]) == 1
    else { return false }
    try AccountEvents.append(
      .recoveryCodeUsed, to: account, at: now, by: .account(account), in: connection)
    return true
  }

  /// Recovery codes that were not used.
  package static func unused(
    of account: AccountID, in connection: any Connection
  ) throws -> Int {
    Int(
      try connection.row(
        "select count(*) from recovery_codes where account_id = ?1 and used_at is null", [account]
      ) { try $0.int(0) } ?? 0)
  }

  /// - Returns: false where there was none.
  package static func remove(
    of account: AccountID, at now: Instant, by actor: Actor, in connection: any Connection
  ) throws -> Bool {
    guard
      try connection.run(
        """
        update accounts
        set second_factor = null, second_factor_at = null, second_factor_step = null
        where id = ?1 and second_factor is not null
        """, [account]) == 1
    else { return false }
    try connection.run("delete from recovery_codes where account_id = ?1", [account])
    try AccountEvents.append(
      .secondFactorRemoved, to: account, at: now, by: actor, in: connection)
    return true
  }
}
