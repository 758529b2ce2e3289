import Foundation
import HTTP
import Mustache

/// What a template is filled with: values by name. A dictionary, not a type with properties: the
/// template engine would read those by reflection, five times as slowly.
package typealias View = [String: Any]

/// The templates, each once per language: `[[key]]` in a template is replaced by the catalogue's
/// text when it is loaded, so that a missing text stops the start and costs nothing later.
package struct Views: Sendable {
  package struct Fault: Error, CustomStringConvertible {
    package let description: String
  }

  private let libraries: [Language: MustacheLibrary]
  private let catalogues: [Language: Catalogue]

  /// - Parameter resources: the folder with `templates` and `i18n`.
  package init(resources: String) throws {
    MustacheContentTypes.register(PageEscaping(), named: "PAGE")
    var libraries: [Language: MustacheLibrary] = [:]
    var catalogues: [Language: Catalogue] = [:]
    let folder = "\(resources)/templates"
    let names = try FileManager.default.contentsOfDirectory(atPath: folder)
      .filter { $0.hasSuffix(".mustache") }
    for language in Language.allCases {
      let catalogue = try Catalogue(language, resources: resources)
      var library = MustacheLibrary()
      for name in names {
        let source = try String(contentsOfFile: "\(folder)/\(name)", encoding: .utf8)
        let text = try Views.localised(source, catalogue, file: name)
        try library.register("{{% CONTENT_TYPE:PAGE}}\n" + text, named: String(name.dropLast(9)))
      }
      libraries[language] = library
      catalogues[language] = catalogue
    }
    self.libraries = libraries
    self.catalogues = catalogues
  }

  package func catalogue(_ language: Language) -> Catalogue { catalogues[language]! }

  package func render(_ template: String, _ view: View, _ language: Language) -> String {
    // Both are there for every language and name used; tests render every page.
    libraries[language]!.render(view, withTemplate: template)!
  }

  private static func localised(
    _ source: String, _ catalogue: Catalogue, file: String
  ) throws -> String {
    var result = ""
    var rest = source[...]
    while let open = rest.firstRange(of: "[[") {
      guard let close = rest[open.upperBound...].firstRange(of: "]]") else {
        throw Fault(description: "\(file): [[ without ]]")
      }
      let key = String(rest[open.upperBound..<close.lowerBound])
      guard catalogue.has(key) else {
        throw Fault(description: "\(file): no \(catalogue.language) text for \(key)")
      }
      result += rest[..<open.lowerBound] + escaped(catalogue.text(key))
      rest = rest[close.upperBound...]
    }
    return result + rest
  }
}

/// HTML escaping byte by byte. The engine's own compares whole characters, so that a quotation mark
/// followed by a combining accent passes it unescaped.
private struct PageEscaping: MustacheContentType {
  func escapeText(_ text: String) -> String { escaped(text) }
}

func escaped(_ text: String) -> String {
  // Most texts have nothing to escape.
  let isPlain = text.utf8.allSatisfy { byte in
    byte > UInt8(ascii: ">")
      || (byte != UInt8(ascii: "&") && byte != UInt8(ascii: "<") && byte != UInt8(ascii: ">")
        && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "'"))
  }
  if isPlain { return text }
  var result: [UInt8] = []
  result.reserveCapacity(text.utf8.count)
  for byte in text.utf8 {
    switch byte {
    case UInt8(ascii: "&"): result += "&amp;".utf8
    case UInt8(ascii: "<"): result += "&lt;".utf8
    case UInt8(ascii: ">"): result += "&gt;".utf8
    case UInt8(ascii: "\""): result += "&quot;".utf8
    case UInt8(ascii: "'"): result += "&#39;".utf8
    default: result.append(byte)
    }
  }
  return String(decoding: result, as: UTF8.self)
}

extension String {
  /// For a template's section: the text, or false where it is empty, which the engine would show.
  var orFalse: Any { isEmpty ? false : self }
}
