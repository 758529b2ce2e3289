import Domain

/// What a value may be, in the words of JSON Schema 2020-12: what comes in is checked against it, and the document
/// that describes the interface is written from it.
package indirect enum Schema: Sendable {
  /// - Parameter most: Unicode scalars, as JSON Schema counts.
  case text(least: Int = 0, most: Int? = nil)
  case choice([String])
  case integer(least: Int64? = nil, most: Int64? = nil)
  case number
  case bool
  /// A 64-bit number as text: JavaScript would round it.
  case id
  /// `2026-11-22`
  case day
  /// `2026-11-22T09:00:00.000+08:00`
  case instant
  case list(Schema, least: Int = 0, most: Int? = nil)
  case object(ObjectSchema)
  /// Names that are data, all with values of one kind.
  case map(Schema)
  case nullable(Schema)
  case any

  /// One line of words.
  package static let line = Schema.text(least: 1, most: 200)
  /// Several lines of words.
  package static let words = Schema.text(most: Problem.maximumText)
}

package struct ObjectSchema: Sendable {
  package struct Member: Sendable {
    package let name: String
    package let schema: Schema
    package let isRequired: Bool

    package init(_ name: String, _ schema: Schema, isRequired: Bool = true) {
      (self.name, self.schema, self.isRequired) = (name, schema, isRequired)
    }

    package static func optional(_ name: String, _ schema: Schema) -> Member {
      Member(name, schema, isRequired: false)
    }
  }

  /// The name under which the document has it; one for each schema.
  package let name: String
  package let members: [Member]

  package init(_ name: String, _ members: [Member]) {
    (self.name, self.members) = (name, members)
  }
}
