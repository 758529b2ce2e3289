/// How a published figure is defined (口径): data, so that what is printed and what is computed are the
/// same thing (`Resources/definitions.json`, DOMAIN.md 6).
package struct Definition: Hashable, Sendable, Codable {
  /// A text in both languages.
  package struct Words: Hashable, Sendable, Codable {
    package let zh: String
    package let en: String
  }

  package enum Measure: String, Hashable, Sendable, Codable {
    case percent
  }

  /// Stable name: `resolution_rate`.
  package let code: String
  /// Raised with every change; each published figure states the version it got.
  package let version: Int
  package let name: Words
  package let unit: Measure
  package let numerator: Words
  package let denominator: Words
  /// What is in neither.
  package let exclusions: [Words]
  /// What is printed beside it.
  package let printed: Words
  package let source: Words
}

/// All definitions, as the file has them.
package struct Definitions: Hashable, Sendable, Codable {
  package let version: Int
  package let figures: [Definition]

  package init(version: Int, figures: [Definition]) {
    (self.version, self.figures) = (version, figures)
  }
}
