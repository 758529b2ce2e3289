import Foundation
import HTTP

/// What a template is filled with, by name: texts, booleans, views and arrays of views.
package typealias View = [String: Any]

/// The templates, each once per language: `[[key]]` in a template is replaced by the catalogue's
/// text when it is loaded, so that a missing text stops the start and costs nothing later.
package struct Views: Sendable {
  package struct Fault: Error, CustomStringConvertible {
    package let description: String
  }

  private let templates: [Language: [String: Template]]
  private let catalogues: [Language: Catalogue]

  /// - Parameter resources: the folder with `templates` and `i18n`.
  package init(resources: String) throws {
    var templates: [Language: [String: Template]] = [:]
    var catalogues: [Language: Catalogue] = [:]
    let folder = "\(resources)/templates"
    let names = try FileManager.default.contentsOfDirectory(atPath: folder)
      .filter { $0.hasSuffix(".mustache") }
    for language in Language.allCases {
      let catalogue = try Catalogue(language, resources: resources)
      var own: [String: Template] = [:]
      for name in names {
        let source = try String(contentsOfFile: "\(folder)/\(name)", encoding: .utf8)
        let text = try Views.localised(source, catalogue, file: name)
        do {
          own[String(name.dropLast(".mustache".count))] = try Template(text)
        } catch {
          throw Fault(description: "\(name): \(error.text)")
        }
      }
      for (name, template) in own {
        if let missing = template.partials.first(where: { own[$0] == nil }) {
          throw Fault(description: "\(name): no template \(missing)")
        }
      }
      templates[language] = own
      catalogues[language] = catalogue
    }
    self.templates = templates
    self.catalogues = catalogues
  }

  package func catalogue(_ language: Language) -> Catalogue { catalogues[language]! }

  package func render(_ template: String, _ view: View, _ language: Language) -> String {
    // Both are there for every language and name used; tests render every page.
    let own = templates[language]!
    var rendering = TemplateRendering(own)
    return rendering.text(of: own[template]!, view)
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

/// HTML escaping byte by byte: a quotation mark followed by a combining accent is one character, and
/// would pass where characters are compared.
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
  appendEscaped(text, to: &result)
  return String(decoding: result, as: UTF8.self)
}

/// Runs of bytes that mean nothing to HTML are taken over at once.
func appendEscaped(_ text: String, to result: inout [UInt8]) {
  var text = text
  text.withUTF8 { bytes in
    var start = 0
    for index in bytes.indices {
      let entity: StaticString? =
        switch bytes[index] {
        case UInt8(ascii: "&"): "&amp;"
        case UInt8(ascii: "<"): "&lt;"
        case UInt8(ascii: ">"): "&gt;"
        case UInt8(ascii: "\""): "&quot;"
        case UInt8(ascii: "'"): "&#39;"
        default: nil
        }
      guard let entity else { continue }
      result += bytes[start..<index]
      result += UnsafeBufferPointer(start: entity.utf8Start, count: entity.utf8CodeUnitCount)
      start = index + 1
    }
    result += bytes[start...]
  }
}

extension String {
  /// For a template's section: the text, or false where it is empty, which the engine would show.
  var orFalse: Any { isEmpty ? false : self }
}
