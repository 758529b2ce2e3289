import Domain
import NIOCore

/// Writes JSON (RFC 8259) straight into the bytes that leave: an answer of fifty problems is made of ten thousand
/// values, none of which needs to be held.
package struct JSONWriter {
  package private(set) var buffer: ByteBuffer
  private var needsComma = false

  package init(capacity: Int = 1024) {
    buffer = ByteBuffer()
    buffer.reserveCapacity(capacity)
  }

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
    buffer.writeInteger(open)
    needsComma = false
    try inside(&self)
    buffer.writeInteger(close)
    needsComma = true
  }

  /// A member's name; its value comes next.
  package mutating func key(_ name: String) {
    text(name)
    buffer.writeInteger(UInt8(ascii: ":"))
    needsComma = false
  }

  package mutating func text(_ text: String) {
    separate()
    var text = text
    buffer.writeInteger(UInt8(ascii: "\""))
    text.withUTF8 { bytes in
      var start = 0
      for (index, byte) in bytes.enumerated() {
        guard let escape = JSONWriter.escape(byte) else { continue }
        buffer.writeBytes(
          UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(bytes)[start..<index]))
        buffer.writeStaticString(escape)
        start = index + 1
      }
      buffer.writeBytes(UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(bytes)[start...]))
    }
    buffer.writeInteger(UInt8(ascii: "\""))
  }

  package mutating func int(_ value: Int64) { raw(String(value)) }
  package mutating func bool(_ value: Bool) { raw(value ? "true" : "false") }
  package mutating func null() { raw("null") }

  /// - Precondition: a finite number.
  package mutating func number(_ value: Double) { raw("\(value)") }

  /// JSON that was made elsewhere, such as a ledger entry's payload.
  package mutating func raw(_ json: String) {
    separate()
    buffer.writeString(json)
  }

  private mutating func separate() {
    if needsComma { buffer.writeInteger(UInt8(ascii: ",")) }
    needsComma = true
  }

  private static func escape(_ byte: UInt8) -> StaticString? {
    if byte >= 0x20 { return byte == 0x22 ? "\\\"" : byte == 0x5C ? "\\\\" : nil }
    return controls[Int(byte)]
  }

  private static let controls: [StaticString] = [
    "\\u0000", "\\u0001", "\\u0002", "\\u0003", "\\u0004", "\\u0005", "\\u0006", "\\u0007",
    "\\b", "\\t", "\\n", "\\u000b", "\\f", "\\r", "\\u000e", "\\u000f",
    "\\u0010", "\\u0011", "\\u0012", "\\u0013", "\\u0014", "\\u0015", "\\u0016", "\\u0017",
    "\\u0018", "\\u0019", "\\u001a", "\\u001b", "\\u001c", "\\u001d", "\\u001e", "\\u001f",
  ]
}
