import Foundation
import HTTP

/// Every text a person reads, by key, in one language.
package struct Catalogue: Sendable {
  package let language: Language
  private let texts: [String: String]

  package var keys: Set<String> { Set(texts.keys) }

  /// Reads `i18n/zh.json` or its kin: one flat object.
  package init(_ language: Language, resources: String) throws {
    let path = "\(resources)/i18n/\(language.rawValue).json"
    texts = try JSONDecoder().decode(
      [String: String].self, from: Data(contentsOf: URL(fileURLWithPath: path)))
    self.language = language
  }

  /// The text of a key with its arguments put in: `{name}` in the text is replaced. An unknown key
  /// shows itself; tests see to it that there is none.
  package func text(_ key: String, _ arguments: [String: String] = [:]) -> String {
    var text = texts[key] ?? key
    for (name, value) in arguments { text = text.replacing("{\(name)}", with: value) }
    return text
  }

  package func has(_ key: String) -> Bool { texts[key] != nil }
}
