import Domain
import Storage
import Synchronization

/// What this server knows of all spans, column by column, brought up to date from the tables before each
/// use. Read once in full, at the first use or when the server starts.
package final class FigureStore: Sendable {
  private struct State {
    var columns: FigureColumns
    /// The ledger's last entry that is in it; nil before the first reading.
    var head: Int64?
  }

  private let definitions: [Definition]
  private let state: Mutex<State>

  /// Problems whose rows may lie out of order before everything is read anew.
  private static let disorder = 50_000

  init(_ definitions: [Definition]) {
    self.definitions = definitions
    state = Mutex(State(columns: FigureColumns(for: definitions)))
  }

  /// - Parameter body: must not keep the columns.
  func use<T: Sendable>(
    in connection: any Connection, _ body: (FigureColumns) throws -> T
  ) throws -> T {
    let head = try LedgerRows.lastID(in: connection)
    return try state.withLock { state in
      if state.head != head || state.columns.disorder > FigureStore.disorder {
        try refresh(&state, to: head, in: connection)
      }
      return try body(state.columns)
    }
  }

  private func refresh(
    _ state: inout State, to head: Int64, in connection: any Connection
  ) throws {
    // A snapshot that is older than what is here, of a reader that was slow: nothing is missing here.
    if let known = state.head, head < known { return }
    if let known = state.head, state.columns.disorder <= FigureStore.disorder {
      // Of two transactions the one with the later id may have been there first.
      let since = Identifiers.from(Identifiers.instant(of: known) + -FigureCache.settling)
      try FigureRows.changed(since: since, in: connection) { state.columns.replace($0) }
    } else {
      // Nothing is here until all is: not two of them at once, and no half of one if reading fails.
      state = State(columns: FigureColumns(for: definitions))
      state.columns = try FigureColumns(for: definitions, fromTableIn: connection)
    }
    state.head = head
  }
}
