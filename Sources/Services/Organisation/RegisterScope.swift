import Domain
import Storage

/// Which part of the organisation an account may see in the registers: the subtree of its unit, or all
/// where it has none.
package enum RegisterScope {
  /// - Parameter account: nil for whoever holds the database itself.
  /// - Returns: the path of the subtree.
  package static func path(of account: Account?, in connection: any Connection) throws -> String {
    guard let unit = account?.unit else { return "/" }
    guard let stored = try UnitRows.find(unit, in: connection) else {
      throw UseCaseError.notFound
    }
    // One that was merged away stands for its successor.
    guard let successor = stored.successor else { return stored.path }
    return try UnitRows.find(successor, in: connection)?.path ?? stored.path
  }
}
