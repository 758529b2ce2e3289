import Domain
import Outgoing

/// What the operator has set up for telling people outside of the application.
package struct MessageGateways: Sendable {
  package var mail: MailGateway?
  package var sms: SMSGateway?
  /// Where browsers reach the platform, for links; nil where nobody said.
  package var url: String?

  package init(mail: MailGateway? = nil, sms: SMSGateway? = nil, url: String? = nil) {
    (self.mail, self.sms, self.url) = (mail, sms, url)
  }

  /// Whether an account can choose it.
  package func has(_ channel: MessageChannel) -> Bool {
    switch channel {
    case .mail: mail != nil
    case .sms: sms != nil
    case .robot: true
    }
  }
}

/// The mail server, and whom mails come from.
package struct MailGateway: Sendable {
  package var server: MailServer
  /// An address alone.
  package var from: String

  package init(server: MailServer, from: String) {
    (self.server, self.from) = (server, from)
  }
}

/// Texts in the language of whoever reads them. They are the pages' texts, which stand above this floor, as they do
/// above that of the addresses for programs.
package struct MessageWords: Sendable {
  private let text: @Sendable (_ key: String, _ arguments: [String: String], String) -> String

  /// - Parameter text: of a key, with its arguments, in a language (`zh`, `en`).
  package init(
    _ text: @escaping @Sendable (_ key: String, _ arguments: [String: String], String) -> String
  ) {
    self.text = text
  }

  package func callAsFunction(
    _ key: String, _ arguments: [String: String] = [:], in language: String
  ) -> String {
    text(key, arguments, language)
  }
}
