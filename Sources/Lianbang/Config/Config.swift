import Cryptography
import Domain
import Foundation
import Logging
import Outgoing
import Services

/// The whole configuration, checked: options before `LIANBANG_*` before the file before defaults.
struct Config: Sendable {
  enum Database: Sendable {
    case sqlite(path: String)
    case postgres(url: String)
  }

  private(set) var host = "127.0.0.1"
  private(set) var port = 8080
  private(set) var url: String?
  private(set) var database = Database.sqlite(path: "var/lianbang.sqlite")
  private(set) var replica: String?
  private(set) var connections = 8
  /// Seconds.
  private(set) var statementTimeout = 15
  /// The algorithms of a new database.
  private(set) var hash: CipherSuite?
  private(set) var assets: String?
  /// The folder with the files of attachments.
  private(set) var attachments = "attachments"
  private(set) var keyFile: String?
  private(set) var masterKeys: [MasterKey] = []
  private(set) var logLevel = Logger.Level.info
  /// What signing in demands.
  private(set) var signIn = SignInRules()
  /// How often one account's programs may ask.
  private(set) var requestsPerMinute = 1200
  /// Where requests may go.
  private(set) var addressRules = AddressRules()
  private(set) var messages = MessageConfig()
  /// Whether everybody may see the state of requests.
  private(set) var open311Public = false
  /// Whether everybody may have the feeds of notices and figures.
  private(set) var publicFeeds = false
  /// Each setting as shown by `doctor`: value with secrets masked, and where it comes from.
  private(set) var shown: [(setting: Setting, value: String, source: String)] = []

  /// Where the key is when nothing says otherwise: beside an embedded database.
  var keyPath: String {
    if let keyFile { return keyFile }
    switch database {
    case .sqlite(let path): return path + ".key"
    case .postgres: return "var/lianbang.key"
    }
  }

  /// - Parameters:
  ///   - options: as given on the command line.
  ///   - environment: of the process.
  /// - Throws: `ConfigFaults` with everything that is wrong.
  init(
    options: [Setting: String], file path: String?, environment: [String: String]
  ) throws {
    var faults = ConfigFaults()
    let path = path ?? environment["LIANBANG_CONFIG"]
    let file = path.map { ConfigFile(path: $0, &faults) } ?? ConfigFile()
    Config.checkNames(environment, &faults)
    for setting in Setting.allCases {
      let given: GivenValue? =
        if let text = options[setting] {
          GivenValue(text: text, source: .option)
        } else if let text = environment[setting.environmentName] {
          GivenValue(text: text, source: .environment(setting.environmentName))
        } else {
          file.values[setting]
        }
      if let given, let expected = set(setting, given.text) {
        let value = setting.isSecret ? "…" : Config.masked(given.text)
        faults.lines.append("\(setting.rawValue) \(value) (\(given.source)): expected \(expected)")
      }
      shown.append((setting, describe(setting), given.map { "\($0.source)" } ?? "default"))
    }
    if attachmentsAreServed {
      faults.lines.append("attachments \(attachments): what lies below Public anybody can fetch")
    }
    if replica != nil, case .sqlite = database {
      faults.lines.append("replica: only PostgreSQL has replicas")
    }
    faults.lines += messages.faults
    guard faults.lines.isEmpty else { throw faults }
  }

  /// Whether the folder lies where the server hands files out.
  private var attachmentsAreServed: Bool {
    URL(fileURLWithPath: attachments).standardizedFileURL.pathComponents.contains("Public")
  }

  /// A variable that is misspelt must not be passed over in silence.
  private static func checkNames(_ environment: [String: String], _ faults: inout ConfigFaults) {
    let known = Set(Setting.allCases.map(\.environmentName) + ["LIANBANG_CONFIG"])
    for name in environment.keys.sorted()
    where name.hasPrefix("LIANBANG_") && !known.contains(name) && !name.contains("_TEST_") {
      faults.lines.append("$\(name): no such setting")
    }
  }

