import Domain
import Storage

/// What the use cases that move an order have in common: authorise, load, decide, save, in one
/// transaction.
struct ActOnOrder: Sendable {
  let platform: Platform

  /// - Parameter issuing: whether a number is drawn.
  /// - Throws: `UseCaseError.notFound`, `.orderRefused`
  func callAsFunction<T: Sendable>(
    _ id: OrderID, by account: Account, issuing: Bool = false,
    _ work:
      @escaping @Sendable (
        _ history: inout OrderHistory, _ surroundings: Order.Surroundings,
        _ connection: any Connection
      ) throws -> T
  ) async throws -> T {
    let now = platform.now()
    let body = { @Sendable (connection: any Connection) throws -> T in
      guard var history = try OrderHistory.load(id, in: connection),
        try OrderScope.allows(account, history.order, in: connection)
      else { throw UseCaseError.notFound }
      let surroundings = try OrderScope.surroundings(
        account, history.order, at: now, in: connection)
      do {
        let known = history.steps.count
        let result = try work(&history, surroundings, connection)
        for step in history.steps[known...] {
          try TellPeople(platform, in: connection).tell(
            of: step.event, history.order, at: step.at, by: step.actor)
        }
        return result
      } catch let refused as Order.Refused {
        throw UseCaseError.orderRefused(refused.refusals)
      } catch is LedgerRows.Conflict {
        // Somebody was quicker by a hair. Run again: then the load above sees what they did.
        throw StorageError.contention
      }
    }
    return try await issuing
      ? platform.database.write(exclusively: .issuing, body) : platform.database.write(body)
  }
}
