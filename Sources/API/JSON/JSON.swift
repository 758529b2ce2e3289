/// A value that came in.
package indirect enum JSON: Hashable, Sendable {
  case object([String: JSON])
  case array([JSON])
  case text(String)
  case int(Int64)
  /// Any number that is no 64-bit integer.
  case number(Double)
  case bool(Bool)
  case null

  /// A member; null where there is none or this is no object.
  package subscript(_ name: String) -> JSON {
    if case .object(let members) = self { members[name] ?? .null } else { .null }
  }

  package var text: String? { if case .text(let text) = self { text } else { nil } }
  package var bool: Bool? { if case .bool(let value) = self { value } else { nil } }
  package var array: [JSON]? { if case .array(let items) = self { items } else { nil } }
  package var isNull: Bool { self == .null }

  /// JSON has one kind of number: `17.0` and `1.7e1` are 17 too.
  package var int: Int64? {
    switch self {
    case .int(let value): value
    case .number(let value): Int64(exactly: value)
    default: nil
    }
  }

  /// What is wrong with a text that is no JSON, and where.
  package struct Fault: Error, Hashable, Sendable {
    package enum Code: String, Sendable, CaseIterable {
      case syntax, encoding, depth, nul
      case doubleName = "double_name"
      case numberRange = "number_range"
    }

    package let code: Code
    /// Bytes before it.
    package let offset: Int
  }

  /// Reads one value (RFC 8259), stricter than that where readers differ: no name twice in an object, no NUL, no
  /// half of a surrogate pair, and no more than 32 levels.
  package init(reading bytes: some Collection<UInt8>) throws(Fault) {
    var reader = JSONReader(Array(bytes))
    self = try reader.whole()
  }
}

private struct JSONReader {
  static let maximumDepth = 32

  let bytes: [UInt8]
  var place = 0

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  mutating func whole() throws(JSON.Fault) -> JSON {
    let value = try value(depth: 0)
    skipSpace()
    guard place == bytes.count else { throw fault(.syntax) }
    return value
  }

  private func fault(_ code: JSON.Fault.Code) -> JSON.Fault { .init(code: code, offset: place) }

  private var next: UInt8? { place < bytes.count ? bytes[place] : nil }

  private mutating func skipSpace() {
    while let byte = next, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 {
      place += 1
    }
  }

  private mutating func take(_ character: Unicode.Scalar) -> Bool {
    guard next == UInt8(ascii: character) else { return false }
    place += 1
    return true
  }

  private mutating func value(depth: Int) throws(JSON.Fault) -> JSON {
    guard depth <= Self.maximumDepth else { throw fault(.depth) }
    skipSpace()
    switch next {
    case UInt8(ascii: "{"): return try object(depth: depth)
    case UInt8(ascii: "["): return try array(depth: depth)
    case UInt8(ascii: "\""): return .text(try text())
    case UInt8(ascii: "t"): return try word("true", .bool(true))
    case UInt8(ascii: "f"): return try word("false", .bool(false))
    case UInt8(ascii: "n"): return try word("null", .null)
    default: return try number()
    }
  }

  private mutating func word(_ word: String, _ value: JSON) throws(JSON.Fault) -> JSON {
    guard bytes[place...].starts(with: word.utf8) else { throw fault(.syntax) }
    place += word.utf8.count
    return value
  }

  private mutating func object(depth: Int) throws(JSON.Fault) -> JSON {
    place += 1
    var members: [String: JSON] = [:]
    skipSpace()
    if take("}") { return .object(members) }
    repeat {
      skipSpace()
      guard next == UInt8(ascii: "\"") else { throw fault(.syntax) }
      let start = place
      let name = try text()
      skipSpace()
      guard take(":") else { throw fault(.syntax) }
      let value = try value(depth: depth + 1)
      guard members.updateValue(value, forKey: name) == nil else {
        throw .init(code: .doubleName, offset: start)
      }
      skipSpace()
    } while take(",")
    guard take("}") else { throw fault(.syntax) }
    return .object(members)
  }

  private mutating func array(depth: Int) throws(JSON.Fault) -> JSON {
    place += 1
    var items: [JSON] = []
    skipSpace()
    if take("]") { return .array(items) }
    repeat {
      items.append(try value(depth: depth + 1))
      skipSpace()
    } while take(",")
    guard take("]") else { throw fault(.syntax) }
    return .array(items)
  }

  private mutating func text() throws(JSON.Fault) -> String {
    let start = place
    place += 1
    var result: [UInt8] = []
    while let byte = next {
      switch byte {
      case UInt8(ascii: "\""):
        place += 1
        guard let text = String(validating: result, as: UTF8.self) else {
          throw .init(code: .encoding, offset: start)
        }
        return text
      case UInt8(ascii: "\\"): try escape(into: &result)
      case 0..<0x20: throw fault(.syntax)
      default:
        result.append(byte)
        place += 1
      }
    }
    throw fault(.syntax)
  }

  private mutating func escape(into result: inout [UInt8]) throws(JSON.Fault) {
    let start = place
    place += 1
    guard let byte = next else { throw fault(.syntax) }
    place += 1
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): result.append(byte)
    case UInt8(ascii: "b"): result.append(8)
    case UInt8(ascii: "f"): result.append(12)
    case UInt8(ascii: "n"): result.append(10)
    case UInt8(ascii: "r"): result.append(13)
    case UInt8(ascii: "t"): result.append(9)
    case UInt8(ascii: "u"):
      var unit = try unit()
      if unit == 0 { throw .init(code: .nul, offset: start) }
      if (0xD800..<0xDC00).contains(unit) {
        guard take("\\"), take("u") else { throw .init(code: .encoding, offset: start) }
        let low = try self.unit()
        guard (0xDC00..<0xE000).contains(low) else { throw .init(code: .encoding, offset: start) }
        unit = 0x10000 + (unit - 0xD800) << 10 + (low - 0xDC00)
      }
      guard let scalar = Unicode.Scalar(unit) else { throw .init(code: .encoding, offset: start) }
      result.append(contentsOf: UTF8.encode(scalar)!)
    default:
      place -= 1
      throw fault(.syntax)
    }
  }

  private mutating func unit() throws(JSON.Fault) -> UInt32 {
    var value: UInt32 = 0
    for _ in 0..<4 {
      guard let byte = next, byte < 128,
        let digit = Character(Unicode.Scalar(byte)).hexDigitValue
      else { throw fault(.syntax) }
      value = value << 4 | UInt32(digit)
      place += 1
    }
    return value
  }

  private mutating func number() throws(JSON.Fault) -> JSON {
    let start = place
    _ = take("-")
    guard let first = next, (0x30...0x39).contains(first) else { throw fault(.syntax) }
    skipDigits()
    // No leading nought.
    if first == 0x30, place - start > (bytes[start] == 0x2D ? 2 : 1) {
      throw .init(code: .syntax, offset: start)
    }
    var isInteger = true
    if take(".") {
      isInteger = false
      guard skipDigits() else { throw fault(.syntax) }
    }
    if take("e") || take("E") {
      isInteger = false
      _ = take("+") || take("-")
      guard skipDigits() else { throw fault(.syntax) }
    }
    let text = String(decoding: bytes[start..<place], as: UTF8.self)
    if isInteger, let value = Int64(text) { return .int(value) }
    guard let value = Double(text), value.isFinite else {
      throw .init(code: .numberRange, offset: start)
    }
    return .number(value)
  }

  @discardableResult
  private mutating func skipDigits() -> Bool {
    let start = place
    while let byte = next, (0x30...0x39).contains(byte) { place += 1 }
    return place > start
  }
}
