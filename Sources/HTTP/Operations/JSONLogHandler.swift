import Domain
import Foundation
import Logging
import NIOCore

/// Logs as JSON lines: one object a line, its keys sorted, for programs that read logs.
package struct JSONLogHandler: LogHandler {
  package var metadata: Logger.Metadata = [:]
  package var logLevel: Logger.Level
  private let label: String
  private let write: @Sendable (ByteBuffer) -> Void

  /// - Parameter write: takes a line with its line break.
  package init(
    label: String, level: Logger.Level,
    write: @escaping @Sendable (ByteBuffer) -> Void = JSONLogHandler.standardError
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
    let milliseconds = Int64(Date().timeIntervalSince1970 * 1000)
    var fields = [
      ("time", Instant(milliseconds: milliseconds).preciseDescription),
      ("level", event.level.rawValue), ("message", event.message.description), ("logger", label),
    ]
    if let error = event.error { fields.append(("error", "\(error)")) }
    // Nobody's metadata stand in for these, and the event's for the logger's.
    for given in [event.metadata ?? [:], metadata] {
      for (key, value) in given where !fields.contains(where: { $0.0 == key }) {
        fields.append((key, value.description))
      }
    }
    fields.sort { $0.0 < $1.0 }
    var writer = JSONWriter(capacity: 512)
    writer.object { writer in
      for (key, value) in fields {
        writer.key(key)
        writer.text(value)
      }
    }
    writer.endLine()
    write(writer.buffer)
  }

  /// One write for a line, so that lines of several threads do not mix.
  package static let standardError: @Sendable (ByteBuffer) -> Void = { line in
    line.withUnsafeReadableBytes { _ = Foundation.write(2, $0.baseAddress, $0.count) }
  }
}
