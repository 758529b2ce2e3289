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
