/// What is put into a text, by name. A list: of two or three names each is looked at sooner than hashed, and a
/// page puts something into hundreds of texts.
package struct TextArguments: ExpressibleByDictionaryLiteral, Sendable {
  private let pairs: [(String, String)]

  package init(dictionaryLiteral elements: (String, String)...) {
    pairs = elements
  }

  package init(_ values: [String: String]) {
    pairs = values.map { ($0, $1) }
  }

  package subscript(name: String) -> String? {
    for pair in pairs where pair.0 == name { return pair.1 }
    return nil
  }
}
