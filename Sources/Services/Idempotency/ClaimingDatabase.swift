import Cryptography
import Domain
import Storage
import Synchronization

/// Takes a claim in the first transaction that writes.
final class ClaimingDatabase: Database, Sendable {
  struct Taken: Error {}

  private let database: any Database
  private let claim: ClaimRows.Claim
  private let now: Instant
  private let isTaken = Atomic(false)

  init(_ database: any Database, _ claim: ClaimRows.Claim, now: Instant) {
    (self.database, self.claim, self.now) = (database, claim, now)
  }

  var dialect: Dialect { database.dialect }
  var suite: CipherSuite { database.suite }
  var load: DatabaseLoad { database.load }

  func backUp(to file: String, emptied table: String) async throws {
    try await database.backUp(to: file, emptied: table)
  }

  func use(_ suite: CipherSuite) { database.use(suite) }
  func close() async { await database.close() }
  func purge(_ table: String) async throws { try await database.purge(table) }

  func read<T: Sendable>(
    from source: ReadSource, _ body: @escaping @Sendable (any Connection) throws -> T
  ) async throws -> T {
    try await database.read(from: source, body)
  }

  func write<T: Sendable>(
    _ body: @escaping @Sendable (any Connection) throws -> T
  ) async throws -> T {
    let result = try await database.write(claiming(body))
    isTaken.store(true, ordering: .relaxed)
    return result
  }

  func write<T: Sendable>(
    exclusively work: ExclusiveWork, _ body: @escaping @Sendable (any Connection) throws -> T
  ) async throws -> T {
    let result = try await database.write(exclusively: work, claiming(body))
    isTaken.store(true, ordering: .relaxed)
    return result
  }

  private func claiming<T>(
    _ body: @escaping @Sendable (any Connection) throws -> T
  ) -> @Sendable (any Connection) throws -> T {
    if isTaken.load(ordering: .relaxed) { return body }
    return { [claim, now] connection in
      guard try ClaimRows.take(claim, at: now, in: connection) else { throw Taken() }
      return try body(connection)
    }
  }
}
