/// Walks through the bytes of a JSON text once, for readers that know what has to come: lists of a million
/// numbers at the speed of the memory. Nothing is nested deeper than `deepest`.
struct JSONCursor {
  private let bytes: UnsafeBufferPointer<UInt8>
  private var position = 0
  /// Where the reader is, for those who have to mend the file: a list and its element.
  var list = ""
  var index: Int?

  private static let deepest = 64

  init(_ bytes: UnsafeBufferPointer<UInt8>) {
    self.bytes = bytes
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
  }

  func fault(_ kind: JSONFault.Kind) -> JSONFault {
    let before = bytes[..<min(position, bytes.count)]
    let start = before.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
    return JSONFault(
      kind: kind, place: index.map { "\(list)[\($0)]" } ?? list,
      line: before.count { $0 == UInt8(ascii: "\n") } + 1, column: before.count - start + 1)
  }

  // MARK: Objects and lists

  /// Steps into an object or list.
  mutating func open(_ bracket: Character) throws(JSONFault) {
    guard peek() == bracket.asciiValue else { throw wanted(String(bracket)) }
    position += 1
  }

  /// Steps over a comma to the next member or element, or out.
  /// - Parameter isFirst: to be kept by the caller, true at first.
  mutating func next(_ isFirst: inout Bool, or bracket: Character) throws(JSONFault) -> Bool {
    let byte = peek()
    if byte == bracket.asciiValue {
      position += 1
      return false
    }
    if isFirst {
      isFirst = false
      return true
    }
    guard byte == UInt8(ascii: ",") else { throw wanted(", / \(bracket)") }
    position += 1
    // A comma before the end is a slip of the pen, and no JSON.
    guard peek() != bracket.asciiValue else {
      throw position < bytes.count ? fault(.noValue) : fault(.ends)
    }
    return true
  }

  /// A member's name, with its colon.
  mutating func key() throws(JSONFault) -> String {
    let key = try text()
    guard peek() == UInt8(ascii: ":") else { throw wanted(":") }
    position += 1
    return key
  }

  /// That nothing comes any more.
  mutating func end() throws(JSONFault) {
    if peek() != nil { throw fault(.more) }
  }

  // MARK: Values

  mutating func integer() throws(JSONFault) -> Int64 {
    guard let first = peek() else { throw fault(.ends) }
    let isNegative = first == UInt8(ascii: "-")
    let start = isNegative ? position + 1 : position
    var (at, number) = (start, Int64(0))
    while at < bytes.count {
      let digit = bytes[at] &- UInt8(ascii: "0")
      guard digit < 10 else { break }
      let (tens, overflow) = number.multipliedReportingOverflow(by: 10)
      let (sum, carried) = tens.subtractingReportingOverflow(Int64(digit))
      if overflow || carried { throw fault(.tooLarge) }
      number = sum
      at += 1
    }
    guard at > start, at == bytes.count || !Self.isPartOfWord(bytes[at]),
      at == start + 1 || bytes[start] != UInt8(ascii: "0")
    else { throw fault(.noWholeNumber) }
    if !isNegative, number == .min { throw fault(.tooLarge) }
    position = at
    return isNegative ? number : -number
  }

  mutating func count() throws(JSONFault) -> Int {
    let number = try integer()
    if number < 0 { throw fault(.negative) }
    return Int(number)
  }

  mutating func text() throws(JSONFault) -> String {
    guard peek() == UInt8(ascii: "\"") else { throw wanted("\"") }
    position += 1
    let start = position
    var isPlain = true
    while position < bytes.count, bytes[position] != UInt8(ascii: "\"") {
      if bytes[position] < 0x20 { throw fault(.badText) }
      if bytes[position] == UInt8(ascii: "\\") {
        isPlain = false
        position += 1
      }
      position += 1
    }
    guard position < bytes.count else {
      position = bytes.count
      throw fault(.ends)
    }
    let content = bytes[start..<position]
    position += 1
    let decoded = isPlain ? Array(content) : JSONEscapes.resolved(content)
    guard let decoded, let text = String(validating: decoded, as: UTF8.self) else {
      throw fault(.badText)
    }
    return text
  }

  /// What names somebody: a text, or a number as it is written.
  mutating func name() throws(JSONFault) -> String {
    if peek() == UInt8(ascii: "\"") { return try text() }
    return String(try integer())
  }

  /// Steps over any value.
  mutating func skip(depth: Int = 1) throws(JSONFault) {
    if depth > Self.deepest { throw fault(.tooDeep) }
    var isFirst = true
    switch peek() {
    case UInt8(ascii: "{"):
      try open("{")
      while try next(&isFirst, or: "}") {
        _ = try key()
        try skip(depth: depth + 1)
      }
    case UInt8(ascii: "["):
      try open("[")
      while try next(&isFirst, or: "]") { try skip(depth: depth + 1) }
    case UInt8(ascii: "\""): _ = try text()
    default:
      let start = position
      while position < bytes.count, Self.isPartOfWord(bytes[position]) { position += 1 }
      let word = String(decoding: bytes[start..<position], as: UTF8.self)
      let isNumber =
        Double(word) != nil && !word.contains { $0.isLetter && $0 != "e" && $0 != "E" }
      guard ["true", "false", "null"].contains(word) || isNumber else {
        position = start
        throw position < bytes.count ? fault(.noValue) : fault(.ends)
      }
    }
  }

  // MARK: Bytes

  /// The next byte that is no space.
  private mutating func peek() -> UInt8? {
    while position < bytes.count {
      let byte = bytes[position]
      guard byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 else { return byte }
      position += 1
    }
    return nil
  }

  private func wanted(_ what: String) -> JSONFault {
    fault(position < bytes.count ? .wanted(what) : .ends)
  }

  private static func isPartOfWord(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "+"),
      UInt8(ascii: "-"):
      true
    default: false
    }
  }
}
