import Domain
import NIOCore

/// Writes JSON (RFC 8259) straight into the bytes that leave: an answer of fifty problems is made of ten thousand
/// values, none of which needs to be held.
package struct JSONWriter {
  fileprivate var bytes: [UInt8] = []
  private var needsComma = false

  package init(capacity: Int = 4096) { bytes.reserveCapacity(capacity) }

  /// What was written so far.
  package var buffer: ByteBuffer { ByteBuffer(bytes: bytes) }

  package mutating func object(_ members: (inout JSONWriter) throws -> Void) rethrows {
    try nested(UInt8(ascii: "{"), UInt8(ascii: "}"), members)
  }

  package mutating func array(_ items: (inout JSONWriter) throws -> Void) rethrows {
    try nested(UInt8(ascii: "["), UInt8(ascii: "]"), items)
  }

  private mutating func nested(
    _ open: UInt8, _ close: UInt8, _ inside: (inout JSONWriter) throws -> Void
  ) rethrows {
    separate()
    bytes.append(open)
    needsComma = false
    try inside(&self)
    bytes.append(close)
    needsComma = true
  }

  /// A member's name; its value comes next.
  package mutating func key(_ name: String) {
    text(name)
    bytes.append(UInt8(ascii: ":"))
    needsComma = false
  }

  /// The same for a name that was made ready.
  package mutating func key(_ key: JSONKey) {
    separate()
    bytes.append(contentsOf: key.bytes)
    needsComma = false
  }

  package mutating func text(_ text: String) {
    separate()
    var text = text
    bytes.append(UInt8(ascii: "\""))
    text.withUTF8 { source in
      var start = 0
      for (index, byte) in source.enumerated() {
        guard byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") else {
          continue
        }
        bytes.append(contentsOf: source[start..<index])
        bytes.append(contentsOf: JSONWriter.escape(byte).utf8)
        start = index + 1
      }
      bytes.append(contentsOf: source[start...])
    }
    bytes.append(UInt8(ascii: "\""))
  }

  package mutating func int(_ value: Int64) { raw(String(value)) }
  package mutating func bool(_ value: Bool) { raw(value ? "true" : "false") }
  package mutating func null() { raw("null") }

  /// - Precondition: a finite number.
  package mutating func number(_ value: Double) { raw("\(value)") }

  /// JSON that was made elsewhere, such as a ledger entry's payload.
  package mutating func raw(_ json: String) {
    separate()
    bytes.append(contentsOf: json.utf8)
  }

  /// For values that stand one on a line.
  mutating func endLine() {
    bytes.append(UInt8(ascii: "\n"))
    needsComma = false
  }

  private mutating func separate() {
    if needsComma { bytes.append(UInt8(ascii: ",")) }
    needsComma = true
  }

  private static func escape(_ byte: UInt8) -> String {
    byte < 0x20 ? controls[Int(byte)] : byte == UInt8(ascii: "\"") ? "\\\"" : "\\\\"
  }

  private static let controls = [
    "\\u0000", "\\u0001", "\\u0002", "\\u0003", "\\u0004", "\\u0005", "\\u0006", "\\u0007",
    "\\b", "\\t", "\\n", "\\u000b", "\\f", "\\r", "\\u000e", "\\u000f",
    "\\u0010", "\\u0011", "\\u0012", "\\u0013", "\\u0014", "\\u0015", "\\u0016", "\\u0017",
    "\\u0018", "\\u0019", "\\u001a", "\\u001b", "\\u001c", "\\u001d", "\\u001e", "\\u001f",
  ]
}

/// A member's name as it is written, with its colon.
package struct JSONKey: Sendable {
  fileprivate let bytes: [UInt8]

  package init(_ name: String) {
    var writer = JSONWriter(capacity: name.utf8.count + 3)
    writer.key(name)
    bytes = writer.bytes
  }
}
