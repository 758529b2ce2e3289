import Foundation

/// Event payloads as canonical JSON: sorted keys in snake case, no white space, slashes and all of
/// Unicode as they are.
package enum Payload {
  private static let encoder: JSONEncoder = {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    encoder.keyEncodingStrategy = .convertToSnakeCase
    return encoder
  }()
  private static let decoder: JSONDecoder = {
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    return decoder
  }()

  package static func encode(_ value: some Encodable) throws -> String {
    String(decoding: try encoder.encode(value), as: UTF8.self)
  }

  /// - Throws: `StorageError.unreadable`
  package static func decode<T: Decodable>(_ type: T.Type, _ text: String) throws -> T {
    do {
      return try decoder.decode(type, from: Data(text.utf8))
    } catch {
      throw StorageError.unreadable("payload: \(error)")
    }
  }
}

/// A value of a flat payload. Ids are texts: 64-bit numbers do not survive readers that know only
/// doubles.
package enum PayloadValue: Hashable, Sendable {
  case text(String?)
  case texts([String])
  case int(Int64?)
  /// A field that changed, was added (from nothing) or removed (to nothing).
  indirect case change(from: PayloadValue, to: PayloadValue)

  var isNothing: Bool {
    switch self {
    case .text(let text): text == nil
    case .texts(let texts): texts.isEmpty
    case .int(let number): number == nil
    case .change: false
    }
  }
}

extension Payload {
  /// The same canonical form written directly, for imports of many rows.
  /// - Parameter fields: in the order of their keys; those without a value are left out.
  static func object(_ fields: [(key: String, value: PayloadValue)]) -> String {
    var bytes: [UInt8] = [UInt8(ascii: "{")]
    bytes.reserveCapacity(256)
    for field in fields where !field.value.isNothing {
      if bytes.count > 1 { bytes.append(UInt8(ascii: ",")) }
      append(field.key, to: &bytes)
      bytes.append(UInt8(ascii: ":"))
      append(field.value, to: &bytes)
    }
    bytes.append(UInt8(ascii: "}"))
    return String(decoding: bytes, as: UTF8.self)
  }

  private static func append(_ value: PayloadValue, to bytes: inout [UInt8]) {
    switch value {
    case .text(let text?): append(text, to: &bytes)
    case .int(let number?): bytes += String(number).utf8
    case .text(nil), .int(nil): bytes += "null".utf8
    case .texts(let texts):
      bytes.append(UInt8(ascii: "["))
      for (index, text) in texts.enumerated() {
        if index > 0 { bytes.append(UInt8(ascii: ",")) }
        append(text, to: &bytes)
      }
      bytes.append(UInt8(ascii: "]"))
    case .change(let from, let to):
      bytes += "{\"from\":".utf8
      append(from, to: &bytes)
      bytes += ",\"to\":".utf8
      append(to, to: &bytes)
      bytes.append(UInt8(ascii: "}"))
    }
  }

  private static func append(_ text: String, to bytes: inout [UInt8]) {
    bytes.append(UInt8(ascii: "\""))
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"): bytes += [UInt8(ascii: "\\"), byte]
      case 0x08: bytes += "\\b".utf8
      case 0x09: bytes += "\\t".utf8
      case 0x0A: bytes += "\\n".utf8
      case 0x0C: bytes += "\\f".utf8
      case 0x0D: bytes += "\\r".utf8
      case 0..<0x20: bytes += "\\u00\(byte < 16 ? "0" : "")\(String(byte, radix: 16))".utf8
      default: bytes.append(byte)
      }
    }
    bytes.append(UInt8(ascii: "\""))
  }
}
