import Domain
import Storage

/// The owner of a webhook has something delivered again, or tries its receiver.
package struct RedeliverWebhook: Sendable {
  let platform: Platform

  package init(_ platform: Platform) { self.platform = platform }

  /// Once more, whatever came of it.
  /// - Throws: `UseCaseError.notFound`, `WebhookRefusals`
  package func callAsFunction(
    _ delivery: DeliveryRows.ID, of id: WebhookID, by account: Account
  ) async throws {
    try await onActive(id, by: account) { connection, now in
      guard try DeliveryList.redeliver(delivery, of: id, at: now, in: connection) else {
        throw UseCaseError.notFound
      }
    }
  }

  /// All that were given up.
  /// - Returns: how many.
  /// - Throws: `UseCaseError.notFound`, `WebhookRefusals`
  @discardableResult
  package func failed(of id: WebhookID, by account: Account) async throws -> Int {
    try await onActive(id, by: account) { connection, now in
      try DeliveryList.redeliverFailed(of: id, at: now, in: connection)
    }
  }

  /// Sends an event `lianbang.test`, which tells of nothing.
  /// - Throws: `UseCaseError.notFound`, `WebhookRefusals`
  @discardableResult
  package func test(_ id: WebhookID, by account: Account) async throws -> DeliveryRows.ID {
    try await onActive(id, by: account) { connection, now in
      try DeliveryRows.add([(webhook: id, entry: nil)], at: now, in: connection)[0]
    }
  }

  private func onActive<T: Sendable>(
    _ id: WebhookID, by account: Account,
    _ body: @escaping @Sendable (any Connection, Instant) throws -> T
  ) async throws -> T {
    let (platform, now) = (platform, platform.now())
    return try await platform.database.write { connection in
      let own = try OwnWebhook(id, of: account, platform, in: connection)
      guard own.stored.webhook.state == .active else { throw WebhookRefusals([.wrongState]) }
      return try body(connection, now)
    }
  }
}
