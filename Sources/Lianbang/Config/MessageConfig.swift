import Domain
import Outgoing
import Services

/// The settings of mail and SMS.
struct MessageConfig: Sendable {
  private var host: String?
  private var port = 587
  private var security = MailServer.Security.starttls
  private var user: String?
  private var password: String?
  private var from: String?
  private var smsURL: String?
  private var smsMethod = "POST"
  private var smsHeader: (name: String, value: String)?
  private var smsBody = ""
  private var smsSuccess: String?

  /// - Returns: what was expected instead, or nil where all is well.
  mutating func set(_ setting: Setting, _ text: String) -> String? {
    switch setting {
    case .smtpServer:
      let parts = text.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
      guard parts.count == 2, !parts[0].isEmpty, let number = Int(parts[1]),
        (1...65_535).contains(number)
      else { return "HOST:PORT" }
      (host, port) = (parts[0], number)
      return nil
    case .smtpSecurity:
      guard let known = MailServer.Security(rawValue: text) else { return "none, starttls or tls" }
      security = known
      return nil
    case .smtpUser: user = text
    case .smtpPassword: password = text
    case .mailFrom:
      from = text
      return OutgoingMail.isAddress(text) ? nil : "an address such as lianbang@example.gov.cn"
    case .smsURL:
      smsURL = text
      // Its placeholders are no characters of an address.
      let plain = text.replacing("{phone}", with: "1").replacing("{text}", with: "1")
      return (try? OutgoingAddress(plain)) == nil ? "http://… or https://…" : nil
    case .smsMethod:
      smsMethod = text
      return ["GET", "POST", "PUT"].contains(text) ? nil : "GET, POST or PUT"
    case .smsHeader:
      let parts = text.split(separator: ":", maxSplits: 1).map { String($0).trimmed }
      guard parts.count == 2 else { return "NAME: VALUE" }
      smsHeader = (parts[0], parts[1])
      return nil
    case .smsBody:
      smsBody = text
      return text.contains("{phone}") && text.contains("{text}")
        ? nil : "a body with {phone} and {text}"
    case .smsSuccess: smsSuccess = text
    default: break
    }
    return nil
  }

  /// What is missing beside what was given.
  var faults: [String] {
    var faults: [String] = []
    if host != nil, from == nil { faults.append("mail-from: smtp-server needs it") }
    if let smsURL, smsBody.isEmpty, !smsURL.contains("{text}") {
      faults.append("sms-body: sms-url needs it, or {phone} and {text} itself")
    }
    return faults
  }

  /// Without secrets: an address of a gateway often has a key in it.
  func describe(_ setting: Setting) -> String {
    switch setting {
    case .smtpServer: host.map { "\($0):\(port)" } ?? "none"
    case .smtpSecurity: security.rawValue
    case .smtpUser: user ?? "none"
    case .smtpPassword: password == nil ? "none" : "…"
    case .mailFrom: from ?? "none"
    case .smsURL: smsURL.map { (try? OutgoingAddress($0).host).map { "\($0)/…" } ?? "…" } ?? "none"
    case .smsMethod: smsMethod
    case .smsHeader: smsHeader.map { "\($0.name): …" } ?? "none"
    case .smsBody: smsBody.isEmpty ? "none" : "…"
    case .smsSuccess: smsSuccess ?? "any 2xx"
    default: ""
    }
  }

  func gateways(url: String?) -> MessageGateways {
    MessageGateways(
      mail: host.flatMap { host in
        from.map { from in
          MailGateway(
            server: MailServer(
              host: host, port: port, security: security, user: user, password: password),
            from: from)
        }
      },
      sms: smsURL.map {
        SMSGateway(
          url: $0, method: smsMethod, header: smsHeader, body: smsBody, success: smsSuccess)
      }, url: url)
  }
}
