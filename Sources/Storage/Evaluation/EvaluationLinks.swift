import Cryptography
import Domain

/// One-time links by which the asker rates a round. Only their hashes are kept.
package enum EvaluationLinks {
  package struct Target: Hashable, Sendable {
    package let problem: ProblemID
    package let round: Int

    package init(problem: ProblemID, round: Int) {
      (self.problem, self.round) = (problem, round)
    }
  }

  /// Adds a link; earlier ones of the round stop working.
  package static func add(
    _ token: SecretToken, for target: Target, at now: Instant, expires: Instant,
    in connection: any Connection
  ) throws {
    try connection.run(
      """
      update evaluation_links
      set used_at = ?3
      where problem_id = ?1 and round = ?2 and used_at is null
      """, [target.problem, target.round, now])
    try connection.run(
      """
      insert into evaluation_links (token_hash, problem_id, round, created_at, expires_at)
      values (?1, ?2, ?3, ?4, ?5)
      """, [token.hash, target.problem, target.round, now, expires])
  }

  /// What a link is for, while it can be used.
  package static func find(
    _ token: SecretToken, now: Instant, in connection: any Connection
  ) throws -> Target? {
    try connection.row(
      """
      select problem_id, round
      from evaluation_links
      where token_hash = ?1 and used_at is null and expires_at > ?2
      """, [token.hash, now]
    ) { Target(problem: try $0.problemID(0), round: Int(try $0.int(1))) }
  }

  /// - Returns: false where the link was used meanwhile.
  package static func use(
    _ token: SecretToken, now: Instant, in connection: any Connection
  ) throws -> Bool {
    try connection.run(
      "update evaluation_links set used_at = ?2 where token_hash = ?1 and used_at is null",
      [token.hash, now]) == 1
  }
}
