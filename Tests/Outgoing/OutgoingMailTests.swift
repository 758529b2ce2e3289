import Synchronization
import Testing

@testable import Outgoing

/// The server's side is RFC 5321 as far as a client needs it.
struct OutgoingMailTests {
  private let outgoing = Outgoing(rules: AddressRules())

  /// - Parameter answers: by the first four letters of what the client said; 250 for the rest.
  private func mailServer(
    _ answers: [String: String] = [:], heard: @escaping @Sendable (String) -> Void
  ) -> SocketServer {
    SocketServer { socket in
      socket.write("220 mail.test\r\n")
      while let line = socket.line() {
        heard(line)
        switch line.prefix(4).uppercased() {
        case "DATA":
          socket.write("354 go on\r\n")
          while let text = socket.line(), text != "." { heard(text) }
          socket.write(answers["TEXT"] ?? "250 taken\r\n")
        case "QUIT":
          socket.write("221 bye\r\n")
          return
        case let verb: socket.write(answers[verb] ?? "250 ok\r\n")
        }
      }
    }
  }

  private func mail(_ port: Int, to: String = "b@city.test") -> OutgoingMail {
    OutgoingMail(
      server: MailServer(host: "127.0.0.1", port: port, security: .none), from: "a@city.test",
      to: to,
      text: Array("Subject: x\r\n\r\none\r\n.two\r\n".utf8))
  }

  private func fault(_ mail: OutgoingMail) async -> OutgoingFault? {
    do {
      try await outgoing.send(mail)
      return nil
    } catch {
      return error
    }
  }

  @Test("A mail is handed over as it is, to a server inside too")
  func handedOver() async throws {
    let heard = Mutex<[String]>([])
    let server = mailServer { line in heard.withLock { $0.append(line) } }
    defer { server.close() }
    try await outgoing.send(mail(server.port))
    let lines = heard.withLock { $0 }
    #expect(lines.contains { $0.hasPrefix("MAIL FROM:<a@city.test>") })
    #expect(lines.contains { $0.hasPrefix("RCPT TO:<b@city.test>") })
    // A line that begins with a dot gets a second one (RFC 5321 section 4.5.2).
    #expect(lines.suffix(4) == ["Subject: x", "", "one", "..two"])
  }

  @Test(
    "A server that says no is told with its number",
    arguments: [
      (["RCPT": "550 no such user\r\n"], "smtp 550"), (["RCPT": "451 later\r\n"], "smtp 451"),
      (["TEXT": "552 too much\r\n"], "smtp 552"),
    ])
  func refused(answers: [String: String], text: String) async {
    let server = mailServer(answers) { _ in }
    defer { server.close() }
    #expect(await fault(mail(server.port)) == .broken(text))
  }

  @Test("A server that refuses the operator's own address says nothing of the recipient")
  func refusedSender() async {
    let server = mailServer(["MAIL": "553 not yours\r\n"]) { _ in }
    defer { server.close() }
    #expect(await fault(mail(server.port)) == .sender(553))
  }

  @Test("A server is greeted without a mail, and one that is gone is told of")
  func greeting() async throws {
    let heard = Mutex<[String]>([])
    let server = mailServer { line in heard.withLock { $0.append(line) } }
    try await outgoing.greet(mail(server.port).server)
    server.close()
    let verbs = heard.withLock { $0.map { $0.prefix(4).uppercased() } }
    #expect(verbs.first == "EHLO" && verbs.contains("NOOP") && !verbs.contains("MAIL"))
    // Port 1 (tcpmux) is served by nothing.
    await #expect(throws: OutgoingFault.unreachable) {
      try await outgoing.greet(mail(1).server)
    }
  }

  @Test("Where a safe line is wanted nothing is sent over an open one")
  func noEncryption() async {
    let heard = Mutex<[String]>([])
    let server = mailServer { line in heard.withLock { $0.append(line) } }
    defer { server.close() }
    var mail = mail(server.port)
    mail.server.security = .starttls
    #expect(await fault(mail) == .tls)
    #expect(!heard.withLock { $0 }.contains { $0.hasPrefix("MAIL") })
  }

  @Test(
    "Mail addresses that would say more to the server are refused",
    arguments: ["", "b", "@", "b@", "@c", "b@c@d", "b@c>\r\nDATA", "b c@d", "<b@c>", "b@例.cn"])
  func badAddresses(to: String) async {
    #expect(await fault(mail(1, to: to)) == .badAddress)
  }
}
