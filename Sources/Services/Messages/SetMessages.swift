import Domain
import Outgoing
import Storage

/// By which ways outside of the application an account wants to be told of what.
package struct SetMessages: Sendable {
  let platform: Platform

  package init(_ platform: Platform) { self.platform = platform }

  package struct Settings: Sendable {
    /// Those the operator has set up and the account can be reached by.
    package let channels: [MessageChannel]
    package let mail: String?
    /// Masked but for its last digits.
    package let phone: String?
    package let choices: [Notice.Kind: Set<MessageChannel>]
    /// What is wrong with a way; a code.
    package let faults: [MessageChannel: String]
  }

  package enum Fault: Error, Sendable {
    case badAddress
  }

  /// - Throws: `StorageError`, `KeyRing.Fault`
  package func settings(of account: Account) async throws -> Settings {
    let (platform, vault) = (platform, platform.vault)
    return try await platform.database.read { connection in
      let stored = try MessageAddresses.find(account.id, vault, in: connection)
      let channels = MessageChannel.personal.filter {
        platform.gateways.has($0) && ($0 == .mail || stored?.phone != nil)
      }
      var faults: [MessageChannel: String] = [:]
      for channel in channels {
        faults[channel] = try MessageLines.fault(channel, account.id.value, in: connection)
      }
      return Settings(
        channels: channels, mail: stored?.mail, phone: (stored?.phone).map { "…" + $0.suffix(4) },
        choices: try MessageAddresses.choices(of: account.id, in: connection), faults: faults)
    }
  }

  /// - Parameters:
  ///   - mail: empty takes it away.
  ///   - language: in which the account reads now (`zh`, `en`).
  /// - Throws: `Fault.badAddress`, `StorageError`
  package func callAsFunction(
    mail: String, _ choices: [Notice.Kind: Set<MessageChannel>], language: String,
    of account: Account
  ) async throws {
    guard mail.isEmpty || OutgoingMail.isAddress(mail) else { throw Fault.badAddress }
    let kinds = Notice.Kind.kinds(for: account.role)
    let (platform, vault) = (platform, platform.vault)
    let chosen = choices.filter { kinds.contains($0.key) }.mapValues { channels in
      channels.filter { MessageChannel.personal.contains($0) && ($0 != .mail || !mail.isEmpty) }
    }
    try await platform.database.write { connection in
      let before = try MessageAddresses.find(account.id, vault, in: connection)
      try MessageAddresses.set(
        mail: mail.isEmpty ? nil : mail, language: language, of: account.id, vault, in: connection)
      let reachable = before?.phone == nil ? chosen.mapValues { $0.subtracting([.sms]) } : chosen
      try MessageAddresses.set(reachable, of: account.id, in: connection)
      // Another address has not failed yet.
      if before?.mail != mail {
        try MessageLines.clear(.mail, account.id.value, in: connection)
      }
    }
  }

  /// Sends a trial to the account itself, at once.
  /// - Throws: `UseCaseError.notFound` where it has no such way.
  package func trial(_ channel: MessageChannel, of account: Account) async throws {
    let now = platform.now()
    guard try await settings(of: account).channels.contains(channel) else {
      throw UseCaseError.notFound
    }
    try await platform.database.write {
      try MessageRows.addTrial(channel, to: .account(account.id), now: now, in: $0)
    }
  }
}
