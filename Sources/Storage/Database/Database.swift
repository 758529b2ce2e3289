import Cryptography

/// The waist of the house: one protocol, two engines.
///
/// Closures run synchronously on a thread the database owns, or on the caller's where that is one of
/// `RequestThreads`, never on the cooperative pool. A closure may run again after a serialisation failure, so it must have no effect but through its
/// connection.
package protocol Database: BackupSource {
  var dialect: Dialect { get }
  /// The algorithms of this database, which its connections pass on.
  var suite: CipherSuite { get }

  /// To be called once, when it is known what the database was made with; SHA-256 until then.
  func use(_ suite: CipherSuite)

  /// Runs a closure on a consistent snapshot.
  /// - Throws: `StorageError`, or what the closure throws.
  func read<T: Sendable>(
    from source: ReadSource, _ body: @escaping @Sendable (any Connection) throws -> T
  ) async throws -> T

  /// The same for a few rows that are found by their keys, within a millisecond: an engine in this process looks
  /// on the caller's thread, if that may stand still. To hand so little to another thread costs more than it.
  /// - Throws: `StorageError`, or what the closure throws.
  func look<T: Sendable>(
    _ body: @escaping @Sendable (any Connection) throws -> T
  ) async throws -> T

  /// Runs a closure in one transaction: all of it is durable on return, or none of it happened.
  /// - Throws: `StorageError`, or what the closure throws.
  @discardableResult
  func write<T: Sendable>(_ body: @escaping @Sendable (any Connection) throws -> T) async throws
    -> T

  /// The same for work that one writer in all servers does at a time: it waits for its turn, and sees
  /// everything that was committed before.
  @discardableResult
  func write<T: Sendable>(
    exclusively work: ExclusiveWork, _ body: @escaping @Sendable (any Connection) throws -> T
  ) async throws -> T

  /// Makes what was deleted or overwritten in a table unreadable in the engine's own files.
  /// - Throws: `StorageError`
  func purge(_ table: String) async throws

  /// What its threads are doing now.
  var load: DatabaseLoad { get }

  /// Ends all connections; nothing may be asked of the database afterwards.
  func close() async
}

extension Database {
  package func read<T: Sendable>(
    _ body: @escaping @Sendable (any Connection) throws -> T
  ) async throws -> T {
    try await read(from: .primary, body)
  }

  package func look<T: Sendable>(
    _ body: @escaping @Sendable (any Connection) throws -> T
  ) async throws -> T {
    try await read(body)
  }
}

/// Where a read may look.
package enum ReadSource: Sendable {
  /// Sees all that was acknowledged.
  case primary
  /// May lag behind by what replication lags: long reading that should not load the primary. The
  /// same as `primary` where there is no replica, or none that answers.
  case replica
}

/// How busy a database's threads are.
package struct DatabaseLoad: Sendable {
  package let threads: Int
  package let running: Int
  package let waiting: Int

  package init(threads: Int, running: Int, waiting: Int) {
    self.threads = threads
    self.running = running
    self.waiting = waiting
  }
}

/// Work that only one writer may do at a time; the numbers are the keys of its lock.
package enum ExclusiveWork: Int, Sendable {
  case migrating = 4_110_001
  case sequencing = 4_110_002
  case firstStart = 4_110_003
  case rotatingKeys = 4_110_004
  /// Changes of the organisation tree follow one another, in the order of their entries.
  case organising = 4_110_005
  /// Visits are planned one after another: of two that count what an enterprise's month has, one would
  /// not see the other.
  case planningVisits = 4_110_015
  /// Of two plans the later one sees what the earlier one changed.
  case adoptingPairing = 4_110_016
  /// Rows of problems are made anew.
  case rebuilding = 4_110_007
  /// Orders of a series get their numbers one after another: on PostgreSQL a snapshot taken before the
  /// wait for the last number would make the wait vain.
  case issuing = 4_110_006
}

/// One connection inside a transaction, good only within the closure it was given to.
package protocol Connection {
  var dialect: Dialect { get }
  var suite: CipherSuite { get }

  /// Runs a statement; parameters are `?1`, `?2`, … on both engines.
  /// - Returns: how many rows it changed.
  /// - Throws: `StorageError`
  @discardableResult
  func run(_ sql: String, _ arguments: [any SQLConvertible]) throws -> Int

  /// Hands each row of a result to a closure, which must not keep it.
  /// - Throws: `StorageError`, or what the closure throws.
  func forEach(
    _ sql: String, _ arguments: [any SQLConvertible], _ body: (any SQLRow) throws -> Void) throws

  /// The same for results of any size: never more than a few hundred rows are in memory.
  func stream(
    _ sql: String, _ arguments: [any SQLConvertible], _ body: (any SQLRow) throws -> Void) throws

  /// Inserts many rows, as fast as the engine can.
  /// - Throws: `StorageError`; then none is in.
  func insert(
    into table: String, _ columns: [String], _ rows: [[any SQLConvertible]]) throws

  /// Runs statements without parameters, separated by semicolons: migrations only.
  func runScript(_ sql: String) throws
}

extension Connection {
  @discardableResult
  package func run(_ sql: String) throws -> Int { try run(sql, []) }

  package func rows<T>(
    _ sql: String, _ arguments: [any SQLConvertible] = [], _ decode: (any SQLRow) throws -> T
  ) throws -> [T] {
    var result: [T] = []
    try forEach(sql, arguments) { result.append(try decode($0)) }
    return result
  }

  /// The first row of a result, or nil where it has none.
  package func row<T>(
    _ sql: String, _ arguments: [any SQLConvertible] = [], _ decode: (any SQLRow) throws -> T
  ) throws -> T? {
    var result: T?
    try forEach(sql, arguments) { if result == nil { result = try decode($0) } }
    return result
  }
}

/// One row of a result; columns are numbered from 0.
package protocol SQLRow {
  func optionalInt(_ column: Int) throws -> Int64?
  func optionalText(_ column: Int) throws -> String?
  func optionalBytes(_ column: Int) throws -> [UInt8]?

  /// A text's or byte string's bytes where they lie, good until the next row; empty for null.
  func unsafeBytes(_ column: Int) -> UnsafeRawBufferPointer
}

extension SQLRow {
  package func int(_ column: Int) throws -> Int64 {
    // Not by `present`: this is called for every row there is.
    guard let value = try optionalInt(column) else {
      throw StorageError.unreadable("column \(column)")
    }
    return value
  }
  package func text(_ column: Int) throws -> String { try present(optionalText(column), column) }
  package func bytes(_ column: Int) throws -> [UInt8] { try present(optionalBytes(column), column) }

  // Where they are used the type is known; called, they look up what an optional of it is, value for value.

  /// A value stored under its raw text.
  /// - Throws: `StorageError.unreadable` where the text is none of the cases.
  @inline(__always)
  package func value<T: RawRepresentable<String>>(_ column: Int, _ type: T.Type) throws -> T {
    try present(T(rawValue: text(column)), column)
  }

  @inline(__always)
  package func optionalValue<T: RawRepresentable<String>>(
    _ column: Int, _ type: T.Type
  ) throws -> T? {
    try optionalText(column).map { try present(T(rawValue: $0), column) }
  }

  @inline(__always)
  package func present<T>(_ value: T?, _ column: Int) throws -> T {
    guard let value else { throw StorageError.unreadable("column \(column)") }
    return value
  }
}
