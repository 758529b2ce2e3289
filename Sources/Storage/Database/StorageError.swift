/// What can go wrong in a database, whichever engine it is.
package enum StorageError: Error, Sendable, Equatable {
  /// A unique constraint; the text names it or its columns, as the engine does.
  case notUnique(String)
  case foreignKey(String)
  case check(String)
  /// Others were writing the same rows, or the database was locked, for too long.
  case contention
  /// The engine cannot be reached.
  case unavailable(String)
  case diskFull(String)
  /// The file or its folder may not be written.
  case notWritable(String)
  /// The file is no database, or a broken one.
  case damaged(String)
  /// A statement ran longer than statements may, or a transaction waited longer for a thread.
  case timeout
  /// A stored value is not what the schema promises.
  case unreadable(String)
  /// Anything else: a mistake in a statement.
  case statement(String)

  /// Whether running the whole transaction again may succeed.
  package var mayRetry: Bool { self == .contention }

  /// Whether the same may go well later, with nothing changed here.
  package var isTemporary: Bool {
    switch self {
    case .contention, .unavailable, .diskFull, .notWritable, .timeout: true
    case .notUnique, .foreignKey, .check, .damaged, .unreadable, .statement: false
    }
  }
}

extension StorageError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .notUnique(let what): "not unique: \(what)"
    case .foreignKey(let what): "foreign key: \(what)"
    case .check(let what): "constraint: \(what)"
    case .contention: "too many writers at once, try again"
    case .diskFull(let what): "disk full: \(what)"
    case .notWritable(let what): "not writable: \(what)"
    case .damaged(let what): "damaged: \(what)"
    case .timeout: "the database took too long, try again"
    case .unavailable(let why): "database not available: \(why)"
    case .unreadable(let what): "stored value not readable: \(what)"
    case .statement(let message): "statement failed: \(message)"
    }
  }
}
