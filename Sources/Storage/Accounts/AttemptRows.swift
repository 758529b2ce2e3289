import Domain

/// Wrong passwords and codes in a row. Whose they are is a hash under the instance's own key.
package enum AttemptRows {
  package static func find(
    _ subject: [UInt8], in connection: any Connection
  ) throws -> Lockout? {
    try connection.row(
      "select failures, last_failed_at from sign_in_attempts where subject = ?1", [subject]
    ) { Lockout(failures: Int(try $0.int(0)), lastFailedAt: try $0.instant(1)) }
  }

  package static func put(
    _ lockout: Lockout, of subject: [UInt8], in connection: any Connection
  ) throws {
    try connection.run(
      """
      insert into sign_in_attempts (subject, failures, last_failed_at)
      values (?1, ?2, ?3)
      on conflict (subject)
      do update set failures = excluded.failures, last_failed_at = excluded.last_failed_at
      """, [subject, lockout.failures, lockout.lastFailedAt])
  }

  package static func clear(_ subject: [UInt8], in connection: any Connection) throws {
    try connection.run("delete from sign_in_attempts where subject = ?1", [subject])
  }

  /// Takes back one failure: the try was no failure after all.
  package static func takeBack(_ subject: [UInt8], in connection: any Connection) throws {
    try connection.run(
      "delete from sign_in_attempts where subject = ?1 and failures = 1", [subject])
    try connection.run(
      "update sign_in_attempts set failures = failures - 1 where subject = ?1 and failures > 1",
      [subject])
  }

  /// Drops what is forgotten; rides sign_in_attempts_age.
  package static func forget(now: Instant, in connection: any Connection) throws {
    try connection.run(
      "delete from sign_in_attempts where last_failed_at <= ?1", [now + -Lockout.memory])
  }
}
