/// Writes the bytes that are hashed of an entry, from the texts as they are stored: an audit must not
/// stumble over what no program of ours wrote, and it does this millions of times. See
/// docs/ledger.md.
package struct EntryBytes: ~Copyable {
  package private(set) var bytes: [UInt8] = []

  package init() {
    bytes.reserveCapacity(1024)
  }

  /// The texts of an entry, in UTF-8.
  package enum Text: Int, CaseIterable {
    case actor, kind, payload, stream
  }

  /// A JSON object with sorted keys and no white space.
  /// - Parameter text: hands a text of the entry to a closure.
  package mutating func write(
    id: Int64, version: Int64, at: Int64,
    _ text: (Text, (UnsafeRawBufferPointer) -> Void) throws -> Void
  ) rethrows {
    var output: [UInt8] = []
    swap(&output, &bytes)
    output.removeAll(keepingCapacity: true)
    defer { swap(&output, &bytes) }
    output += #"{"actor":"#.utf8
    try text(.actor) { EntryBytes.appendQuoted($0, to: &output) }
    output += #","at":"#.utf8
    EntryBytes.append(at, to: &output)
    output += #","id":""#.utf8
    EntryBytes.append(id, to: &output)
    output += #"","kind":"#.utf8
    try text(.kind) { EntryBytes.appendQuoted($0, to: &output) }
    output += #","payload":"#.utf8
    try text(.payload) { output += $0 }
    output += #","stream":"#.utf8
    try text(.stream) { EntryBytes.appendQuoted($0, to: &output) }
    output += #","version":"#.utf8
    EntryBytes.append(version, to: &output)
    output.append(UInt8(ascii: "}"))
  }

  private static func append(_ number: Int64, to output: inout [UInt8]) {
    if number < 0 { output.append(UInt8(ascii: "-")) }
    let start = output.count
    var rest = number.magnitude
    repeat {
      output.append(UInt8(ascii: "0") + UInt8(rest % 10))
      rest /= 10
    } while rest > 0
    output[start...].reverse()
  }

  /// A JSON string: quotation mark, backslash and control characters escaped, the rest as it is.
  static func appendQuoted(_ text: UnsafeRawBufferPointer, to output: inout [UInt8]) {
    output.append(UInt8(ascii: "\""))
    if text.allSatisfy({ $0 >= 32 && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\") }) {
      output += text
    } else {
      for byte in text { appendEscaped(byte, to: &output) }
    }
    output.append(UInt8(ascii: "\""))
  }

  private static func appendEscaped(_ byte: UInt8, to output: inout [UInt8]) {
    switch byte {
    case UInt8(ascii: "\""): output += "\\\"".utf8
    case UInt8(ascii: "\\"): output += "\\\\".utf8
    case 0x08: output += "\\b".utf8
    case 0x09: output += "\\t".utf8
    case 0x0a: output += "\\n".utf8
    case 0x0c: output += "\\f".utf8
    case 0x0d: output += "\\r".utf8
    case 0..<0x20:
      output += (byte < 16 ? "\\u000" : "\\u00").utf8
      output += String(byte, radix: 16).utf8
    default: output.append(byte)
    }
  }
}