  /// - Returns: what was expected instead, or nil where all is well.
  private mutating func set(_ setting: Setting, _ text: String) -> String? {
    switch setting {
    case .host:
      host = text
      return text.isEmpty || text.contains(" ") ? "an address, such as 127.0.0.1" : nil
    case .port: return set(\.port, text, 0...65_535)
    case .connections: return set(\.connections, text, 1...200)
    case .statementTimeout: return set(\.statementTimeout, text, 1...3600)
    case .url:
      url = text
      let isAddress = text.hasPrefix("http://") || text.hasPrefix("https://")
      return isAddress && !text.hasSuffix("/") ? nil : "http://HOST or https://HOST"
    case .database:
      if text.hasPrefix("sqlite:"), text.count > 7, !text.contains("\0") {
        database = .sqlite(path: String(text.dropFirst(7)))
      } else if Config.isPostgres(text) {
        database = .postgres(url: text)
      } else {
        return "sqlite:PATH or postgres://USER:PASSWORD@HOST/NAME"
      }
      return nil
    case .replica:
      replica = text
      return Config.isPostgres(text) ? nil : "postgres://USER:PASSWORD@HOST/NAME"
    case .hash:
      hash = CipherSuite(rawValue: text)
      return hash == nil ? "sha256 or sm3" : nil
    case .assets:
      assets = text
      return FileManager.default.fileExists(atPath: text + "/Resources")
        ? nil : "a folder with a folder Resources"
    case .attachments:
      attachments = text
      return text.isEmpty || text.hasSuffix("/") ? "a folder, without / at its end" : nil
    case .keyFile:
      keyFile = text
      return text.isEmpty ? "a path" : nil
    case .masterKey:
      let keys = text.split(separator: ",").map { MasterKey(text: String($0)) }
      masterKeys = keys.compactMap { $0 }
      return keys.isEmpty || keys.contains { $0 == nil }
        ? "base64 of 32 bytes; several with commas, the current one first" : nil
    case .logLevel:
      guard let level = Logger.Level(rawValue: text) else {
        return Logger.Level.allCases.map(\.rawValue).joined(separator: ", ")
      }
      logLevel = level
      return nil
    case .sessionIdle: return set(\.signIn.idle, text, 1...1440, times: 60)
    case .administratorIdle: return set(\.signIn.administratorIdle, text, 1...1440, times: 60)
    case .sessionHours: return set(\.signIn.lifetime, text, 1...168, times: 3600)
    // Shorter ones than are safe cannot be set.
    case .passwordLength: return set(\.signIn.password.minimumLength, text, 8...64)
    case .passwordKinds: return set(\.signIn.password.kinds, text, 1...4)
    case .passwordDays: return set(\.signIn.password.days, text, 0...3650)
    case .requestsPerMinute: return set(\.requestsPerMinute, text, 1...10_000_000)
    case .outgoingAllowed:
      addressRules.allowed = text.split(separator: ",").map {
        $0.trimmingCharacters(in: .whitespaces)
      }
      let isList = addressRules.allowed.allSatisfy {
        !$0.isEmpty && !$0.contains(where: \.isWhitespace)
      }
      return isList ? nil : "hosts, addresses or ranges such as 10.1.0.0/16, with commas"
    case .open311Public: return set(\.open311Public, text)
    case .publicFeeds: return set(\.publicFeeds, text)
    case .smtpServer, .smtpSecurity, .smtpUser, .smtpPassword, .mailFrom, .smsURL, .smsMethod,
      .smsHeader, .smsBody, .smsSuccess:
      return messages.set(setting, text)
    }
  }

  /// Sets seconds that are given in minutes or hours.
  private mutating func set(
    _ path: WritableKeyPath<Config, Int64>, _ text: String, _ range: ClosedRange<Int>,
    times factor: Int64
  ) -> String? {
    guard let number = Int(text), range.contains(number) else {
      return "a number from \(range.lowerBound) to \(range.upperBound)"
    }
    self[keyPath: path] = Int64(number) * factor
    return nil
  }

  private mutating func set(
    _ path: WritableKeyPath<Config, Int>, _ text: String, _ range: ClosedRange<Int>
  ) -> String? {
    guard let number = Int(text), range.contains(number) else {
      return "a number from \(range.lowerBound) to \(range.upperBound)"
    }
    self[keyPath: path] = number
    return nil
  }

  private mutating func set(_ path: WritableKeyPath<Config, Bool>, _ text: String) -> String? {
    guard ["yes", "no"].contains(text) else { return "yes or no" }
    self[keyPath: path] = text == "yes"
    return nil
  }

  private static func isPostgres(_ text: String) -> Bool {
    text.hasPrefix("postgres://") || text.hasPrefix("postgresql://")
  }

  private func describe(_ setting: Setting) -> String {
    switch setting {
    case .host: host
    case .port: "\(port)"
    case .url: url ?? "http://\(host):\(port)"
    case .database:
      switch database {
      case .sqlite(let path): "sqlite:\(path)"
      case .postgres(let url): Config.masked(url)
      }
    case .replica: replica.map { Config.masked($0) } ?? "none"
    case .connections: "\(connections)"
    case .statementTimeout: "\(statementTimeout) s"
    case .hash: hash?.rawValue ?? "the database's own, sha256 for a new one"
    case .assets: assets ?? "beside the program"
    case .attachments: attachments
    case .keyFile: keyPath
    case .masterKey:
      masterKeys.isEmpty ? "in the key file" : masterKeys.map(\.id).joined(separator: ", ")
    case .logLevel: logLevel.rawValue
    case .sessionIdle: "\(signIn.idle / 60) min"
    case .administratorIdle: "\(signIn.administratorIdle / 60) min"
    case .sessionHours: "\(signIn.lifetime / 3600) h"
    case .passwordLength: "\(signIn.password.minimumLength)"
    case .passwordKinds: "\(signIn.password.kinds)"
    case .passwordDays: signIn.password.days == 0 ? "never" : "\(signIn.password.days)"
    case .requestsPerMinute: "\(requestsPerMinute)"
    case .outgoingAllowed:
      addressRules.allowed.isEmpty
        ? "public addresses only" : addressRules.allowed.joined(separator: ", ")
    case .open311Public: open311Public ? "yes" : "no"
    case .publicFeeds: publicFeeds ? "yes" : "no"
    case .smtpServer, .smtpSecurity, .smtpUser, .smtpPassword, .mailFrom, .smsURL, .smsMethod,
      .smsHeader, .smsBody, .smsSuccess:
      messages.describe(setting)
    }
  }

  /// A connection string without its password, wherever it stands in it.
  static func masked(_ text: String) -> String {
    var result = text
    if let scheme = text.firstRange(of: "://"), let at = text.lastIndex(of: "@"),
      scheme.upperBound < at,
      let colon = text[scheme.upperBound..<at].firstIndex(of: ":")
    {
      result.replaceSubrange(text.index(after: colon)..<at, with: "…")
    }
    if let password = result.firstRange(of: "password=") {
      let end = result[password.upperBound...].firstIndex { "& ".contains($0) } ?? result.endIndex
      result.replaceSubrange(password.upperBound..<end, with: "…")
    }
    return result
  }
}
