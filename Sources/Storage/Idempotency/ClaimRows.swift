import Cryptography
import Domain

/// What programs asked for under a key of theirs.
package enum ClaimRows {
  /// A request under a key.
  package struct Claim: Sendable {
    package let account: AccountID
    package let key: Digest
    package let request: Digest

    package init(account: AccountID, key: Digest, request: Digest) {
      (self.account, self.key, self.request) = (account, key, request)
    }
  }

  package struct Stored: Sendable {
    /// Whether it is the same request, and not another under the same key.
    package let isSame: Bool
    /// Nil while nobody was answered.
    package let answer: Answer?
  }

  package struct Answer: Sendable {
    package let status: Int
    package let text: String

    package init(status: Int, text: String) { (self.status, self.text) = (status, text) }
  }

  private static let purpose = "claimed answer"

  /// - Returns: nil where the key is new.
  package static func find(
    _ claim: Claim, _ vault: Vault, in connection: any Connection
  ) throws -> Stored? {
    try connection.row(
      """
      select request_hash, status, answer
      from request_claims
      where account_id = ?1 and key_hash = ?2
      """, [claim.account, claim.key.bytes]
    ) { row in
      let answer = try row.optionalText(2).map {
        Answer(
          status: Int(try row.int(1)), text: try vault.open($0, purpose: purpose))
      }
      return Stored(isSame: try row.bytes(0) == claim.request.bytes, answer: answer)
    }
  }

  /// - Returns: false where somebody has the key already.
  package static func take(
    _ claim: Claim, at now: Instant, in connection: any Connection
  ) throws -> Bool {
    try connection.run(
      """
      insert into request_claims (account_id, key_hash, request_hash, claimed_at)
      values (?1, ?2, ?3, ?4)
      on conflict do nothing
      """, [claim.account, claim.key.bytes, claim.request.bytes, now]) == 1
  }

  package static func settle(
    _ claim: Claim, _ answer: Answer, _ vault: Vault, in connection: any Connection
  ) throws {
    try connection.run(
      "update request_claims set status = ?3, answer = ?4 where account_id = ?1 and key_hash = ?2",
      [
        claim.account, claim.key.bytes, answer.status,
        try vault.seal(answer.text, purpose: purpose),
      ])
  }

  /// Removes up to a number of those from before an instant; rides request_claims_old.
  package static func removeOld(
    before: Instant, limit: Int, in connection: any Connection
  ) throws -> Int {
    try connection.run(
      """
      delete from request_claims
      where (account_id, key_hash) in (
        select account_id, key_hash from request_claims where claimed_at < ?1 limit ?2)
      """, [before, limit])
  }
}
