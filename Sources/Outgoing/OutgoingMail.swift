/// One mail to one person.
package struct OutgoingMail: Sendable {
  package var server: MailServer
  /// Addresses alone, without names and brackets.
  package var from: String
  package var to: String
  /// RFC 5322, encoded, with CR LF at the end of each line.
  package var text: [UInt8]
  /// Seconds for the whole exchange.
  package var timeout: Double

  package init(
    server: MailServer, from: String, to: String, text: [UInt8], timeout: Double = 30
  ) {
    (self.server, self.from, self.to, self.text, self.timeout) = (server, from, to, text, timeout)
  }

  /// Whether both addresses can be said to a server as they are.
  var isWellFormed: Bool { Self.isAddress(from) && Self.isAddress(to) }

  /// Something, an at sign, something; nothing that ends an address or a line of the protocol.
  package static func isAddress(_ text: String) -> Bool {
    let parts = text.split(separator: "@", omittingEmptySubsequences: false)
    return parts.count == 2 && parts.allSatisfy { !$0.isEmpty } && text.utf8.count <= 254
      && text.utf8.allSatisfy { $0 > 32 && $0 < 127 && !"<>()[]\\,;:\"".utf8.contains($0) }
  }
}

/// The mail server that the operator has named. It may stand inside.
package struct MailServer: Hashable, Sendable {
  package enum Security: String, CaseIterable, Sendable {
    case none, starttls, tls
  }

  package var host: String
  package var port: Int
  package var security: Security
  /// Nil where the server asks for none.
  package var user: String?
  package var password: String?

  package init(
    host: String, port: Int, security: Security, user: String? = nil, password: String? = nil
  ) {
    (self.host, self.port, self.security) = (host, port, security)
    (self.user, self.password) = (user, password)
  }

  /// Nil where the host is none.
  var url: String? {
    let isName =
      !host.isEmpty
      && host.utf8.allSatisfy { byte in
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
          UInt8(ascii: "a")...UInt8(ascii: "z"):
          true
        default: "-._:".utf8.contains(byte)
        }
      }
    guard isName, (1...65535).contains(port) else { return nil }
    let name = host.contains(":") ? "[\(host)]" : host
    return "\(security == .tls ? "smtps" : "smtp")://\(name):\(port)"
  }
}
