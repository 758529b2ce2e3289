import Domain
import Outgoing
import Storage

/// Tells what is due outside of the application: leases recipients, sends to each what waits for it as one
/// message, and notes what came of it. Nothing is sent within a transaction. A server that dies between sending
/// and noting sends once more; a mail then has the same Message-ID.
package struct SendMessages: Sendable {
  let platform: Platform
  let carrier: MessageCarrier
  let words: MessageWords

  package init(_ platform: Platform, _ carrier: MessageCarrier, _ words: MessageWords) {
    (self.platform, self.carrier, self.words) = (platform, carrier, words)
  }

  /// How many recipients one server tells at once.
  static let most = 16

  package struct Done: Sendable {
    package var sent = 0
    package var failed = 0
    /// Recipients that were found to have nothing more to be told, or may not be told yet.
    package var passed = 0
    package var isIdle: Bool { sent + failed + passed == 0 }
  }

  /// - Throws: `StorageError`, `KeyRing.Fault`
  package func callAsFunction() async throws -> Done {
    let (platform, now) = (platform, platform.now())
    let letters = try await platform.database.write { connection in
      try LeaseMessages(platform: platform, now: now, connection: connection)()
    }
    if letters.isEmpty { return Done() }
    // Also when this server is stopping: what was begun is ended and noted, so that it is not sent once more.
    let ending = Task {
      let results = await send(letters, now)
      try await note(results)
      return results
    }
    return Done(try await ending.value)
  }

  /// Seconds between the tries to note what was sent: a database that starts anew comes back.
  private static let waits: [Int] = [1, 2, 4, 8, 16]

  private func note(_ results: [MessageResult]) async throws {
    let (platform, now) = (platform, platform.now())
    for wait in Self.waits.map(Optional.some) + [nil] {
      do {
        return try await platform.database.write { connection in
          try SettleMessages(platform: platform, now: now, connection: connection)(results)
        }
      } catch {
        guard let wait else { throw error }
        try await Task.sleep(for: .seconds(wait))
      }
    }
  }

  private func send(_ letters: [MessageLetter], _ now: Instant) async -> [MessageResult] {
    await withTaskGroup(of: MessageResult.self) { group in
      for letter in letters {
        group.addTask { MessageResult(letter: letter, verdict: await verdict(letter, now)) }
      }
      var results: [MessageResult] = []
      for await result in group { results.append(result) }
      return results
    }
  }

  /// Nil where nothing was tried.
  private func verdict(_ letter: MessageLetter, _ now: Instant) async -> MessageVerdict? {
    if letter.items.isEmpty { return nil }
    let digest = MessageDigest(letter.items.map(\.item))
    func text(_ language: String) -> MessageText {
      MessageText(
        digest: digest, words: words, language: language, url: platform.gateways.url)
    }
    switch letter.target {
    case .mail(let gateway, let to, let language):
      let text = text(language)
      let content = MailText(
        from: gateway.from, to: to, subject: text.subject, body: text.mail, at: now,
        id: letter.items[0].id.description)
      return await mail(
        OutgoingMail(server: gateway.server, from: gateway.from, to: to, text: content.bytes))
    case .sms(let gateway, let phone, let language):
      return await sms(gateway, gateway.request(to: phone, text(language).sms))
    case .robot(let robot, let language):
      let content = text(language).group(most: robot.kind.mostBytes)
      guard let request = try? robot.request(content, at: now) else { return .failed("text") }
      return await tell(robot, request)
    case .later: return nil
    case .nowhere(let fault): return .hopeless(fault)
    case .closed(let fault): return .closed(fault)
    }
  }

  private func mail(_ mail: OutgoingMail) async -> MessageVerdict? {
    switch await carrier.mail(mail) {
    case nil: .sent
    case .stopped: nil
    case .badAddress: .hopeless("bad_address")
    // What passes; an address that is refused for good is everybody's trouble.
    case .sender(let reply) where reply < 500: .mail(reply: reply)
    case .broken(let text) where text.hasPrefix("smtp "):
      .mail(reply: Int(text.dropFirst(5)) ?? 0)
    case .some(let fault): .closed(fault.code)
    }
  }

  private func sms(
    _ gateway: SMSGateway, _ request: OutgoingRequest
  ) async -> MessageVerdict? {
    switch await carrier.request(request) {
    case .success(let answer): gateway.verdict(answer)
    case .failure(.stopped): nil
    case .failure(let fault): .closed(fault.code)
    }
  }

  private func tell(
    _ robot: RobotRequest, _ request: OutgoingRequest
  ) async -> MessageVerdict? {
    switch await carrier.request(request) {
    case .success(let answer): robot.verdict(answer)
    case .failure(.stopped): nil
    case .failure(let fault): .failed(fault.code)
    }
  }
}

extension SendMessages.Done {
  fileprivate init(_ results: [MessageResult]) {
    for result in results {
      switch result.verdict {
      case .sent: sent += 1
      case nil: passed += 1
      default: failed += 1
      }
    }
  }
}

/// What goes to one recipient now.
struct MessageLetter: Sendable {
  enum Target: Sendable {
    case mail(MailGateway, to: String, language: String)
    case sms(SMSGateway, phone: String, language: String)
    case robot(RobotRequest, language: String)
    /// A robot that has spoken enough for now.
    case later(Instant)
    /// There is no way to it.
    case nowhere(String)
    /// The operator has taken the channel away.
    case closed(String)
  }

  let line: MessageLines.Line
  let items: [MessageRows.Waiting]
  let target: Target
}

struct MessageResult: Sendable {
  let letter: MessageLetter
  /// Nil where nothing was tried.
  let verdict: MessageVerdict?
}
