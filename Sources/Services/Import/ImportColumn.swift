import Domain

/// A column that an import knows.
protocol ImportColumn: CaseIterable, Hashable, Sendable {
  /// Accepted headings as `Heading.key` makes them, the first being our own name for it, the second
  /// the one that templates show.
  var headings: [String] { get }
  var isRequired: Bool { get }
  var form: ImportForm { get }
  /// Headings that are known and carry nothing the import needs.
  static var ignored: Set<String> { get }
}

/// What is typed into a column, for templates and exports.
package enum ImportForm: Sendable {
  case text, number, day
  /// One of the words of a list, shown as a drop-down.
  case word(WordTopic)
}

extension ImportColumn {
  static var ignored: Set<String> { [] }
  var form: ImportForm { .text }
}

enum Heading {
  /// The form in which headings are compared: half-width, lower case, without blanks, line breaks,
  /// stars of required columns and numbering.
  static func key(_ text: String) -> String {
    String(text.compact.lowercased().filter { !"*＊:：_-—".contains($0) })
  }
}
