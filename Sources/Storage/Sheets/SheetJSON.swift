import Foundation

/// A sheet's events and content as canonical JSON: sorted keys as their types name them, no white space,
/// slashes and all of Unicode as they are. Unlike `Payload` it leaves keys alone, for definitions name
/// theirs themselves and must read the same everywhere.
package enum SheetJSON {
  private static let encoder: JSONEncoder = {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return encoder
  }()

  package static func encode(_ value: some Encodable) throws -> String {
    String(decoding: try encoder.encode(value), as: UTF8.self)
  }

  /// - Throws: `StorageError.unreadable`
  package static func decode<T: Decodable>(_ type: T.Type, _ text: String) throws -> T {
    do {
      return try JSONDecoder().decode(type, from: Data(text.utf8))
    } catch {
      throw StorageError.unreadable("sheet: \(error)")
    }
  }
}
