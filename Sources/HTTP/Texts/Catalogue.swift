import Foundation

/// Every text a person reads, by key, in one language.
package struct Catalogue: Sendable {
  package let language: Language
  private let texts: [String: [Part]]

  /// Of a text: words, or the place of an argument.
  private enum Part: Sendable {
    case words(String)
    case argument(String)
  }

  package var keys: Set<String> { Set(texts.keys) }

  /// Reads `i18n/zh.json` or its kin: one flat object.
  package init(_ language: Language, resources: String) throws {
    let path = "\(resources)/i18n/\(language.rawValue).json"
    let texts = try JSONDecoder().decode(
      [String: String].self, from: Data(contentsOf: URL(fileURLWithPath: path)))
    self.texts = texts.mapValues(Catalogue.parts)
    self.language = language
  }

  /// Taken apart once: a list puts arguments into hundreds of texts.
  private static func parts(of text: String) -> [Part] {
    var parts: [Part] = []
    var rest = text[...]
    while let match = rest.firstMatch(of: #/\{([a-z_]+)\}/#) {
      if match.range.lowerBound > rest.startIndex {
        parts.append(.words(String(rest[..<match.range.lowerBound])))
      }
      parts.append(.argument(String(match.1)))
      rest = rest[match.range.upperBound...]
    }
    return rest.isEmpty && !parts.isEmpty ? parts : parts + [.words(String(rest))]
  }

  /// The text of a key with its arguments put in: `{name}` in the text is replaced. An unknown key
  /// shows itself; tests see to it that there is none.
  package func text(_ key: String, _ arguments: [String: String] = [:]) -> String {
    text(key, TextArguments(arguments))
  }

  package func text(_ key: String, _ arguments: TextArguments) -> String {
    guard let parts = texts[key] else { return key }
    if parts.count == 1, case .words(let words) = parts[0] { return words }
    return parts.reduce(into: "") { text, part in
      switch part {
      case .words(let words): text += words
      case .argument(let name): text += arguments[name] ?? "{\(name)}"
      }
    }
  }

  package func has(_ key: String) -> Bool { texts[key] != nil }
}
