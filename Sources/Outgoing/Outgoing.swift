/// What goes out to others' servers: requests and mails, on a thread of its own, to no address that the
/// operator keeps inside.
package final class Outgoing: Sendable {
  package let rules: AddressRules
  private let line: Line

  /// - Parameter caFile: the certificates that are trusted; nil for the system's.
  package init(rules: AddressRules, caFile: String? = nil) {
    self.rules = rules
    line = Line(caFile: caFile)
  }

  deinit { line.stop() }

  /// - Throws: `OutgoingFault` where there is no answer; a status that says no is an answer.
  package func send(_ request: OutgoingRequest) async throws(OutgoingFault) -> OutgoingAnswer {
    guard request.isWellFormed else { throw .badAddress }
    let address = try OutgoingAddress(request.url)
    let result = await line.carry(Transfer(.request(request, host: address.host, rules)))
    return try result.get()
  }

  /// - Throws: `OutgoingFault` where the mail server has not taken the mail.
  package func send(_ mail: OutgoingMail) async throws(OutgoingFault) {
    guard mail.isWellFormed, let url = mail.server.url else { throw .badAddress }
    _ = try await line.carry(Transfer(.mail(mail, url: url))).get()
  }

  /// Greets a mail server, with encryption and password as they are set, and leaves; no mail is sent.
  /// - Throws: `OutgoingFault` where it does not let us in.
  package func greet(_ server: MailServer, timeout: Double = 10) async throws(OutgoingFault) {
    guard let url = server.url else { throw .badAddress }
    _ = try await line.carry(Transfer(.greeting(server, url: url, timeout: timeout))).get()
  }

  /// Ends what is under way; nothing goes out after it.
  package func stop() {
    line.stop()
  }
}
