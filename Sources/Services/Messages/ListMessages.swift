import Domain
import Storage

/// The outbox for offices: what waits, what was given up, and why.
package struct ListMessages: Sendable {
  let platform: Platform

  package init(_ platform: Platform) { self.platform = platform }

  /// - Parameter account: nil for whoever holds the database.
  /// - Throws: `UseCaseError.forbidden`
  package func callAsFunction(
    _ part: MessageList.Part, before id: MessageID? = nil, limit: Int = 50, for account: Account?
  ) async throws -> Page<MessageList.Line, MessageID> {
    let unit = try account.map { try MessageScope.office(of: $0).unit } ?? nil
    return try await platform.database.read { connection in
      try MessageList.page(part, of: unit, before: id, limit: limit, in: connection)
    }
  }

  /// What is wrong with whole channels; the city's office and the operator can do something about it.
  /// - Throws: `UseCaseError.forbidden`
  package func troubles(for account: Account?) async throws -> [MessageLines.Trouble] {
    if let account, try MessageScope.office(of: account).unit != nil { return [] }
    return try await platform.database.read { try MessageLines.troubles(in: $0) }
  }
}
