import Domain
import Storage

/// A webhook is paused, switched on again, removed, or switched off by an administrator.
package struct SwitchWebhook: Sendable {
  let platform: Platform

  package init(_ platform: Platform) { self.platform = platform }

  /// Where a webhook that is switched on again begins.
  package enum Start: String, Sendable, CaseIterable {
    /// Where it stopped: what happened meanwhile is delivered.
    case stopped
    /// From now on.
    case now
  }

  /// - Throws: `UseCaseError.notFound`, `WebhookRefusals`
  package func pause(_ id: WebhookID, by account: Account) async throws {
    try await change(id, "paused", from: [.active], by: account) { webhook, _ in
      webhook.state = .paused
    }
  }

  /// - Throws: `UseCaseError.notFound`, `WebhookRefusals`
  package func resume(_ id: WebhookID, from start: Start, by account: Account) async throws {
    try await change(id, "resumed", from: [.paused, .off], by: account) { webhook, connection in
      (webhook.state, webhook.reason) = (.active, nil)
      // It is judged anew by what comes of it from here on.
      try WebhookQueue.setHealth(WebhookHealth(), successAt: nil, of: id, in: connection)
      if start == .now {
        try DeliveryList.forget(waitingFor: id, in: connection)
        try WebhookQueue.advance(
          [id], to: LedgerHeads.frontier(in: connection).size, in: connection)
      }
    }
  }

  /// Takes it away for good; the ledger keeps that it was.
  /// - Throws: `UseCaseError.notFound`
  package func remove(_ id: WebhookID, by account: Account) async throws {
    let states = Webhook.State.allCases.filter { $0 != .removed }
    try await change(id, "removed", from: states, by: account) { webhook, connection in
      (webhook.state, webhook.reason) = (.removed, nil)
      try WebhookRows.clear(id, in: connection)
    }
  }

  private func change(
    _ id: WebhookID, _ verb: String, from states: [Webhook.State], by account: Account,
    _ body: @escaping @Sendable (inout Webhook, any Connection) throws -> Void
  ) async throws {
    let (platform, now) = (platform, platform.now())
    try await platform.database.write { connection in
      let own = try OwnWebhook(id, of: account, platform, in: connection)
      var webhook = own.stored.webhook
      guard states.contains(webhook.state) else { throw WebhookRefusals([.wrongState]) }
      try body(&webhook, connection)
      try OwnWebhook.change(
        own.stored, to: webhook, verb: verb, at: now, by: account.actor, in: connection)
    }
  }

  /// An administrator switches off somebody's webhook; its owner is told.
  /// - Throws: `UseCaseError.forbidden`, `.notFound`, `WebhookRefusals`
  package func switchOff(_ id: WebhookID, by account: Account) async throws {
    guard account.may(.overseeWebhooks) else { throw UseCaseError.forbidden }
    let (platform, now) = (platform, platform.now())
    try await platform.database.write { connection in
      guard let stored = try WebhookRows.find(id, in: connection),
        stored.webhook.state != .removed
      else { throw UseCaseError.notFound }
      guard stored.webhook.state != .off else { throw WebhookRefusals([.wrongState]) }
      try SwitchWebhook.switchOff(
        stored, .administrator, at: now, by: account.actor, platform, in: connection)
    }
  }

  static func switchOff(
    _ stored: WebhookRows.Stored, _ reason: Webhook.Reason, at now: Instant, by actor: Actor,
    _ platform: Platform, in connection: any Connection
  ) throws {
    var webhook = stored.webhook
    (webhook.state, webhook.reason) = (.off, reason)
    try OwnWebhook.change(
      stored, to: webhook, verb: "switched_off", at: now, by: actor, in: connection)
    let tell = TellPeople(platform, in: connection)
    try tell.tell(
      .webhookOff, .webhook(stored.id), [.account(webhook.account)], at: now,
      visible: tell.visible(from: now), by: actor)
  }
}
