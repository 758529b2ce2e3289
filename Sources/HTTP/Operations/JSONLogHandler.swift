import Domain
import Foundation
import Logging

/// Logs as JSON lines: one object a line, its keys sorted, for programs that read logs.
package struct JSONLogHandler: LogHandler {
  package var metadata: Logger.Metadata = [:]
  package var logLevel: Logger.Level
  private let label: String
  private let write: @Sendable (String) -> Void

  /// - Parameter write: takes a line with its line break.
  package init(
    label: String, level: Logger.Level,
    write: @escaping @Sendable (String) -> Void = JSONLogHandler.standardError
  ) {
    self.label = label
    self.write = write
    logLevel = level
  }

  package subscript(metadataKey key: String) -> Logger.Metadata.Value? {
    get { metadata[key] }
    set { metadata[key] = newValue }
  }

  package func log(event: LogEvent) {
    var fields = metadata.merging(event.metadata ?? [:]) { $1 }.mapValues(\.description)
    let milliseconds = Int64(Date().timeIntervalSince1970 * 1000)
    fields["time"] = Instant(milliseconds: milliseconds).preciseDescription
    fields["level"] = event.level.rawValue
    fields["message"] = event.message.description
    fields["logger"] = label
    if let error = event.error { fields["error"] = "\(error)" }
    var line = "{"
    for (key, value) in fields.sorted(by: { $0.key < $1.key }) {
      if line.utf8.count > 1 { line += "," }
      line += JSONLogHandler.quoted(key) + ":" + JSONLogHandler.quoted(value)
    }
    write(line + "}\n")
  }

  private static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\0"..<" ":
        result += "\\u" + String(0x10000 + scalar.value, radix: 16).dropFirst()
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }

  /// One write for a line, so that lines of several threads do not mix.
  package static let standardError: @Sendable (String) -> Void = { line in
    let bytes = Array(line.utf8)
    _ = bytes.withUnsafeBytes { Foundation.write(2, $0.baseAddress, $0.count) }
  }
}
