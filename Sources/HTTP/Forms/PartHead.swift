import Domain

/// What a part of a form says about itself (RFC 7578, 4).
struct PartHead: Sendable, Equatable {
  let name: String
  /// Nil for a field; empty where no file was chosen.
  let fileName: String?
  let type: String

  /// - Parameter lines: of the header, without line ends.
  /// - Throws: `RequestError.badForm` for what no browser sends: no name, control characters in one,
  ///   parts within parts, other encodings than UTF-8.
  init(_ lines: [String]) throws(RequestError) {
    var fields: [String: String] = [:]
    for line in lines {
      guard let colon = line.firstIndex(of: ":") else { throw .badForm }
      let name = line[..<colon].lowercased()
      // A folded line would begin with a blank, a second of its name would contradict the first.
      guard !name.isEmpty, name.utf8.allSatisfy(HeaderParameters.isToken), fields[name] == nil
      else { throw .badForm }
      fields[name] = String(line[line.index(after: colon)...]).trimmed
    }
    guard let disposition = fields["content-disposition"].flatMap({ HeaderParameters($0) }),
      disposition.value == "form-data", disposition["filename*"] == nil,
      let name = disposition["name"].flatMap(PartHead.name), !name.isEmpty
    else { throw .badForm }
    self.name = name
    if let text = disposition["filename"] {
      guard let decoded = PartHead.name(text) else { throw .badForm }
      fileName = decoded
    } else {
      fileName = nil
    }
    let declared = fields["content-type"] ?? "text/plain"
    guard let type = HeaderParameters(declared), !type.value.hasPrefix("multipart/"),
      !type.value.hasPrefix("message/")
    else { throw .badForm }
    self.type = type.value
    let encoding = (fields["content-transfer-encoding"] ?? "binary").lowercased()
    guard ["7bit", "8bit", "binary"].contains(encoding) else { throw .badForm }
    let charset = (type["charset"] ?? "utf-8").lowercased()
    guard fileName != nil || ["utf-8", "us-ascii"].contains(charset) else { throw .badForm }
  }

  /// Browsers write three characters of a name as escapes
  /// (https://html.spec.whatwg.org/#multipart-form-data).
  /// - Returns: nil where it has control characters then: whoever writes it into a header would write a
  ///   header more.
  private static func name(_ text: String) -> String? {
    let name = text.replacing("%22", with: "\"").replacing("%0D", with: "\r")
      .replacing("%0A", with: "\n")
    let isPlain = name.unicodeScalars.allSatisfy { $0.properties.generalCategory != .control }
    return isPlain ? name : nil
  }
}

/// A header's value with its parameters: `form-data; name="title"`. Names and value are in lower case.
struct HeaderParameters: Sendable {
  let value: String
  private var parameters: [String: String] = [:]

  subscript(_ name: String) -> String? { parameters[name] }

  /// - Returns: nil where it is not written so, or names a parameter twice.
  init?(_ text: String) {
    var rest = text.utf8[...]
    let first = rest.prefix { $0 != UInt8(ascii: ";") }
    value = String(first)?.trimmed.lowercased() ?? ""
    rest = rest[first.endIndex...]
    guard !value.isEmpty else { return nil }
    while rest.first == UInt8(ascii: ";") {
      rest = rest.dropFirst().drop { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }
      // Some end the line with a semicolon.
      if rest.isEmpty { return }
      let name = rest.prefix(while: Self.isToken)
      rest = rest[name.endIndex...]
      guard !name.isEmpty, rest.first == UInt8(ascii: "=") else { return nil }
      rest = rest.dropFirst()
      guard let value = Self.parameter(&rest), let key = String(name)?.lowercased(),
        parameters.updateValue(value, forKey: key) == nil
      else { return nil }
      rest = rest.drop { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }
    }
    if !rest.isEmpty { return nil }
  }

  private static func parameter(_ rest: inout Substring.UTF8View) -> String? {
    guard rest.first == UInt8(ascii: "\"") else {
      let token = rest.prefix(while: isToken)
      rest = rest[token.endIndex...]
      return token.isEmpty ? nil : String(token)
    }
    rest = rest.dropFirst()
    var value: [UInt8] = []
    while let byte = rest.popFirst() {
      switch byte {
      case UInt8(ascii: "\""): return String(validating: value, as: UTF8.self)
      // Of the two escapes that RFC 9110 knows; a Windows folder keeps its strokes.
      case UInt8(ascii: "\\") where rest.first == UInt8(ascii: "\"") || rest.first == byte:
        value.append(rest.removeFirst())
      default: value.append(byte)
      }
    }
    return nil
  }

  /// RFC 9110, 5.6.2.
  static func isToken(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"):
      true
    default: "!#$%&'*+-.^_`|~".utf8.contains(byte)
    }
  }
}
