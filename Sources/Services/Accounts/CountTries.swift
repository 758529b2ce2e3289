import Domain
import Storage

/// Counts wrong passwords and codes, and makes the next try wait. A try counts as wrong before it is looked
/// at, so that many at once are no more than many one after the other.
struct CountTries: Sendable {
  let platform: Platform

  init(_ platform: Platform) { self.platform = platform }

  /// A try that was counted.
  struct Try: Sendable {
    fileprivate let subject: [UInt8]
    fileprivate let address: [UInt8]?
    fileprivate let failures: Int
  }

  /// - Parameters:
  ///   - name: what is tried: there or not, it is counted alike.
  ///   - account: whose it is, where it is somebody's.
  /// - Throws: `UseCaseError.tooManyTries`
  func begin(_ name: String, of account: AccountID?, _ arrival: Arrival) async throws -> Try {
    let (now, vault) = (platform.now(), platform.vault)
    let known = try account.flatMap { account in
      try arrival.mark.flatMap { mark in
        try DeviceMark(platform).fits(mark, account) ? "device\0\(mark)\0\(name)" : nil
      }
    }
    let subject = try vault.keyedHash(known ?? "name\0\(name)", .attempt)
    // Behind one address there may be a whole county: a device that is known is not held up by others.
    let address =
      known == nil
      ? try arrival.address.map { try vault.keyedHash("address\0\($0)", .attempt) } : nil
    return try await platform.database.write { connection in
      let counted: [([UInt8], Lockout.Subject)] =
        [(subject, .name)] + (address.map { [($0, .address)] } ?? [])
      let before = try counted.map { try AttemptRows.find($0.0, in: connection) }
      let opens = zip(before, counted).compactMap { $0?.opens($1.1) }.max()
      if let opens, opens > now { throw UseCaseError.tooManyTries(until: opens) }
      try AttemptRows.forget(now: now, in: connection)
      let after = before.map { Lockout.failed($0, at: now) }
      for (lockout, (subject, _)) in zip(after, counted) {
        try AttemptRows.put(lockout, of: subject, in: connection)
      }
      return Try(subject: subject, address: address, failures: after[0].failures)
    }
  }

  /// The try was wrong indeed: where the next must wait, the account's stream tells.
  func failed(_ attempt: Try, of account: AccountID?) async throws {
    guard let account, Lockout.wait(after: attempt.failures, of: .name) > 0 else { return }
    let now = platform.now()
    try await platform.database.write {
      try SessionRows.recordLock(of: account, failures: attempt.failures, at: now, in: $0)
    }
  }

  /// The try was right.
  func succeeded(_ attempt: Try, in connection: any Connection) throws {
    try AttemptRows.clear(attempt.subject, in: connection)
    if let address = attempt.address { try AttemptRows.takeBack(address, in: connection) }
  }

  /// Runs the check of a try; one that could not be looked at does not count.
  func looking(_ attempt: Try, _ check: () async throws -> Bool) async throws -> Bool {
    do {
      return try await check()
    } catch {
      try await platform.database.write { connection in
        try AttemptRows.takeBack(attempt.subject, in: connection)
        if let address = attempt.address { try AttemptRows.takeBack(address, in: connection) }
      }
      throw error
    }
  }
}
