import GRDB
import GRDBSQLite
import Synchronization

/// Ends statements that run too long. SQLite asks every few thousand steps of its machine whether to
/// go on.
final class StatementLimits: Sendable {
  /// When the statement at hand must have ended. Belongs to one connection, which one thread uses at
  /// a time: the pool sees to it.
  final class Deadline: @unchecked Sendable {
    fileprivate var end: ContinuousClock.Instant?
    fileprivate let limit: Duration

    fileprivate init(_ limit: Duration) { self.limit = limit }

    func start() { end = .now + limit }
    func stop() { end = nil }
  }

  private let limit: Duration
  private let deadlines = Mutex<[UInt: Deadline]>([:])
  /// Steps between two questions: some milliseconds.
  private static let steps: Int32 = 100_000

  init(_ limit: Duration) { self.limit = limit }

  /// To be called once for each new connection.
  func watch(_ database: GRDB.Database) {
    let deadline = Deadline(limit)
    // Held here for as long as the database is open.
    deadlines.withLock { $0[key(database)] = deadline }
    sqlite3_progress_handler(
      database.sqliteConnection, Self.steps,
      { context in
        let deadline = Unmanaged<Deadline>.fromOpaque(context!).takeUnretainedValue()
        return deadline.end.map { ContinuousClock.now > $0 } == true ? 1 : 0
      }, Unmanaged.passUnretained(deadline).toOpaque())
  }

  func deadline(of database: GRDB.Database) -> Deadline {
    deadlines.withLock { $0[key(database)]! }
  }

  private func key(_ database: GRDB.Database) -> UInt {
    UInt(bitPattern: database.sqliteConnection!)
  }
}
