/// A thing an operator can set: by an option, else by an environment variable, else in the
/// configuration file, else by default.
enum Setting: String, CaseIterable {
  case host, port, url, database, replica, connections, hash, assets, attachments
  case statementTimeout = "statement-timeout"
  case keyFile = "key-file"
  case masterKey = "master-key"
  case logLevel = "log-level"
  case sessionIdle = "session-idle"
  case administratorIdle = "administrator-idle"
  case sessionHours = "session-hours"
  case passwordLength = "password-length"
  case passwordKinds = "password-kinds"
  case passwordDays = "password-days"
  case requestsPerMinute = "requests-per-minute"
  case outgoingAllowed = "outgoing-allowed"
  case open311Public = "open311-public"
  case publicFeeds = "public-feeds"
  case smtpServer = "smtp-server"
  case smtpSecurity = "smtp-security"
  case smtpUser = "smtp-user"
  case smtpPassword = "smtp-password"
  case mailFrom = "mail-from"
  case smsURL = "sms-url"
  case smsMethod = "sms-method"
  case smsHeader = "sms-header"
  case smsBody = "sms-body"
  case smsSuccess = "sms-success"

  /// `LIANBANG_KEY_FILE` for `key-file`.
  var environmentName: String {
    "LIANBANG_" + rawValue.uppercased().replacing("-", with: "_")
  }

  /// A key would be seen in the list of processes or in a copy of the file.
  var isEnvironmentOnly: Bool { self == .masterKey }

  /// What is never shown, also where it is wrong.
  var isSecret: Bool {
    switch self {
    case .masterKey, .smtpPassword, .smsHeader, .smsURL, .smsBody: true
    default: false
    }
  }
}

/// A setting's value as it was given, and where.
struct GivenValue {
  enum Source: CustomStringConvertible {
    case option
    case environment(String)
    case file(String, line: Int)

    var description: String {
      switch self {
      case .option: "option"
      case .environment(let name): "$\(name)"
      case .file(let path, let line): "\(path):\(line)"
      }
    }
  }

  let text: String
  let source: Source
}

/// What is wrong with the configuration, all of it.
struct ConfigFaults: Error, CustomStringConvertible {
  var lines: [String] = []

  var description: String { lines.joined(separator: "\n") }
}
