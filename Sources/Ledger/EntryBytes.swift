/// Writes the bytes that are hashed of an entry, from the texts as they are stored: an audit must not
/// stumble over what no program of ours wrote. It does this millions of times, so it writes into
/// memory of its own, used again and again. See docs/ledger.md for the form.
package struct EntryBytes: ~Copyable {
  private var start: UnsafeMutablePointer<UInt8>
  private var capacity: Int
  private var count = 0

  package init() {
    capacity = 4096
    start = .allocate(capacity: capacity)
  }

  deinit { start.deallocate() }

  /// The bytes written last; good until the next `write`.
  package var bytes: UnsafeRawBufferPointer { UnsafeRawBufferPointer(start: start, count: count) }

  /// Writes a JSON object with sorted keys and no white space. The texts are UTF-8.
  package mutating func write(
    id: Int64, version: Int64, at: Int64, actor: UnsafeRawBufferPointer,
    kind: UnsafeRawBufferPointer, payload: UnsafeRawBufferPointer, stream: UnsafeRawBufferPointer
  ) {
    count = 0
    // A byte becomes six at most; names and numbers are less than the rest.
    reserve(6 * (actor.count + kind.count + stream.count) + payload.count + 200)
    append(#"{"actor":"#)
    appendQuoted(actor)
    append(#","at":"#)
    append(at)
    append(#","id":""#)
    append(id)
    append(#"","kind":"#)
    appendQuoted(kind)
    append(#","payload":"#)
    append(payload)
    append(#","stream":"#)
    appendQuoted(stream)
    append(#","version":"#)
    append(version)
    append("}")
  }

  private mutating func reserve(_ wanted: Int) {
    if wanted <= capacity { return }
    start.deallocate()
    capacity = wanted
    start = .allocate(capacity: capacity)
  }

  private mutating func append(_ text: StaticString) {
    (start + count).update(from: text.utf8Start, count: text.utf8CodeUnitCount)
    count += text.utf8CodeUnitCount
  }

  private mutating func append(_ text: UnsafeRawBufferPointer) {
    guard let source = text.baseAddress else { return }
    UnsafeMutableRawPointer(start + count).copyMemory(from: source, byteCount: text.count)
    count += text.count
  }

  private mutating func append(_ byte: UInt8) {
    start[count] = byte
    count += 1
  }

  private mutating func append(_ number: Int64) {
    if number < 0 { append(UInt8(ascii: "-")) }
    // Digits come last first: they are written behind where they belong.
    let end = count + 20
    var place = end
    var rest = number.magnitude
    repeat {
      let (tens, digit) = rest.quotientAndRemainder(dividingBy: 10)
      place -= 1
      start[place] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: digit)
      rest = tens
    } while rest > 0
    UnsafeMutableRawPointer(start + count).copyMemory(from: start + place, byteCount: end - place)
    count += end - place
  }

  /// A JSON string: quotation mark, backslash and control characters escaped, the rest as it is.
  private mutating func appendQuoted(_ text: UnsafeRawBufferPointer) {
    append(UInt8(ascii: "\""))
    var isPlain = true
    for byte in text where byte < 32 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") {
      isPlain = false
    }
    if isPlain {
      append(text)
    } else {
      for byte in text { appendEscaped(byte) }
    }
    append(UInt8(ascii: "\""))
  }

  private mutating func appendEscaped(_ byte: UInt8) {
    switch byte {
    case UInt8(ascii: "\""): append("\\\"")
    case UInt8(ascii: "\\"): append("\\\\")
    case 0x08: append("\\b")
    case 0x09: append("\\t")
    case 0x0a: append("\\n")
    case 0x0c: append("\\f")
    case 0x0d: append("\\r")
    case 0..<0x20:
      append("\\u00")
      for digit in [byte >> 4, byte & 15] {
        append(digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10)
      }
    default: append(byte)
    }
  }
}
